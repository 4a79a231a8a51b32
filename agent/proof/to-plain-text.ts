/** Our answer's markdown as plain text: figures as they read, unproven ones as "[unproven: 123]". */
export function toPlainText(markdown: string): string {
  return markdown
    .replace(/\[((?:\\.|[^[\]\\])*)\]\(#unproven\)/g, "\u0001unproven: $1\u0002")
    .replace(/\[((?:\\.|[^[\]\\])*)\]\(#[^)\s]*\)/g, "$1")
    .replace(/(?<!\\)\*\*(\S(?:[^*]*\S)?)\*\*/g, "$1")
    .replace(/(?<![\\*\w])\*(\S(?:[^*\n]*[^\s*])?)\*(?![*\w])/g, "$1")
    .replace(/(?<!\\)`([^`\n]+)`/g, "$1")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replaceAll("\u0001", "[")
    .replaceAll("\u0002", "]")
    .trim();
}

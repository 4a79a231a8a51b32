/** An answer's markdown for the clipboard and for screen readers: figures as their text, unproven ones marked. */
export function plainText(markdown: string): string {
  return markdown
    .replaceAll(/\[([^\]]*)\]\(#unproven\)/g, "[unproven: $1]")
    .replaceAll(/\[([^\]]*)\]\(#figure-[^)]*\)/g, "$1")
    .replaceAll(/\[([^\]]*)\]\(([^)]*)\)/g, "$1 ($2)")
    .replaceAll(/\*\*([^*]+)\*\*/g, "$1")
    .replaceAll(/(^|\s)\*([^*\n]+)\*/g, "$1$2")
    .trim();
}

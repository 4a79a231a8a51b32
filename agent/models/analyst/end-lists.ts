/** A line right after a list would be a part of its last item in Markdown. */
export function endLists(markdown: string): string {
  return markdown.replace(/^(- .+\n)(?=[^\s-])/gm, "$1\n");
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** An SVG with each of its texts replaced by what `change` gives for its opening tag and its words, as markup. */
export function changeTexts(
  svg: string,
  change: (open: string, words: string, close: string) => string,
): string {
  return svg.replace(/(<text\b[^>]*>)([^<]*)(<\/text>)/g, (_, open: string, content: string, close: string) =>
    change(
      open,
      content.replace(/&(lt|gt|quot|amp|#39);/g, (entity) => entities[entity]!),
      close,
    ),
  );
}

/** Words as the content of an element. */
export function escapeXml(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

import { MarkdownTextSplitter } from "@langchain/textsplitters";

// A passage is one thought: a paragraph or two, which a person reads at a glance and a model weighs as one. The overlap
// keeps a sentence whole that a cut would part.
const CHARACTERS = 1_200;
const OVERLAP = 150;

/** A document's text as passages, cut at headings, then paragraphs, then sentences. Never empty for a text. */
export async function splitDocument(text: string): Promise<string[]> {
  const passages = await new MarkdownTextSplitter({ chunkSize: CHARACTERS, chunkOverlap: OVERLAP }).splitText(
    text,
  );
  return passages.map(withPlainHeadings);
}

/** A passage is quoted in the middle of other sentences, where "# Copies" would be a stray sign: "Copies." */
function withPlainHeadings(passage: string): string {
  return passage.replace(/^#{1,6}[ \t]+(.*?)[ \t#]*$/gm, (_, heading: string) =>
    /[.!?:]$/.test(heading) ? heading : `${heading}.`,
  );
}

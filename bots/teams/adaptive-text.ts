import { plainText } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { Span } from "../spans.ts";

/** A piece of an Adaptive Card. Their JSON is open; what ours may contain is checked in the tests. */
export type CardElement = { type: string } & Record<string, unknown>;

/**
 * Literal text in one line: no markdown, link or mention is read in a text run. Only the date functions are, so that
 * their braces are parted: a resource named "{{DATE(…)}}" is shown as it is called.
 */
export function textRun(text: string, style: { bold?: true; italic?: true; code?: true } = {}): CardElement {
  return {
    type: "TextRun",
    text: plainText(text).replace(/\s+/g, " ").replaceAll("{{", "{ {"),
    ...(style.bold ? { weight: "Bolder" } : {}),
    ...(style.italic ? { italic: true } : {}),
    ...(style.code ? { fontType: "Monospace" } : {}),
  };
}

export function paragraph(runs: readonly CardElement[], more: Record<string, unknown> = {}): CardElement {
  return { type: "RichTextBlock", inlines: runs.length > 0 ? runs : [textRun(" ")], ...more };
}

/** A small grey line. */
export function subtleLine(text: string): CardElement {
  return paragraph([{ ...textRun(text), isSubtle: true, size: "Small" }], { spacing: "Small" });
}

export function bullet(runs: readonly CardElement[]): CardElement {
  return paragraph([textRun("• "), ...runs], { spacing: "Small" });
}

const marks: Record<Span["style"], Parameters<typeof textRun>[1]> = {
  plain: {},
  strong: { bold: true },
  figure: { bold: true },
  code: { code: true },
  unproven: { italic: true },
};

/** A sentence of an answer. */
export function toRuns(spans: readonly Span[]): CardElement[] {
  return spans.filter(({ text }) => text !== "").map(({ text, style }) => textRun(text, marks[style]));
}

import type { types } from "@slack/bolt";
import type { Span } from "../spans.ts";

type Element = types.RichTextText;

/** One line of literal text: Slack reads no markup, mention or link in the elements of rich text. */
export function textElement(text: string, style: { bold?: true; code?: true; italic?: true } = {}): Element {
  return { type: "text", text, ...(Object.keys(style).length > 0 ? { style } : {}) };
}

/** A sentence of an answer. Slack refuses empty elements. */
export function toElements(spans: readonly Span[]): Element[] {
  return spans.filter(({ text }) => text !== "").map(({ text, style }) => textElement(text, marks[style]));
}

const marks: Record<Span["style"], Parameters<typeof textElement>[1]> = {
  plain: {},
  strong: { bold: true },
  figure: { bold: true },
  code: { code: true },
  unproven: { italic: true },
};

export function richText(...elements: types.RichTextBlockElement[]): types.RichTextBlock {
  return { type: "rich_text", elements };
}

export function section(...elements: Element[]): types.RichTextSection {
  return { type: "rich_text_section", elements };
}

export function bullets(lines: readonly Element[][]): types.RichTextList {
  return { type: "rich_text_list", style: "bullet", elements: lines.map((line) => section(...line)) };
}

/** A small grey line. plain_text: no markup is read in it. */
export function contextLine(text: string): types.ContextBlock {
  return { type: "context", elements: [{ type: "plain_text", text: text.slice(0, 1_900), emoji: false }] };
}

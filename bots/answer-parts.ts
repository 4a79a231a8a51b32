import type { AgentMessage } from "@cloudoptima/agent/message.ts";
import { type ChartView, isChart } from "@cloudoptima/tools/charts/chart-view.ts";
import { plainText } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import type { RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { type Span, toSpans } from "./spans.ts";
import { type TextTable, toTextTable } from "./text-table.ts";

/** Where one figure of an answer comes from. */
export interface FigureSource {
  text: string;
  /** "get_cost_breakdown, 1-31 Oct 2026, 1,240 rows" */
  provenance: string;
}

/** An answer as short as a chat likes it. */
export interface AnswerParts {
  headline: Span[];
  /** At most five, in the answer's order. */
  lines: Span[][];
  /** Lines that were left out for length; the web has them. */
  moreLineCount: number;
  figures: FigureSource[];
  /** The answer's first chart; else its first table. */
  chart: { view: ChartView; dimension: string } | null;
  table: TextTable | null;
  /** Proposals that this answer made, each to be shown as a card. */
  proposalIds: string[];
  suggestions: string[];
}

const mostLines = 5;
const mostProposals = 5;

/** Reduces an answer, finished or still streaming, to headline, up to five lines, figures and one chart. */
export function toAnswerParts(message: AgentMessage | undefined): AnswerParts {
  const parts = message?.parts ?? [];
  const text = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n\n");
  const [headline = [], ...lines] = readLines(text);
  const shown = parts.flatMap((part) => (part.type === "data-view" ? [part.data] : []));
  const views = shown.map(({ view }) => view);
  const chart = firstChart(shown);
  return {
    headline,
    lines: lines.slice(0, mostLines),
    moreLineCount: Math.max(0, lines.length - mostLines),
    figures: parts.flatMap((part) =>
      part.type === "data-figure" ? [{ text: part.data.text, provenance: part.data.provenance }] : [],
    ),
    chart,
    table: chart ? null : firstTable(views),
    proposalIds: [
      ...new Set(views.flatMap((view) => (view.type === "proposal" ? [view.proposalId] : []))),
    ].slice(0, mostProposals),
    suggestions: parts.flatMap((part) => (part.type === "data-suggestion" ? [part.data.text] : [])),
  };
}

function firstChart(shown: readonly { view: View; input: unknown }[]): AnswerParts["chart"] {
  for (const { view, input } of shown) {
    if (isChart(view)) return { view, dimension: dimensionOf(input) };
  }
  return null;
}

/** What a call grouped by, "service" where it did not say. */
function dimensionOf(input: unknown): string {
  const { groupBy } = (input ?? {}) as { groupBy?: unknown };
  return typeof groupBy === "string" ? groupBy : "service";
}

function firstTable(views: readonly View[]): TextTable | null {
  for (const view of views) {
    const table = toTextTable(view);
    if (table) return table;
  }
  return null;
}

/** Paragraphs, headings and list items, each as one line. */
function readLines(markdown: string): Span[][] {
  return fromMarkdown(plainText(markdown)).children.flatMap(linesOf).filter(hasWords);
}

function linesOf(node: RootContent): Span[][] {
  switch (node.type) {
    case "paragraph":
    case "heading":
      return [toSpans(node.children)];
    case "list":
      return node.children.flatMap((item) => item.children.flatMap(linesOf));
    case "blockquote":
      return node.children.flatMap(linesOf);
    case "code":
      return node.value.split("\n").map((text) => [{ text, style: "code" as const }]);
    case "html":
      return [[{ text: node.value.replace(/\s+/g, " "), style: "plain" }]];
    default:
      return [];
  }
}

function hasWords(line: Span[]): boolean {
  return line.some(({ text }) => text.trim() !== "");
}

import type { View } from "@cloudoptima/tools/kernel/view.ts";

/** Where a figure comes from: a call of this turn (index into toolCalls) and a field of its output (RFC 6901). */
export interface FigureSource {
  call: number;
  pointer: string;
}

/** percent: one hundred times a ratio field; ratio and percent_change are in percent too. count: how many sources; mean: their sum by their count. */
export const formulas = [
  "identity",
  "percent",
  "difference",
  "ratio",
  "sum",
  "percent_change",
  "count",
  "mean",
] as const;
export type Formula = (typeof formulas)[number];

/** A figure in an answer, with its proof. `value` is an exact decimal string; `text` is what the reader sees. */
export interface Figure {
  text: string;
  value: string;
  /** ISO 4217 code, "percent", "count", "days", … */
  unit: string;
  sources: FigureSource[];
  formula: Formula;
}

export interface ToolCallRecord {
  name: string;
  input: unknown;
  output: unknown;
}

/** A finished answer, as the terminal prints with --json and as evals check it. */
export interface Answer {
  /** Plain text, figures inserted. An unproven figure reads "[unproven: 123]". */
  answer: string;
  figures: Figure[];
  toolCalls: ToolCallRecord[];
  views: View[];
  /** "built-in analyst" or the model's id. */
  model: string;
}

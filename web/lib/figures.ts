import type { Figure } from "@cloudoptima/agent/answer.ts";
import type { AgentMessage } from "@cloudoptima/agent/message.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";

export type ShownFigure = Figure & { id: string; tool: string; provenance: string };
export type ShownView = {
  id: string;
  call: number;
  tool: string;
  input: unknown;
  /** What a pin runs; absent in answers kept by an older version. */
  pinInput?: unknown;
  view: View;
};

export interface ToolStep {
  name: string;
  input: unknown;
  /** Undefined while it runs or when it failed. */
  output: unknown;
  state: "running" | "done" | "failed";
  error: string | undefined;
}

export interface ReadAnswer {
  text: string;
  figures: Map<string, ShownFigure>;
  views: ShownView[];
  steps: ToolStep[];
  suggestions: string[];
}

/** The input that a pin of a view runs again: relative days stay relative. */
export function pinInput({ pinInput, input }: ShownView): unknown {
  return pinInput ?? input ?? {};
}

/** An answer's parts, sorted by what the page does with them. */
export function readAnswer(message: AgentMessage): ReadAnswer {
  const answer: ReadAnswer = { text: "", figures: new Map(), views: [], steps: [], suggestions: [] };
  for (const part of message.parts) {
    if (part.type === "text") answer.text += part.text;
    else if (part.type === "data-figure") answer.figures.set(part.data.id, part.data);
    else if (part.type === "data-view") answer.views.push(part.data);
    else if (part.type === "data-suggestion") answer.suggestions.push(part.data.text);
    else if (part.type.startsWith("tool-") || part.type === "dynamic-tool") answer.steps.push(toStep(part));
  }
  return answer;
}

function toStep(part: object): ToolStep {
  const tool = part as {
    type: string;
    toolName?: string;
    state: string;
    input?: unknown;
    output?: unknown;
    errorText?: string;
  };
  const done = tool.state === "output-available";
  const failed = tool.state === "output-error" || tool.state === "output-denied";
  return {
    name: tool.toolName ?? tool.type.replace(/^tool-/, ""),
    input: tool.input,
    output: done ? tool.output : undefined,
    state: done ? "done" : failed ? "failed" : "running",
    error: tool.errorText,
  };
}

/** The value at an RFC 6901 pointer, or undefined. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const step of pointer.split("/").slice(1)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[step.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return value;
}

/** "get_cost_breakdown" as people say it: Cost breakdown. */
export function toolTitle(name: string): string {
  const words = name.replace(/^(get|list)_/, "").replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const formulaWords: Record<Figure["formula"], string> = {
  identity: "Taken as it is",
  percent: "In percent, the ratio",
  difference: "Difference of",
  ratio: "Ratio of",
  sum: "Sum of",
  percent_change: "Change in percent, from the second to the first of",
  count: "Number of these rows:",
  mean: "Average of",
};

export function formulaText(formula: Figure["formula"]): string {
  return formulaWords[formula];
}

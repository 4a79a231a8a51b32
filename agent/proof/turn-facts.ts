import type { TurnCall } from "../turn-ledger.ts";
import { escapeKey } from "./pointer.ts";
import { type Quantity, quantityAt } from "./quantity.ts";

/** A figure that a tool gave, with the words that must stand beside it for a bare number to mean it. */
export interface KnownFigure extends Quantity {
  call: number;
  pointer: string;
  /** The row's own label and key; empty for figures outside rows. */
  labels: string[];
  /** The field's path in words: "total", "other count", … */
  path: string[];
  period: Days | null;
}

/** Half-open, YYYY-MM-DD. */
export interface Days {
  start: string;
  end: string;
}

/** What the calls of a turn say, gathered once per sentence at most. */
export interface TurnFacts {
  figures: KnownFigure[];
  /** Names that contain a digit, lower case: shown as they are. */
  names: Set<string>;
  /** Labels of all rows, lower case, with how they are written: used to see which row a number is said of. */
  rowLabels: Map<string, string>;
  /** Each row's labels, lower case. */
  rows: string[][];
  periods: Days[];
  days: Set<string>;
  /** Clock times HH:MM. */
  times: Set<string>;
  /** Numbers of the calls' inputs by field name, e.g. top: 5. */
  inputs: { key: string; value: number }[];
}

const day = /\b\d{4}-\d{2}-\d{2}(?=\b|T\d)/g;
const time = /(?:\b|(?<=\d)T)(\d{2}:\d{2})(?::\d{2})?/g;
const monthNames = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const monthName = `(${monthNames.join("|")})[a-z]*`;
/** "1-30 Sep 2024", "1 Sep - 15 Oct 2026", "30 Dec 2025 - 2 Jan 2026", "13 Oct 2026": as our own sentences write days. */
const wordedDays = new RegExp(
  String.raw`(?:\b(\d{1,2})(?: ${monthName}(?: (\d{4}))?)? ?- ?)?\b(\d{1,2}) ${monthName} (\d{4})\b`,
  "g",
);
/** Words that say a figure is of the whole. */
export const totalWords =
  /\b(?:total|totals|totalled|totaled|overall|altogether|in all|combined|sum|in sum)\b/i;
const labelKeys = ["label", "name", "title", "resourceName", "key", "id", "resourceId", "type"];
// Outputs are bounded by the tools; this bounds a surprise.
const MOST_FIGURES = 20_000;

/** Gathers figures, names, dates and inputs of the turn's calls. */
export function gatherTurnFacts(calls: readonly TurnCall[]): TurnFacts {
  const facts: TurnFacts = {
    figures: [],
    names: new Set(),
    rowLabels: new Map(),
    rows: [],
    periods: [],
    days: new Set(),
    times: new Set(),
    inputs: [],
  };
  for (const [index, call] of calls.entries()) {
    walkNames(call.input, facts, true);
    walkNames(call.output, facts, false);
    if (call.error) noteText(call.error, facts);
    if (call.output) walkFigures(call.output, call.output, index, "", [], null, facts);
  }
  return facts;
}

function walkFigures(
  node: unknown,
  output: unknown,
  call: number,
  pointer: string,
  labels: string[],
  period: Days | null,
  facts: TurnFacts,
): void {
  if (facts.figures.length >= MOST_FIGURES) return;
  if (typeof node !== "object" || node === null) {
    const quantity = quantityAt(output, pointer);
    if (quantity)
      facts.figures.push({ ...quantity, call, pointer, labels, path: pathWords(pointer), period });
    return;
  }
  const own = labelsOf(node);
  for (const label of own) facts.rowLabels.set(plainLabel(label), label);
  if (own.length > 0) facts.rows.push(own.map(plainLabel));
  const inner = own.length > 0 ? own : labels;
  const days = readDays((node as { period?: unknown }).period) ?? period;
  for (const [key, child] of Object.entries(node)) {
    // Beside a row's change stand its amounts in the two compared periods.
    const compared = readDays(
      ((output as Record<string, unknown>)[key] as { period?: unknown } | undefined)?.period,
    );
    walkFigures(child, output, call, `${pointer}/${escapeKey(key)}`, inner, compared ?? days, facts);
  }
}

/** A label as our own sentences write it, in lower case. */
export function plainLabel(label: string): string {
  return label.replace(/\s+/g, " ").trim().slice(0, 200).toLowerCase();
}

/** What an object of an output calls itself. */
export function labelsOf(node: unknown): string[] {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return [];
  return labelKeys.flatMap((key) => {
    const value = (node as Record<string, unknown>)[key];
    return typeof value === "string" && value !== "" && value.length <= 300 ? [value] : [];
  });
}

function walkNames(node: unknown, facts: TurnFacts, isInput: boolean, key = ""): void {
  if (typeof node === "string") noteText(node, facts);
  else if (typeof node === "number" && isInput) facts.inputs.push({ key, value: node });
  else if (typeof node === "object" && node !== null) {
    const days = readDays(node);
    if (days) facts.periods.push(days);
    for (const [name, child] of Object.entries(node)) {
      noteText(name, facts);
      walkNames(child, facts, isInput, name);
    }
  }
}

function noteText(text: string, facts: TurnFacts): void {
  for (const [found] of text.matchAll(day)) facts.days.add(found);
  for (const match of text.matchAll(time)) facts.times.add(match[1]!);
  for (const match of text.matchAll(wordedDays)) facts.periods.push(readWordedDays(match));
  noteName(text, facts.names);
  // A full id names its parts; a sentence ("P95 CPU 1.2 % over 14 days") names nothing by its words.
  if (text.includes("/")) for (const part of text.split("/")) noteName(part, facts.names);
}

/** A name may hide no amount: with a currency or percent beside its digits, or without a letter, it exempts nothing. */
export function noteName(text: string, names: Set<string>): void {
  const name = text.trim();
  if (name.length < 2 || name.length > 300) return;
  if (!/\p{N}/u.test(name) || !/\p{L}/u.test(name)) return;
  if (/[$€£¥₹%]|\b(?:USD|EUR|GBP|dollars?|euros?|percent)\b/i.test(name)) return;
  names.add(name.toLowerCase());
}

function readDays(node: unknown): Days | undefined {
  const { start, end } = (node ?? {}) as { start?: unknown; end?: unknown };
  const isDay = (value: unknown): value is string =>
    typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return isDay(start) && isDay(end) ? { start, end } : undefined;
}

function readWordedDays([, fromDay, fromMonth, fromYear, day, month, year]: RegExpExecArray): Days {
  const dayOf = (inYear: string, inMonth: string, number: string) =>
    `${inYear}-${String(monthNames.indexOf(inMonth) + 1).padStart(2, "0")}-${number.padStart(2, "0")}`;
  const last = dayOf(year!, month!, day!);
  const first = fromDay ? dayOf(fromYear ?? year!, fromMonth ?? month!, fromDay) : last;
  // Half-open: the day after the last one. An impossible date ("31 Feb") stays a date of its own.
  try {
    return { start: first, end: Temporal.PlainDate.from(last).add({ days: 1 }).toString() };
  } catch {
    return { start: first, end: last };
  }
}

function pathWords(pointer: string): string[] {
  return pointer
    .split("/")
    .filter((segment) => segment && !/^\d+$/.test(segment) && segment !== "value" && segment !== "amount")
    .flatMap((segment) =>
      segment
        .replace(/([a-z])([A-Z])/g, "$1 $2")
        .toLowerCase()
        .split(/[\s_]+/),
    );
}

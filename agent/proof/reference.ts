import { decimal } from "@cloudoptima/tools/kernel/money.ts";
import type { FigureSource, Formula } from "../answer.ts";
import type { TurnCall } from "../turn-ledger.ts";
import { countsTwice } from "./counts-twice.ts";
import { locate } from "./pointer.ts";
import { formulaOfField, isMoneyUnit, type Quantity, quantityAt } from "./quantity.ts";

/** unsigned: the sentence says the direction ("less"). */
const figureFormats = ["short", "exact", "signed", "unsigned"] as const;
export type FigureFormat = (typeof figureFormats)[number];

/**
 * A figure that a model asks code to write: `{{0:/total/0/value}}` is a field of call 0, and
 * `{{percent_change 1:/total/0 0:/total/0|signed}}` a formula over fields.
 */
export interface Reference {
  formula: Formula;
  sources: FigureSource[];
  format?: FigureFormat;
}

/** A reference worked out: the exact value with its unit. */
export interface ProvenQuantity extends Quantity {
  formula: Formula;
  sources: FigureSource[];
  format?: FigureFormat;
}

const operand = /^(\d{1,3}):(\/\S*)$/;
const arity: Record<Formula, readonly [least: number, most: number]> = {
  identity: [1, 1],
  percent: [1, 1],
  difference: [2, 2],
  ratio: [2, 2],
  percent_change: [2, 2],
  sum: [2, 200],
  mean: [2, 400],
  count: [1, 400],
};
// A ratio rarely ends; ten decimals are more than any reader or check needs.
const RATIO_DECIMALS = 10;

/** Parses what stands between the braces; undefined when it is no reference. */
export function parseReference(body: string): Reference | undefined {
  const [expression = "", format, ...rest] = body.split("|").map((part) => part.trim());
  if (rest.length > 0) return undefined;
  if (format !== undefined && !isFormat(format)) return undefined;
  const words = expression.split(/\s+/).filter(Boolean);
  const formula: Formula = isFormula(words[0] ?? "") ? (words.shift() as Formula) : "identity";
  const sources: FigureSource[] = [];
  for (const word of words) {
    const match = operand.exec(word);
    if (!match) return undefined;
    sources.push({ call: Number(match[1]), pointer: match[2]! });
  }
  const [least, most] = arity[formula];
  if (sources.length < least || sources.length > most) return undefined;
  return { formula, sources, format };
}

/** Works a reference out over the turn's calls. Undefined when a field is missing or units do not fit. */
export function evaluateReference(
  reference: Reference,
  calls: readonly TurnCall[],
): ProvenQuantity | undefined {
  const quantities: Quantity[] = [];
  const sources: FigureSource[] = [];
  for (const { call, pointer } of reference.sources) {
    const output = calls[call]?.output;
    const quantity = quantityAt(output, pointer);
    if (!quantity) return undefined;
    quantities.push(quantity);
    // A money object is named for short; the proof points at its number.
    const isObject = typeof locate(output, pointer)?.value === "object";
    sources.push({ call, pointer: isObject ? `${pointer}/value` : pointer });
  }
  const isSummed = reference.formula === "sum" || reference.formula === "mean";
  if (isSummed && countsTwice(sources, calls)) return undefined;
  const isCounted = reference.formula === "count" || reference.formula === "mean";
  if (isCounted && !areRowsOfOneList(sources)) return undefined;
  // "$0 more" or "100 %" of a field with itself is worked out of nothing.
  if (new Set(sources.map(({ call, pointer }) => `${call}:${pointer}`)).size < sources.length)
    return undefined;
  const result = compute(reference.formula, quantities);
  const formula = reference.formula === "identity" ? formulaOfField(quantities[0]!) : reference.formula;
  return result && { ...result, ...reference, formula, sources };
}

/** What a count may count: the same field in rows of one list, each row once. */
function areRowsOfOneList(sources: readonly FigureSource[]): boolean {
  const shapes = sources.map(({ call, pointer }) => `${call}:${pointer.replace(/\/\d+(?=\/[^\d]*$)/, "/*")}`);
  const rows = new Set(sources.map(({ pointer }) => pointer));
  return shapes[0]!.includes("/*") && new Set(shapes).size === 1 && rows.size === sources.length;
}

function compute(formula: Formula, quantities: readonly Quantity[]): Quantity | undefined {
  const [first, second] = quantities;
  if (!first) return undefined;
  const sameUnit = quantities.every(({ unit }) => unit === first.unit);
  switch (formula) {
    // As many as there are rows: each names the same field of a row of its own.
    case "count":
      return { value: decimal(quantities.length), unit: "count" };
    case "identity":
      return first;
    case "percent":
      return first.unit === "percent" ? first : undefined;
    case "sum":
      if (!sameUnit) return undefined;
      return {
        value: quantities.reduce((sum, { value }) => sum.plus(value), decimal(0)),
        unit: first.unit,
      };
    // The average of the same field of several rows; of shares it would say nothing.
    case "mean":
      if (!sameUnit || first.unit === "percent") return undefined;
      return {
        value: round(
          quantities.reduce((sum, { value }) => sum.plus(value), decimal(0)).dividedBy(quantities.length),
        ),
        unit: first.unit,
      };
    case "difference":
      return sameUnit && second ? { value: first.value.minus(second.value), unit: first.unit } : undefined;
    case "percent_change":
      if (!sameUnit || !second || second.value.isZero()) return undefined;
      return {
        value: round(first.value.minus(second.value).dividedBy(second.value.abs()).times(100)),
        unit: "percent",
      };
    case "ratio":
      if (!second || second.value.isZero()) return undefined;
      if (sameUnit) return { value: round(first.value.dividedBy(second.value).times(100)), unit: "percent" };
      // Money per day or per thing: the money's unit stays.
      if (isMoneyUnit(first.unit) && (second.unit === "days" || second.unit === "count")) {
        return { value: round(first.value.dividedBy(second.value)), unit: first.unit };
      }
      return undefined;
  }
}

function round(value: Quantity["value"]): Quantity["value"] {
  return value.toDecimalPlaces(RATIO_DECIMALS);
}

function isFormula(word: string): word is Formula {
  return Object.hasOwn(arity, word);
}

function isFormat(word: string): word is FigureFormat {
  return (figureFormats as readonly string[]).includes(word);
}

import { decimal, type ExactDecimal } from "@cloudoptima/tools/kernel/money.ts";
import { locate } from "./pointer.ts";

/** An exact amount with its unit: an ISO 4217 code, "percent", "count", "days", … */
export interface Quantity {
  value: ExactDecimal;
  unit: string;
  /** The field holds a ratio; the value is one hundred times it. */
  isHundredfold?: true;
}

/** How a quantity comes from the one field it was read from. */
export function formulaOfField({ isHundredfold }: Quantity): "identity" | "percent" {
  return isHundredfold ? "percent" : "identity";
}

const decimalText = /^-?\d+(\.\d+)?$/;
const currencyCode = /^[A-Z]{3}$/;

/**
 * The quantity in a field of a tool's output, its unit read from the field's name and neighbours
 * (the conventions of tool outputs). A field that says no unit is no quantity: it proves nothing.
 */
export function quantityAt(output: unknown, pointer: string): Quantity | undefined {
  const located = locate(output, pointer);
  if (!located) return undefined;
  const { value, keys, ancestors } = located;
  const key = keys.at(-1) ?? "";
  const parent = asRecord(ancestors.at(-1));
  if (asRecord(value)) return moneyOf(value) ?? measuredOf(value);
  if (!isNumeric(value)) return undefined;
  const exact = decimal(value);
  if (key === "value" && parent)
    return moneyOf(parent) ?? measuredOf(parent) ?? unitFromName(keys.at(-2) ?? "", exact);
  return unitFromName(key, exact, parent);
}

function moneyOf(value: unknown): Quantity | undefined {
  const money = asRecord(value);
  if (!money || !isNumeric(money.value)) return undefined;
  const { currency } = money;
  if (typeof currency !== "string" || !currencyCode.test(currency)) return undefined;
  return { value: decimal(money.value), unit: currency };
}

function measuredOf(value: unknown): Quantity | undefined {
  const measured = asRecord(value);
  if (!measured || !isNumeric(measured.value) || typeof measured.unit !== "string") return undefined;
  if (measured.unit === "" || measured.unit.length > 30) return undefined;
  return measured.unit === "ratio"
    ? percentOf(decimal(measured.value))
    : { value: decimal(measured.value), unit: measured.unit };
}

function percentOf(ratio: ExactDecimal): Quantity {
  return { value: ratio.times(100), unit: "percent", isHundredfold: true };
}

const unitsByName: readonly [RegExp, (value: ExactDecimal) => Quantity][] = [
  [/(^share|Share|Ratio|^ratio|^confidence|Confidence)$/, percentOf],
  [/(Percent|^percent)$/, (value) => ({ value, unit: "percent" })],
  [/(Count|^count)$/, (value) => ({ value, unit: "count" })],
  [/(Days|^days)$/, (value) => ({ value, unit: "days" })],
  [/(Hours|^hours)$/, (value) => ({ value, unit: "hours" })],
  [/(Months|^months)$/, (value) => ({ value, unit: "months" })],
  [/(Years|^years)$/, (value) => ({ value, unit: "years" })],
  [/(Units|^units)$/, (value) => ({ value, unit: "count" })],
];

function unitFromName(
  key: string,
  value: ExactDecimal,
  parent?: Record<string, unknown>,
): Quantity | undefined {
  for (const [pattern, quantity] of unitsByName) if (pattern.test(key)) return quantity(value);
  const currency = parent?.currency;
  const isMoney = /(amount|cost|saving|savings|price|total|change|difference)s?$/i.test(key);
  if (isMoney && typeof currency === "string" && currencyCode.test(currency))
    return { value, unit: currency };
  return undefined;
}

function isNumeric(value: unknown): value is string | number {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value === "string" && decimalText.test(value);
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

export function isMoneyUnit(unit: string): boolean {
  return currencyCode.test(unit);
}

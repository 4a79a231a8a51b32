import { formatExact } from "./format.ts";

/** A field of a tool's result in a table: money with its currency, a period as its days, a list as its length. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (Array.isArray(value)) return listText(value);
  if (typeof value === "object") return objectText(value as Record<string, unknown>);
  const text = String(value);
  return /^-?\d{4,}\.\d+$/.test(text) ? formatExact(text) : text;
}

function objectText(fields: Record<string, unknown>): string {
  if ("value" in fields && "currency" in fields)
    return `${formatExact(String(fields.value))} ${fields.currency}`;
  if ("start" in fields && "end" in fields) return `${fields.start} to ${fields.end}`;
  return Object.entries(fields)
    .map(([name, field]) => `${name}: ${cellText(field)}`)
    .join(", ");
}

function listText(values: unknown[]): string {
  if (values.length === 0) return "–";
  if (values.every((value) => typeof value !== "object")) return values.join(", ");
  return values.length === 1 ? cellText(values[0]) : `${values.length} entries`;
}

/** What stands to the right in a table: numbers and money. */
export function isNumericCell(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return "value" in value && "currency" in value;
  return typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value));
}

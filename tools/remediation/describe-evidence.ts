import { periodInWords } from "../costs/coverage.ts";
import { decimal } from "../kernel/money.ts";
import { bytesInWords } from "../kernel/scale-measure.ts";
import type { Evidence } from "../recommendations/finding.ts";

/** One measured fact as a card says it: "CPU, 95th percentile: 1.9 % (29 Sep - 13 Oct 2026)". */
export function describeEvidence({ label, value, unit, window }: Evidence): string {
  return `${label}: ${withUnit(value, unit)}${window ? ` (${periodInWords(window)})` : ""}`;
}

function withUnit(value: string, unit: string): string {
  if (unit === "text" || unit === "date" || unit === "count") return value;
  if (unit === "percent") return `${decimal(value).toDecimalPlaces(1).toFixed()} %`;
  if (unit === "bytes") return bytesInWords(value);
  return `${decimal(value).toDecimalPlaces(2).toFixed()} ${unit}`;
}

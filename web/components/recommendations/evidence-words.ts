import { bytesInWords } from "@cloudoptima/tools/kernel/scale-measure.ts";
import { addDays } from "../../lib/days.ts";
import { formatCount, formatDay, formatExact, formatMoney, formatPercent } from "../../lib/format.ts";

/** A measured value in the unit that its rule gave it (tools/recommendations/finding.ts). */
export function evidenceText(value: string, unit: string): string {
  // The rules write text where nothing is known.
  if (unit === "text" || !/^-?\d+(\.\d+)?$/.test(value)) return unit === "date" ? formatDay(value) : value;
  if (/^[A-Z]{3}$/.test(unit)) return rate(value, unit);
  if (unit === "percent") return formatPercent(value);
  if (unit === "bytes") return bytesInWords(value);
  if (unit === "count") return formatCount(value);
  return `${Number(value) === Math.round(Number(value)) ? formatCount(value) : formatExact(round(value))} ${unit}`;
}

/** A price of an hour has decimals that cents would hide. */
function rate(value: string, currency: string): string {
  const decimals = value.split(".")[1]?.length ?? 0;
  return decimals > 2 && Math.abs(Number(value)) < 10
    ? `${formatExact(value)} ${currency}`
    : formatMoney(value, currency);
}

const round = (value: string) => String(Math.round(Number(value) * 1000) / 1000);

/** "2–31 Oct 2026": people name the last day, the API the day after it. */
export function windowText({ start, end }: { start: string; end: string }): string {
  const until = addDays(end, -1);
  if (start === until) return formatDay(start);
  const sameMonth = start.slice(0, 7) === until.slice(0, 7);
  const from = sameMonth
    ? String(Number(start.slice(8)))
    : formatDay(start, start.slice(0, 4) === until.slice(0, 4));
  return `${from}–${formatDay(until)}`;
}

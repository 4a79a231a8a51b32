import type { CostCoverage } from "@cloudoptima/db/queries/costs.ts";
import { AppError } from "../kernel/errors.ts";
import type { Coverage, Freshness, Period } from "./cost-shapes.ts";

/** Whole days between two days, YYYY-MM-DD. */
export function daysBetween(start: string, end: string): number {
  return Temporal.PlainDate.from(start).until(end, { largestUnit: "day" }).days;
}

/** ISO days order as text does. */
export function earlier(a: string, b: string): string {
  return [a, b].sort()[0]!;
}

export function later(a: string, b: string): string {
  return [a, b].sort()[1]!;
}

export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

// Three letters for every month; the British locale says "Sept".
const monthNames = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** "13 Oct 2026" */
export function dayInWords(day: string): string {
  const date = Temporal.PlainDate.from(day);
  return `${date.day} ${monthNames[date.month - 1]} ${date.year}`;
}

/** "1-30 Sep 2026", "1 Sep - 15 Oct 2026": the days of a half-open period, both ends said. */
export function periodInWords({ start, end }: Period): string {
  const last = addDays(end, -1);
  if (start === last) return dayInWords(start);
  const from = Temporal.PlainDate.from(start);
  const to = Temporal.PlainDate.from(last);
  if (from.year !== to.year) return `${dayInWords(start)} - ${dayInWords(last)}`;
  const month = monthNames[from.month - 1];
  return from.month === to.month
    ? `${from.day}-${dayInWords(last)}`
    : `${from.day} ${month} - ${dayInWords(last)}`;
}

export function toFreshness(data: CostCoverage): Freshness {
  return {
    dataFrom: data.dataFrom,
    dataUntil: data.dataUntil,
    loadedAt: data.loadedAt?.toISOString() ?? null,
  };
}

/** The part of the period that the data covers; null when they do not meet. */
export function coveredPeriod(period: Period, data: CostCoverage): Period | null {
  if (!data.dataFrom || !data.dataUntil) return null;
  const start = later(period.start, data.dataFrom);
  const end = earlier(period.end, addDays(data.dataUntil, 1));
  return start < end ? { start, end } : null;
}

/** Compares a period with the loaded data. Throws no_data, naming what there is, when they do not meet. */
export function describeCoverage(period: Period, data: CostCoverage): Coverage {
  const covered = coveredPeriod(period, data);
  if (!data.dataFrom || !data.dataUntil) {
    throw new AppError("no_data", "There is no cost data yet.", {
      hint: "Load some: npm run cloudoptima -- import focus FILE, or connect a cloud and scan it.",
    });
  }
  if (!covered) {
    throw new AppError("no_data", `There is no cost data for ${periodInWords(period)}.`, {
      hint: `Data here covers ${periodInWords({ start: data.dataFrom, end: addDays(data.dataUntil, 1) })}; ask for days within it.`,
      details: { dataFrom: data.dataFrom, dataUntil: data.dataUntil },
    });
  }
  const missing = [
    ...(covered.start > period.start ? [`data from ${dayInWords(covered.start)}`] : []),
    ...(covered.end < period.end ? [`data until ${dayInWords(data.dataUntil)}`] : []),
  ];
  return {
    isComplete: missing.length === 0,
    periodDays: daysBetween(period.start, period.end),
    coveredDays: daysBetween(covered.start, covered.end),
    dataUntil: addDays(covered.end, -1),
    note: missing.length === 0 ? null : missing.join(", "),
  };
}

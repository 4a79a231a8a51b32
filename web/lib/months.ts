import { addDays } from "./days.ts";
import { formatMonth } from "./format.ts";

export interface Month {
  /** YYYY-MM-DD, half-open. */
  start: string;
  end: string;
  /** "Oct 2026" */
  label: string;
}

/** The months that have data, newest first, at most `limit`. */
export function monthsWithData(from: string, until: string, limit: number): Month[] {
  const months: Month[] = [];
  for (let start = monthOf(until); start >= monthOf(from) && months.length < limit; start = before(start)) {
    months.push({ start, end: after(start), label: formatMonth(start) });
  }
  return months;
}

/** The newest month with a cost on its last day, else the newest. */
export function lastWholeMonth(months: readonly Month[], until: string): Month | undefined {
  return months.find(({ end }) => monthOf(dayAfter(until)) >= end) ?? months[0];
}

const monthOf = (day: string) => `${day.slice(0, 7)}-01`;
const after = (month: string) => shifted(month, 32);
const before = (month: string) => shifted(month, -1);
const dayAfter = (day: string) => addDays(day, 1);
const shifted = (month: string, days: number) => monthOf(addDays(month, days));

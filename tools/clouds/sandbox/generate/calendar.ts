import { dayOf, dayText, monthStart } from "../tenant/days.ts";

/**
 * Dates that plants hang on. Costs of a day never depend on when the sandbox was started: growth and events
 * hang on the calendar. Only states without influence on cost (since when a disk is unattached) move, once a
 * quarter, so that they stay recent.
 */
export interface Calendar {
  /** First day that may be served. */
  first: string;
  /** Months that events are planted in: YYYY-MM, from the first served to well after today. */
  months: string[];
  /** A day before the current quarter, at least ten days before today. */
  beforeQuarter(daysBefore: number): string;
  /** A day before a month's first, which is 10 to 40 days before today. */
  beforeMonth(daysBefore: number): string;
  /** Two days before today, for what happens every night. */
  recently: string;
  growthFrom: string;
}

export function createCalendar(now: Temporal.Instant, days: number): Calendar {
  const today = dayOf(now);
  const anchorMonth = monthStart(today - 10);
  const monthIndex = Number(dayText(anchorMonth).slice(5, 7)) - 1;
  const quarterStart = monthStart(anchorMonth, -(monthIndex % 3));
  const months: string[] = [];
  for (let start = monthStart(today - days); start < today + 400; start = monthStart(start, 1)) {
    months.push(dayText(start).slice(0, 7));
  }
  return {
    first: dayText(today - days),
    months,
    beforeQuarter: (daysBefore) => dayText(quarterStart - daysBefore),
    beforeMonth: (daysBefore) => dayText(anchorMonth - daysBefore),
    recently: dayText(today - 2),
    growthFrom: "2026-10-01",
  };
}

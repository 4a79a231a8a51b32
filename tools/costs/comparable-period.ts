import { precedingDays } from "./calendar.ts";
import type { Period } from "./cost-shapes.ts";

/**
 * What a period is fairly compared with when nobody says: whole months with as many months before; a month, quarter
 * or year to date with the same days of the one before; a week to date with the week before; else the days before.
 */
export function comparablePeriod(period: Period): Period {
  const start = Temporal.PlainDate.from(period.start);
  const end = Temporal.PlainDate.from(period.end);
  const shift = toDateShift(start, end);
  const before = shift
    ? { start: start.subtract(shift), end: end.subtract(shift) }
    : precedingDays({ start, end });
  return { start: before.start.toString(), end: before.end.toString() };
}

function toDateShift(
  start: Temporal.PlainDate,
  end: Temporal.PlainDate,
): { months: number } | { days: number } | null {
  const last = end.subtract({ days: 1 });
  const days = start.until(end, { largestUnit: "day" }).days;
  if (start.dayOfWeek === 1 && days < 7 && start.day !== 1) return { days: 7 };
  if (start.day !== 1 || end.day === 1) return null;
  if (last.year === start.year && last.month === start.month) return { months: 1 };
  if (start.month % 3 === 1 && start.until(end, { largestUnit: "month" }).months < 3) return { months: 3 };
  return start.month === 1 && last.year === start.year ? { months: 12 } : null;
}

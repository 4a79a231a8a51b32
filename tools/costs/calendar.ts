/** Half-open days with the size people named them by; `span` is any other stretch. */
export interface Days {
  start: Temporal.PlainDate;
  end: Temporal.PlainDate;
  grain: Grain;
}
type Grain = "day" | "week" | "month" | "quarter" | "half" | "year" | "span";
export type Unit = "day" | "week" | "month" | "quarter" | "year";

/** Where "all time" and "until September" begin: before any cloud bill; answers clip it to the first day with data. */
export const firstDay = new Temporal.PlainDate(2000, 1, 1);

export function oneDay(day: Temporal.PlainDate): Days {
  return { start: day, end: day.add({ days: 1 }), grain: "day" };
}

/** Monday to Sunday around a day (ISO 8601). */
export function weekOf(day: Temporal.PlainDate): Days {
  const start = day.subtract({ days: day.dayOfWeek - 1 });
  return { start, end: start.add({ days: 7 }), grain: "week" };
}

/** `month` 1..12. */
export function monthOf(year: number, month: number): Days {
  const start = new Temporal.PlainDate(year, month, 1);
  return { start, end: start.add({ months: 1 }), grain: "month" };
}

/** `quarter` 1..4, calendar quarters. */
export function quarterOf(year: number, quarter: number): Days {
  const start = new Temporal.PlainDate(year, quarter * 3 - 2, 1);
  return { start, end: start.add({ months: 3 }), grain: "quarter" };
}

/** `half` 1 or 2. */
export function halfOf(year: number, half: number): Days {
  const start = new Temporal.PlainDate(year, half * 6 - 5, 1);
  return { start, end: start.add({ months: 6 }), grain: "half" };
}

export function yearOf(year: number): Days {
  return {
    start: new Temporal.PlainDate(year, 1, 1),
    end: new Temporal.PlainDate(year + 1, 1, 1),
    grain: "year",
  };
}

/** The day, week, month, quarter or year that holds `day`. */
export function unitAround(unit: Unit, day: Temporal.PlainDate): Days {
  if (unit === "day") return oneDay(day);
  if (unit === "week") return weekOf(day);
  if (unit === "month") return monthOf(day.year, day.month);
  if (unit === "quarter") return quarterOf(day.year, Math.ceil(day.month / 3));
  return yearOf(day.year);
}

/** A day moved back by whole units; the month's end is kept inside its month. */
export function back(day: Temporal.PlainDate, unit: Unit, count: number): Temporal.PlainDate {
  if (unit === "day") return day.subtract({ days: count });
  if (unit === "week") return day.subtract({ weeks: count });
  if (unit === "month") return day.subtract({ months: count });
  if (unit === "quarter") return day.subtract({ months: 3 * count });
  return day.subtract({ years: count });
}

/** What is over of it: nothing after today counts. "This month" is the month to date. */
export function toDate(days: Days, today: Temporal.PlainDate): Days {
  const tomorrow = today.add({ days: 1 });
  return Temporal.PlainDate.compare(days.end, tomorrow) > 0 ? { ...days, end: tomorrow } : days;
}

export function isFuture(days: { start: Temporal.PlainDate }, today: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(days.start, today) > 0;
}

/** The same stretch just before: whole months by months, anything else by its number of days. */
export function precedingDays(days: { start: Temporal.PlainDate; end: Temporal.PlainDate }): {
  start: Temporal.PlainDate;
  end: Temporal.PlainDate;
} {
  const { start, end } = days;
  if (start.day === 1 && end.day === 1) {
    const months = start.until(end, { largestUnit: "month" }).months;
    return { start: start.subtract({ months }), end: start };
  }
  const length = start.until(end, { largestUnit: "day" }).days;
  // Before a weekend comes the weekend before, not a Thursday and a Friday.
  if (length === 2 && start.dayOfWeek === 6)
    return { start: start.subtract({ weeks: 1 }), end: end.subtract({ weeks: 1 }) };
  return { start: start.subtract({ days: length }), end: start };
}

import { monthOf, weekOf } from "../costs/calendar.ts";
import type { Period } from "../costs/cost-shapes.ts";

export const cadences = ["week", "month"] as const;

/** How often a report is made. `day`: of the week from Monday = 1, or of the month, 1 to 28, which every month has. */
export interface Cadence {
  cadence: (typeof cadences)[number];
  day: number;
  /** 0 to 23, in the organization's time zone. */
  hour: number;
}

export const weekdays = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/**
 * The first time after a moment. Where clocks are put forward over the hour it is the hour after; where they are put
 * back, the first of both.
 */
export function nextDue(
  { cadence, day, hour }: Cadence,
  timeZone: string,
  after: Temporal.Instant,
): Temporal.Instant {
  const today = after.toZonedDateTimeISO(timeZone).toPlainDate();
  const first = cadence === "week" ? today.add({ days: day - today.dayOfWeek }) : today.with({ day });
  for (let step = 0; ; step++) {
    const date = first.add(cadence === "week" ? { weeks: step } : { months: step });
    const due = date.toZonedDateTime({ timeZone, plainTime: { hour } }).toInstant();
    if (Temporal.Instant.compare(due, after) > 0) return due;
  }
}

/** The same date and hour on another zone's clock, so that no week or month is told of twice or left out. */
export function moveDue(
  due: Temporal.Instant,
  hour: number,
  { from, to }: { from: string; to: string },
): Temporal.Instant {
  const date = due.toZonedDateTimeISO(from).toPlainDate();
  return date.toZonedDateTime({ timeZone: to, plainTime: { hour } }).toInstant();
}

/** Of all times from `due` to now the last: what was missed meanwhile is made up once. */
export function lastDue(
  cadence: Cadence,
  timeZone: string,
  due: Temporal.Instant,
  now: Temporal.Instant,
): Temporal.Instant {
  for (let last = due; ; ) {
    const next = nextDue(cadence, timeZone, last);
    if (Temporal.Instant.compare(next, now) > 0) return last;
    last = next;
  }
}

/** The days that a report tells of: the whole week or month before it is due. */
export function periodBefore(
  { cadence }: Pick<Cadence, "cadence">,
  timeZone: string,
  due: Temporal.Instant,
): Period {
  const date = due.toZonedDateTimeISO(timeZone).toPlainDate();
  const before = cadence === "week" ? date.subtract({ weeks: 1 }) : date.subtract({ months: 1 });
  const { start, end } = cadence === "week" ? weekOf(before) : monthOf(before.year, before.month);
  return { start: start.toString(), end: end.toString() };
}

/** "each Monday at 08:00", "on day 3 of each month at 08:00" */
export function cadenceInWords({ cadence, day, hour }: Cadence): string {
  const when = cadence === "week" ? `each ${weekdays[day - 1]}` : `on day ${day} of each month`;
  return `${when} at ${String(hour).padStart(2, "0")}:00`;
}

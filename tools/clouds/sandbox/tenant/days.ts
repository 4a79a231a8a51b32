/** Days as integers since 1970-01-01 UTC: arithmetic in hot loops without date objects. */
export function dayNumber(day: string): number {
  return (
    Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / 86_400_000
  );
}

/** YYYY-MM-DD of a day number. */
export function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday (day 0 was a Thursday). */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

export function dayOf(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 86_400_000);
}

/** Day number of the first of the month that contains `day`, shifted by months. */
export function monthStart(day: number, shiftMonths = 0): number {
  const date = new Date(day * 86_400_000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + shiftMonths, 1) / 86_400_000;
}

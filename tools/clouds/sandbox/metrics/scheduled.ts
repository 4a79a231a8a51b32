import { monthStart, weekdayOf } from "../tenant/days.ts";
import type { Schedule } from "../tenant/tenant-schema.ts";

/** The first of the entries that an hour (since 1970 UTC) falls into; undefined: none. */
export function scheduledAt<Entry extends Schedule>(
  entries: readonly Entry[] | undefined,
  hour: number,
): Entry | undefined {
  if (!entries?.length) return undefined;
  const day = Math.floor(hour / 24);
  const hourOfDay = hour - day * 24;
  return entries.find(
    ({ weekdays, lastDaysOfMonth, from, to }) =>
      hourOfDay >= from &&
      hourOfDay < to &&
      (weekdays === undefined || weekdays.includes(weekdayOf(day) + 1)) &&
      (lastDaysOfMonth === undefined || monthStart(day, 1) - day <= lastDaysOfMonth),
  );
}

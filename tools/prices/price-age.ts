/** Prices older than this are not used any more: nobody knows what they are worth by then. */
export const oldestUsedDays = 30;
/** Prices are read anew after a day; older than two, the reading has failed and is told. */
const doubtfulHours = 48;

/** Days since prices were read, where that is long enough to be told; null while they are fresh. */
export function doubtfulAgeDays(readAt: Temporal.Instant, now: Temporal.Instant): number | null {
  const hours = hoursSince(readAt, now);
  return hours > doubtfulHours ? Math.floor(hours / 24) : null;
}

/** Whether prices read then may still be used. */
export function isUsable(readAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return hoursSince(readAt, now) <= oldestUsedDays * 24;
}

function hoursSince(then: Temporal.Instant, now: Temporal.Instant): number {
  return (now.epochMilliseconds - then.epochMilliseconds) / 3_600_000;
}

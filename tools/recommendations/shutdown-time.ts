const minutesADay = 24 * 60;

/**
 * The time of day in UTC by which a local hour (0 to 24) has come whatever the season, as "19:00 UTC": a schedule in
 * UTC does not follow daylight saving, and must never be early.
 */
export function latestUtcTime(hour: number, timeZone: string, year: number): string {
  const offsets = [1, 7].map((month) => {
    const noon = Temporal.PlainDateTime.from({ year, month, day: 15, hour: 12 });
    return noon.toZonedDateTime(timeZone).offsetNanoseconds / 60e9;
  });
  const minutes = (hour * 60 - Math.min(...offsets) + 2 * minutesADay) % minutesADay;
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)} UTC`;
}

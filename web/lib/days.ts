/** The day so many days later (earlier, where negative); YYYY-MM-DD. Not every browser has Temporal. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

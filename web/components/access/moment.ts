const format = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** "3 Nov 2026, 14:05" in the reader's own time zone; real time, not the business clock's. */
export function moment(iso: string): string {
  return format.format(new Date(iso));
}

/** "3 Nov 2026" */
export function day(iso: string): string {
  return dayFormat.format(new Date(iso));
}

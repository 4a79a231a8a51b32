import { dayInWords } from "../costs/coverage.ts";

/** "5 Oct 2026, 10:00 UTC" */
export function momentInWords(iso: string): string {
  const time = Temporal.Instant.from(iso).toZonedDateTimeISO("UTC");
  const clock = [time.hour, time.minute].map((part) => String(part).padStart(2, "0")).join(":");
  return `${dayInWords(time.toPlainDate().toString())}, ${clock} UTC`;
}

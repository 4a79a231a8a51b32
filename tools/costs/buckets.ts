import type { Bucket } from "@cloudoptima/db/queries/cost-source.ts";
import { weekOf } from "./calendar.ts";
import type { Period } from "./cost-shapes.ts";
import { daysBetween, earlier, later } from "./coverage.ts";
import type { Granularity } from "./trend-shapes.ts";

export const bucketOf: Record<Granularity, Bucket> = { daily: "day", weekly: "week", monthly: "month" };

/** Few enough points to read: days up to 45 days, weeks up to 26 weeks, months beyond. */
export function readableGranularity(period: Period): Granularity {
  const days = daysBetween(period.start, period.end);
  if (days <= 45) return "daily";
  return days <= 26 * 7 ? "weekly" : "monthly";
}

/** One bucket: `key` is its first day by the calendar, start and end what of it lies in the period. */
export interface BucketDays {
  key: string;
  start: string;
  end: string;
  isPartial: boolean;
}

/** The days, weeks (from Monday) or months of a period in order, cut at its ends. */
export function bucketsOf(period: Period, granularity: Granularity): BucketDays[] {
  const buckets: BucketDays[] = [];
  let first = firstDay(Temporal.PlainDate.from(period.start), granularity);
  while (first.toString() < period.end) {
    const next = first.add(
      granularity === "monthly" ? { months: 1 } : { days: granularity === "weekly" ? 7 : 1 },
    );
    const start = later(first.toString(), period.start);
    const end = earlier(next.toString(), period.end);
    buckets.push({
      key: first.toString(),
      start,
      end,
      isPartial: start !== first.toString() || end !== next.toString(),
    });
    first = next;
  }
  return buckets;
}

function firstDay(day: Temporal.PlainDate, granularity: Granularity): Temporal.PlainDate {
  if (granularity === "monthly") return day.with({ day: 1 });
  return granularity === "weekly" ? weekOf(day).start : day;
}

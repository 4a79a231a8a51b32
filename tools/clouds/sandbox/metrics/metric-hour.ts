import { weekdayOf } from "../tenant/days.ts";

/** One hour of one metric, as Monitor aggregates it. */
export interface MetricHour {
  average: number;
  minimum: number;
  maximum: number;
  total: number;
  count: number;
}

export interface MetricDefinition {
  name: string;
  unit: "Percent" | "Bytes" | "Count" | "BytesPerSecond" | "CountPerSecond";
  primaryAggregation: "Average" | "Total";
}

const minutesAnHour = 60;

export function isOfficeHour(hour: number): boolean {
  const day = Math.floor(hour / 24);
  const hourOfDay = hour - day * 24;
  return weekdayOf(day) < 5 && hourOfDay >= 7 && hourOfDay < 18;
}

export function gauge(average: number, minimum: number, maximum: number): MetricHour {
  return {
    average: round(average),
    minimum: round(minimum),
    maximum: round(Math.max(maximum, average)),
    total: round(average * minutesAnHour),
    count: minutesAnHour,
  };
}

export function counter(total: number): MetricHour {
  const perMinute = total / minutesAnHour;
  return {
    average: round(perMinute),
    minimum: round(perMinute * 0.5),
    maximum: round(perMinute * 2.2),
    total,
    count: minutesAnHour,
  };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

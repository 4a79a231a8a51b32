import { quantile } from "simple-statistics";
import type { MetricAggregation, MetricName } from "../clouds/cloud.ts";

export type MetricKey = `${MetricName}/${MetricAggregation}`;

/** Hourly measurements of one resource; the last hour of every series is the one before `end`. */
export interface HourlyUsage {
  /** ISO hour after the last one. */
  end: string;
  /** Days that were read. */
  days: number;
  /** One value an hour, oldest first, NaN where nothing was measured; absent: never measured. */
  series: ReadonlyMap<MetricKey, Float64Array>;
}

/** Hours of a window that must have points; with fewer nobody can say what the resource did. */
const neededCoverage = 0.8;

/** What was measured in the last `days` days, gaps left out. */
export function measured(usage: HourlyUsage, metric: MetricKey, days: number): Float64Array {
  const hours = lastHours(usage, metric, days);
  const count = countMeasured(hours);
  if (count === hours.length) return hours;
  // By hand: `filter` takes ten times as long, and this is asked a dozen times of each machine.
  const values = new Float64Array(count);
  let next = 0;
  for (const value of hours) if (!Number.isNaN(value)) values[next++] = value;
  return values;
}

function countMeasured(hours: Float64Array): number {
  let count = 0;
  for (const value of hours) if (!Number.isNaN(value)) count++;
  return count;
}

/** The last `days` days hour by hour, oldest first, NaN where nothing was measured. */
export function lastHours(usage: HourlyUsage, metric: MetricKey, days: number): Float64Array {
  const hours = days * 24;
  const series = usage.series.get(metric);
  if (!series) return new Float64Array(hours).fill(Number.NaN);
  if (series.length >= hours) return series.subarray(series.length - hours);
  const padded = new Float64Array(hours).fill(Number.NaN);
  padded.set(series, hours - series.length);
  return padded;
}

/** Whether enough hours of the window were measured to judge by it. */
export function isCovered(usage: HourlyUsage, metric: MetricKey, days: number): boolean {
  return countMeasured(lastHours(usage, metric, days)) >= days * 24 * neededCoverage;
}

/** The value that `share` (0 to 1) of the values do not exceed; NaN of nothing. */
export function percentile(values: Float64Array, share: number): number {
  return values.length === 0 ? Number.NaN : quantile(values as unknown as number[], share);
}

/** The largest value; NaN of nothing. */
export function highest(values: Float64Array): number {
  let most = Number.NaN;
  for (const value of values) if (!(value <= most)) most = value;
  return most;
}

/** The mean; NaN of nothing. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** First and last day of the last `days` days, half-open. */
export function usageWindow(usage: HourlyUsage, days: number): { start: string; end: string } {
  const end = usage.end.slice(0, 10);
  return { start: Temporal.PlainDate.from(end).subtract({ days }).toString(), end };
}

import { type Scale, scaled, scaleFor } from "../kernel/scale-measure.ts";
import { percentile } from "../recommendations/hourly-usage.ts";

/** One metric of a resource, its hours in order; a gap is simply not there. */
export interface HourlyPoints {
  metric: string;
  /** What people call it here; the metric's own word when left out. */
  label?: string;
  aggregation: string;
  unit: string;
  points: readonly { time: string; value: number }[];
}

/** What the hours of a metric come to. Of totals `total` is their sum; a sum of averages would say nothing. */
export interface MetricSummary {
  measuredHours: number;
  average: Measured;
  p95: Measured;
  highest: Measured & { at: string };
  lowest: Measured & { at: string };
  total: Measured | null;
}

interface Measured {
  value: string;
  unit: string;
}

/** Undefined where nothing was measured. Hours count alike: a gap neither lowers nor raises anything. */
export function summarizeMetric({ points, unit, aggregation }: HourlyPoints): MetricSummary | undefined {
  const [first] = points;
  if (!first) return undefined;
  const values = Float64Array.from(points, ({ value }) => value);
  const sum = values.reduce((so, value) => so + value, 0);
  let highest = first;
  let lowest = first;
  for (const point of points) {
    if (point.value > highest.value) highest = point;
    if (point.value < lowest.value) lowest = point;
  }
  const scale = scaleFor(unit, highest.value);
  const told = (value: number, its: Scale = scale) => ({ value: scaled(value, its), unit: its.unit });
  return {
    measuredHours: points.length,
    average: told(sum / points.length),
    p95: told(percentile(values, 0.95)),
    highest: { ...told(highest.value), at: highest.time },
    lowest: { ...told(lowest.value), at: lowest.time },
    total: aggregation === "total" ? told(sum, scaleFor(unit, sum)) : null,
  };
}

/** The hours as days: the mean of averages, the largest maximum, the sum of totals, of the hours that were measured. */
export function byDay({
  points,
  aggregation,
}: HourlyPoints): { time: string; value: number; hourCount: number }[] {
  const days = Map.groupBy(points, ({ time }) => time.slice(0, 10));
  return [...days].map(([day, hours]) => {
    const values = hours.map(({ value }) => value);
    const sum = values.reduce((so, value) => so + value, 0);
    const value =
      aggregation === "maximum" ? Math.max(...values) : aggregation === "total" ? sum : sum / values.length;
    return { time: `${day}T00:00:00Z`, value, hourCount: values.length };
  });
}

/** What was measured of a resource in the hour that begins at `time`. */
export interface StoredPoint {
  resourceId: string;
  metric: string;
  aggregation: string;
  time: Date;
  value: number;
  unit: string;
}

/** A day (YYYY-MM-DD, UTC) of one metric of a resource: 24 hours, null where nothing was measured. */
export interface MetricDay {
  resourceId: string;
  metric: string;
  aggregation: string;
  unit: string;
  day: string;
  hours: (number | null)[];
}

/** Puts points into their days, in the order in which these begin; of two points of an hour the last one counts. */
export function packMetricDays(points: Iterable<StoredPoint>): MetricDay[] {
  const days = new Map<string, MetricDay>();
  for (const { resourceId, metric, aggregation, time, value, unit } of points) {
    const day = time.toISOString().slice(0, 10);
    const key = JSON.stringify([day, metric, aggregation, resourceId]);
    let packed = days.get(key);
    if (!packed) {
      packed = { resourceId, metric, aggregation, unit, day, hours: Array<null>(24).fill(null) };
      days.set(key, packed);
    }
    packed.hours[time.getUTCHours()] = value;
  }
  return [...days.values()];
}

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

const msPerDay = 86_400_000;

/** Puts points into their days, in the order in which these begin; of two points of an hour the last one counts. */
export function packMetricDays(points: Iterable<StoredPoint>): MetricDay[] {
  const days: MetricDay[] = [];
  // By each part in turn: a scan packs millions of points, and a key made for each would cost more than the rest.
  const known: Levels = new Map();
  for (const { resourceId, metric, aggregation, time, value, unit } of points) {
    const ofSeries = below(below(below(known, resourceId), metric), aggregation);
    const number = Math.floor(time.getTime() / msPerDay);
    let packed = ofSeries.get(number);
    if (!packed) {
      const day = time.toISOString().slice(0, 10);
      packed = { resourceId, metric, aggregation, unit, day, hours: Array<null>(24).fill(null) };
      ofSeries.set(number, packed);
      days.push(packed);
    }
    packed.hours[time.getUTCHours()] = value;
  }
  return days;
}

/** Resource id, metric, aggregation, days since 1970. */
type Levels = Map<string, Map<string, Map<string, Map<number, MetricDay>>>>;

function below<Key, Name, Value>(level: Map<Key, Map<Name, Value>>, key: Key): Map<Name, Value> {
  const known = level.get(key);
  if (known) return known;
  const made = new Map<Name, Value>();
  level.set(key, made);
  return made;
}

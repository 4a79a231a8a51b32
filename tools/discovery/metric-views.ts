import { scaled, scaleFor } from "../kernel/scale-measure.ts";
import type { View } from "../kernel/view.ts";
import type { MetricsOutput } from "./metric-shapes.ts";

type Series = MetricsOutput["series"][number];

const titles: Record<Series["kind"], string> = {
  cpu: "CPU",
  memory: "Memory",
  disk: "Disk",
  network: "Network",
  dtu: "DTU",
  sessions: "Sessions",
  storage: "Storage",
  transactions: "Transactions",
  requests: "Requests",
  other: "Other metrics",
};

/** A line chart of each kind and unit, hour by hour or day by day; what was not measured is a gap in the line. */
export function metricViews(output: MetricsOutput): View[] {
  const charts = Map.groupBy(output.series, ({ kind, unit }) => JSON.stringify([kind, unit]));
  const isHourly = output.interval === "hour";
  const times = everyTime(output);
  return [...charts.values()].map((series) => {
    const scale = scaleFor(
      series[0]!.unit,
      Math.max(...series.flatMap(({ points }) => points.map(({ value }) => value))),
    );
    const named = series.map((one, index) => ({
      key: `s${index}`,
      label: labelOf(one, isHourly),
      values: new Map(one.points.map(({ time, value }) => [time, value])),
    }));
    return {
      type: "line",
      title: `${titles[series[0]!.kind]} of ${output.name}`,
      ...(scale.unit === "count" ? {} : { unit: scale.unit === "percent" ? "%" : scale.unit }),
      granularity: isHourly ? "hourly" : "daily",
      series: named.map(({ key, label }) => ({ key, label })),
      points: times.map((time) => ({
        x: isHourly ? `${time.slice(0, 16)}Z` : time.slice(0, 10),
        ...Object.fromEntries(
          named.map(({ key, values }) => [key, values.has(time) ? scaled(values.get(time)!, scale) : null]),
        ),
      })),
      note: "UTC; where nothing was measured the line has a gap",
    };
  });
}

/** "CPU, average of the hour", "Sent, total of the day". */
function labelOf({ label, aggregation }: Series, isHourly: boolean): string {
  return `${label}, ${aggregation} of the ${isHourly ? "hour" : "day"}`;
}

/** Each hour or day between the first and the last that any metric has: an axis without holes shows the gaps. */
function everyTime({ series, interval }: MetricsOutput): string[] {
  const all = series.flatMap(({ points }) => points.map(({ time }) => time)).toSorted();
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return [];
  const step = { hours: interval === "hour" ? 1 : 24 };
  const times: string[] = [];
  const end = Temporal.Instant.from(last);
  for (let at = Temporal.Instant.from(first); Temporal.Instant.compare(at, end) <= 0; at = at.add(step)) {
    times.push(at.toString());
  }
  return times;
}

import { scaled, scaleFor } from "../kernel/scale-measure.ts";
import type { View } from "../kernel/view.ts";
import { metricRank } from "./metric-order.ts";
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
  const sorted = output.series.toSorted((a, b) => metricRank(a) - metricRank(b));
  const charts = Map.groupBy(sorted, ({ kind, unit }) => JSON.stringify([kind, unit]));
  const isHourly = output.interval === "hour";
  const times = everyTime(output);
  return [...charts.values()].map((series) => {
    const scale = scaleFor(
      series[0]!.unit,
      Math.max(...series.flatMap(({ points }) => points.map(({ value }) => value))),
    );
    const unit = scale.unit === "count" ? undefined : scale.unit === "percent" ? "%" : scale.unit;
    const named = series.map((one, index) => ({
      key: `s${index}`,
      label: labelOf(one, series),
      values: new Map(one.points.map(({ time, value }) => [time, value])),
    }));
    return {
      type: "line",
      title: titleOf(series, output, unit),
      ...(unit ? { unit } : {}),
      granularity: isHourly ? "hourly" : "daily",
      series: named.map(({ key, label }) => ({ key, label })),
      points: times.map((time) => ({
        x: isHourly ? `${time.slice(0, 16)}Z` : time.slice(0, 10),
        ...Object.fromEntries(
          named.map(({ key, values }) => [key, values.has(time) ? scaled(values.get(time)!, scale) : null]),
        ),
      })),
      note: `${pointWords(series, isHourly)}; UTC; where nothing was measured the line has a gap`,
    };
  });
}

/** "Memory in use of vm-1 by day, %": what is drawn, how finely and in which unit. */
function titleOf(series: readonly Series[], { name, interval }: MetricsOutput, unit?: string): string {
  const labels = new Set(series.map(({ label }) => label));
  const what = labels.size === 1 ? series[0]!.label : titles[series[0]!.kind];
  return `${what} of ${name} by ${interval}${unit ? `, ${unit}` : ""}`;
}

/** What tells a line from the others of its chart, in as few words as fit at its end: "average", "Sent". */
function labelOf({ label, aggregation }: Series, all: readonly Series[]): string {
  if (all.every((one) => one.label === label)) return all.length > 1 ? aggregation : label;
  return all.every((one) => one.aggregation === aggregation) ? label : `${label}, ${aggregation}`;
}

const dayWords: Record<string, string> = {
  average: "the mean of the day's hours",
  maximum: "the day's maximum",
  total: "the day's total",
};

/** What a point is: hours are as they were measured, days are made of them. */
function pointWords(series: readonly Series[], isHourly: boolean): string {
  const words = [...new Set(series.map(({ aggregation }) => aggregation))].map((aggregation) =>
    isHourly ? `the hour's ${aggregation}` : (dayWords[aggregation] ?? `the day's ${aggregation}`),
  );
  return `Each point is ${words.join(" or ")}`;
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

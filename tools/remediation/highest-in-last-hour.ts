import type { LiveResource, MetricAggregation, MetricName } from "../clouds/cloud.ts";
import type { ActionReader } from "../kernel/define-action.ts";

/** A metric's highest value in the last whole hour, in its own unit; null: it is not known. */
export async function highestInLastHour(
  { cloud, now, signal }: ActionReader,
  live: LiveResource,
  metric: MetricName,
  aggregation: MetricAggregation = "maximum",
): Promise<number | null> {
  const to = now().round({ smallestUnit: "hour", roundingMode: "floor" });
  const request = {
    resources: [live],
    metrics: [{ metric, aggregation }],
    from: to.subtract({ hours: 1 }),
    to,
    intervalMinutes: 60 as const,
  };
  const values: number[] = [];
  for await (const points of cloud.metrics(request, signal)) values.push(...points.map(({ value }) => value));
  return values.length === 0 ? null : Math.max(...values);
}

import { dayNumber } from "../tenant/days.ts";
import { hashOf, randomAt } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { counter, gauge, isOfficeHour, type MetricDefinition, type MetricHour } from "./metric-hour.ts";
import { scheduledAt } from "./scheduled.ts";

const hoursAMonth = 30 * 24;

/**
 * A function of the hour (since 1970 UTC) for types other than VMs; undefined where Monitor has no point. `name` is
 * the metric's, or "Transactions/GetBlob" for the part that a filter on ApiName takes.
 */
export function compileActivityMetric(
  seed: string,
  resource: Resource,
  metric: MetricDefinition,
  name: string,
  nowHour: number,
): (hour: number) => MetricHour | undefined {
  const activity = resource.activity?.find((candidate) => candidate.metric === name);
  if (!activity) return () => undefined;
  const key = hashOf(`${seed}/${resource.id.toLowerCase()}/${name}`);
  const phase = hashOf(`${seed}/${resource.id.toLowerCase()}`) >>> 1;
  const noneFrom = activity.noneSince === undefined ? Infinity : dayNumber(activity.noneSince) * 24;
  const isCounter = metric.primaryAggregation === "Total";
  return (hour) => {
    if (hour >= noneFrom) return isCounter ? counter(0) : gauge(0, 0, 0);
    const isBurst = activity.burst && (hour + phase) % activity.burst.everyHours === 0;
    const burst = scheduledAt(activity.scheduled, hour) ?? (isBurst ? activity.burst : undefined);
    if (burst) {
      const { value } = burst;
      return isCounter ? counter(value) : gauge(value * 0.8, 0, value);
    }
    const growth = (1 + activity.growthPercent / 100) ** ((hour - nowHour) / hoursAMonth);
    const usual = (isOfficeHour(hour) ? activity.day : activity.night) * growth;
    // What fills does not jump about; what is used does.
    const spread = activity.growthPercent === 0 ? 0.8 + 0.4 * randomAt(key, hour) : 1;
    if (isCounter) return counter(Math.round(usual * spread));
    const ceiling = metric.unit === "Percent" ? 100 : Infinity;
    const average = Math.min(ceiling, usual * spread);
    const highest = activity.peak ?? average * (1.2 + 0.3 * randomAt(key, hour + 7919));
    return gauge(average, average * 0.7, Math.min(ceiling, Math.max(average, highest)));
  };
}

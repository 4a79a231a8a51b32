import { dayNumber } from "../tenant/days.ts";
import { hashOf, randomAt } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { counter, gauge, isOfficeHour, type MetricDefinition, type MetricHour } from "./metric-hour.ts";

const hoursAMonth = 30 * 24;

/** A function of the hour (since 1970 UTC) for types other than VMs; undefined where Monitor has no point. */
export function compileActivityMetric(
  seed: string,
  resource: Resource,
  metric: MetricDefinition,
  nowHour: number,
): (hour: number) => MetricHour | undefined {
  const activity = resource.activity?.find(({ metric: name }) => name === metric.name);
  if (!activity) return () => undefined;
  const key = hashOf(`${seed}/${resource.id.toLowerCase()}/${metric.name}`);
  const noneFrom = activity.noneSince === undefined ? Infinity : dayNumber(activity.noneSince) * 24;
  const isCounter = metric.primaryAggregation === "Total";
  return (hour) => {
    if (hour >= noneFrom) return isCounter ? counter(0) : gauge(0, 0, 0);
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

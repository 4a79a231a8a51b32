import type { Resource } from "../tenant/tenant-schema.ts";
import type { MetricHour } from "./metric-hour.ts";

export const containerGroupType = "microsoft.containerinstance/containergroups";

/** Which of a container's requests its share of a group's metric goes by; other metrics are of the group alone. */
const requestOf: Record<string, "cpu" | "memoryInGB"> = { CpuUsage: "cpu", MemoryUsage: "memoryInGB" };

interface Container {
  name?: string;
  properties?: { resources?: { requests?: { cpu?: number; memoryInGB?: number } } };
}

/** A container's share of what its group uses of a metric, 0 to 1. */
interface Part {
  name: string;
  share: number;
}

/** The containers that a metric is told by; undefined for what has no such dimension. */
export function containersOf({ type, properties }: Resource, metric: string): Part[] | undefined {
  const request = requestOf[metric];
  if (type.toLowerCase() !== containerGroupType || !request) return undefined;
  const containers = Array.isArray(properties.containers) ? (properties.containers as Container[]) : [];
  const requested = containers.map((container) => container.properties?.resources?.requests?.[request] ?? 0);
  const all = requested.reduce((sum, value) => sum + value, 0);
  return containers.map(({ name = "" }, index) => ({
    name,
    share: all > 0 ? requested[index]! / all : 1 / containers.length,
  }));
}

/** A share of an hour; minutes are counted, not shared. */
export function shareOf(hour: MetricHour | undefined, share: number): MetricHour | undefined {
  if (!hour || share === 1) return hour;
  const { average, minimum, maximum, total, count } = hour;
  return {
    average: average * share,
    minimum: minimum * share,
    maximum: maximum * share,
    total: total * share,
    count,
  };
}

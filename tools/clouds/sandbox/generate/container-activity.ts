import type { Activity, Resource } from "../tenant/tenant-schema.ts";

interface Container {
  properties?: { resources?: { requests?: { cpu?: number; memoryInGB?: number } } };
}

/** What a group of containers that runs batch jobs uses of what it requests: more at night than by day. */
export function containerActivity(
  properties: Resource["properties"],
  draw: (what: string) => number,
  scale: number,
): Activity[] {
  const containers = (properties.containers ?? []) as Container[];
  const requested = (what: "cpu" | "memoryInGB") =>
    containers.reduce((sum, { properties }) => sum + (properties?.resources?.requests?.[what] ?? 0), 0);
  const millicores = 1000 * requested("cpu") * (0.45 + 0.3 * draw("load"));
  const bytes = requested("memoryInGB") * 1024 ** 3 * (0.4 + 0.35 * draw("memory"));
  const byDay = (metric: string, night: number, dayShare: number): Activity => ({
    metric,
    day: Math.round(night * dayShare),
    night: Math.round(night),
    growthPercent: 0,
  });
  return [
    byDay("CpuUsage", millicores, 0.6),
    byDay("MemoryUsage", bytes, 0.9),
    byDay("NetworkBytesReceivedPerSecond", 2_000_000 * scale, 0.5),
    byDay("NetworkBytesTransmittedPerSecond", 700_000 * scale, 0.5),
  ];
}

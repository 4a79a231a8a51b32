import { dayNumber } from "../tenant/days.ts";
import { type PowerChange, powerStateAt } from "../tenant/power.ts";
import { hashOf, randomAt } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { counter, gauge, isOfficeHour, type MetricDefinition, type MetricHour } from "./metric-hour.ts";
import { scheduledAt } from "./scheduled.ts";

/** The metrics of a virtual machine that the sandbox computes. */
export const vmMetrics: readonly MetricDefinition[] = [
  { name: "Percentage CPU", unit: "Percent", primaryAggregation: "Average" },
  { name: "Available Memory Bytes", unit: "Bytes", primaryAggregation: "Average" },
  { name: "Network In Total", unit: "Bytes", primaryAggregation: "Total" },
  { name: "Network Out Total", unit: "Bytes", primaryAggregation: "Total" },
  { name: "Disk Read Bytes", unit: "Bytes", primaryAggregation: "Total" },
  { name: "Disk Write Bytes", unit: "Bytes", primaryAggregation: "Total" },
  { name: "Disk Read Operations/Sec", unit: "CountPerSecond", primaryAggregation: "Average" },
  { name: "Disk Write Operations/Sec", unit: "CountPerSecond", primaryAggregation: "Average" },
];
/** How much one operation moves. */
const bytesAnOperation = 16 * 1024;

/** A function of the hour (since 1970 UTC); undefined where Monitor has no point. Nothing is stored. */
export function compileVmMetric(
  seed: string,
  resource: Resource,
  changes: readonly PowerChange[],
  metric: MetricDefinition,
): (hour: number) => MetricHour | undefined {
  const { usage } = resource;
  if (!usage || usage.missing || usage.missingMetrics?.includes(metric.name)) return () => undefined;
  const key = hashOf(`${seed}/${resource.id.toLowerCase()}/${metric.name}`);
  const phase = hashOf(`${seed}/${resource.id.toLowerCase()}`) >>> 1;
  const idleFrom = usage.idleSince === undefined ? Infinity : dayNumber(usage.idleSince) * 24;

  return (hour) => {
    if (usage.gapEveryHours && (hour + phase) % usage.gapEveryHours === 0) return undefined;
    if (powerStateAt(resource.power, changes, hour) !== "running") return undefined;
    const noise = randomAt(key, hour);
    const idle = hour >= idleFrom;
    const isBurst = usage.burst !== undefined && (hour + phase) % usage.burst.everyHours === 0;
    const burst = idle
      ? undefined
      : (scheduledAt(usage.scheduled, hour) ?? (isBurst ? usage.burst : undefined));
    // Day 4 of 1970 was a Monday.
    const oddWeek = usage.alternatesWeekly && Math.floor((hour / 24 - 4) / 7) % 2 !== 0;
    const busy = isOfficeHour(hour) !== oddWeek;
    const load = idle
      ? 0
      : (busy ? usage.cpuDayPercent : usage.cpuNightPercent) / Math.max(usage.cpuDayPercent, 0.01);
    switch (metric.name) {
      case "Percentage CPU": {
        if (burst) return gauge(burst.cpuPercent * 0.8, burst.cpuPercent * 0.3, burst.cpuPercent);
        // An idle system still runs its agents: under 2 % on average, under 3 % at most.
        const base = idle ? 1.1 : busy ? usage.cpuDayPercent : usage.cpuNightPercent;
        const average = Math.min(99, base * (0.75 + 0.5 * noise));
        return gauge(
          average,
          average * 0.6,
          Math.min(100, average * (1.2 + 0.7 * randomAt(key, hour + 7919))),
        );
      }
      case "Available Memory Bytes": {
        if (usage.memoryMissing) return undefined;
        const used = idle ? Math.min(usage.memoryUsedShare, 0.2) : usage.memoryUsedShare;
        const free = usage.memoryBytes * (1 - Math.min(0.98, used * (0.95 + 0.1 * noise)));
        return gauge(Math.round(free), Math.round(free * 0.93), Math.round(free * 1.04));
      }
      case "Network In Total":
        return counter(flow(usage.networkInBytesPerHour));
      case "Network Out Total":
        return counter(flow(usage.networkOutBytesPerHour));
      case "Disk Read Bytes":
        return counter(flow(usage.diskReadBytesPerHour));
      case "Disk Write Bytes":
        return counter(flow(usage.diskWriteBytesPerHour));
      case "Disk Read Operations/Sec":
        return operations(flow(usage.diskReadBytesPerHour));
      case "Disk Write Operations/Sec":
        return operations(flow(usage.diskWriteBytesPerHour));
      default:
        return undefined;
    }

    function operations(bytesPerHour: number): MetricHour {
      const average = bytesPerHour / 3600 / bytesAnOperation;
      return gauge(average, average * 0.5, average * 2.2);
    }
    function flow(perHour: number): number {
      const factor = idle ? Math.min(1, 1e6 / Math.max(perHour, 1)) : burst ? 1.4 : load;
      return Math.round(perHour * factor * (0.8 + 0.4 * noise));
    }
  };
}

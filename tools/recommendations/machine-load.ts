import {
  type HourlyUsage,
  highest,
  isCovered,
  lastHours,
  type MetricKey,
  meanOf,
  measured,
  percentile,
} from "./hourly-usage.ts";
import { onceByUsage } from "./once-by-usage.ts";

/** What a machine did in the longest window that was measured. */
export interface MachineLoad {
  days: number;
  /** Of the hourly maximum, in percent of all its vCPUs. */
  cpuP95Percent: number;
  cpuP99Percent: number;
  /** Of the hourly average. */
  cpuMeanPercent: number;
  sentP95BytesPerHour: number;
  /** The least that was free in an hour on average; null: not measured. */
  leastFreeMemoryBytes: number | null;
  memoryDays: number;
  /** Read and written together; null: not measured. Bytes are the busiest hour's mean, operations its maximum. */
  diskBytesPerSecond: number | null;
  diskOperationsPerSecond: number | null;
}

/** Longest first; RULES.md prefers 14 to 30 days and takes no fewer than 7. */
const windowsDays = [30, 14, 7] as const;

export const loadMetrics = [
  "cpu_percent/maximum",
  "cpu_percent/average",
  "network_out_bytes/total",
  "memory_available_bytes/average",
  "disk_read_bytes/total",
  "disk_write_bytes/total",
  "disk_read_operations_per_second/maximum",
  "disk_write_operations_per_second/maximum",
] as const satisfies readonly MetricKey[];

/** Null: processor and network were not measured in enough hours of 7 days. */
export const machineLoad = onceByUsage((usage): MachineLoad | null => {
  const days = windowsDays.find((length) =>
    (["cpu_percent/maximum", "cpu_percent/average", "network_out_bytes/total"] as const).every((metric) =>
      isCovered(usage, metric, length),
    ),
  );
  if (!days) return null;
  const cpu = measured(usage, "cpu_percent/maximum", days);
  const memoryDays =
    windowsDays.find(
      (length) => length <= days && isCovered(usage, "memory_available_bytes/average", length),
    ) ?? 0;
  const free = measured(usage, "memory_available_bytes/average", memoryDays);
  const bytes = busiest(usage, days, ["disk_read_bytes/total", "disk_write_bytes/total"]);
  return {
    days,
    cpuP95Percent: percentile(cpu, 0.95),
    cpuP99Percent: percentile(cpu, 0.99),
    cpuMeanPercent: meanOf(measured(usage, "cpu_percent/average", days)),
    sentP95BytesPerHour: percentile(measured(usage, "network_out_bytes/total", days), 0.95),
    leastFreeMemoryBytes: memoryDays === 0 ? null : -highest(free.map((bytes) => -bytes)),
    memoryDays,
    diskBytesPerSecond: bytes === null ? null : bytes / 3600,
    diskOperationsPerSecond: busiest(usage, days, [
      "disk_read_operations_per_second/maximum",
      "disk_write_operations_per_second/maximum",
    ]),
  };
});

/** The largest sum of two metrics in an hour; null: they do not cover 7 days. */
function busiest(
  usage: HourlyUsage,
  longest: number,
  metrics: readonly [MetricKey, MetricKey],
): number | null {
  const days = windowsDays.find(
    (length) => length <= longest && metrics.every((metric) => isCovered(usage, metric, length)),
  );
  if (!days) return null;
  const [first, second] = metrics.map((metric) => lastHours(usage, metric, days));
  const most = highest(first!.map((value, hour) => value + second![hour]!));
  return Number.isNaN(most) ? null : most;
}

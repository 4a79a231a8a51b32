import type { Evidence } from "./finding.ts";
import { type HourlyUsage, usageWindow } from "./hourly-usage.ts";
import { measuredFact } from "./measured-fact.ts";
import type { SizeFit } from "./size-fit.ts";
import type { Sizing } from "./sizing.ts";

/** What a machine does today and what that would be on another size. */
export function sizingEvidence(
  { current, load, userFacing }: Sizing,
  { target, cpuP95Percent, memoryPercent, networkPercent }: SizeFit,
  usage: HourlyUsage,
): Evidence[] {
  const window = usageWindow(usage, load.days);
  const fact = (label: string, value: number | string, unit: string, over: Evidence["window"] = window) =>
    typeof value === "number" ? measuredFact(label, value, unit, over) : { label, value, unit, window: over };
  const size = ({ name, vcpus, memoryGib }: typeof current) => `${name}: ${vcpus} vCPUs, ${memoryGib} GiB`;
  const memoryWindow = usageWindow(usage, load.memoryDays);
  return [
    fact("Size today", size(current), "text", null),
    fact("Smaller size", size(target), "text", null),
    fact("Maximum CPU, 95th percentile", load.cpuP95Percent, "percent"),
    fact("Maximum CPU, 99th percentile", load.cpuP99Percent, "percent"),
    fact("Average CPU", load.cpuMeanPercent, "percent"),
    fact("The same 95th percentile on the smaller size", cpuP95Percent, "percent"),
    ...(memoryPercent === null
      ? [fact("Memory used", "not measured", "text", null)]
      : [
          fact(
            "Most memory used in an hour",
            (memoryPercent / 100) * target.memoryGib * 1024 ** 3,
            "bytes",
            memoryWindow,
          ),
          fact("The same memory on the smaller size", memoryPercent, "percent", memoryWindow),
        ]),
    fact(
      "Outbound network, 95th percentile, of an assumed capacity of 500 Mbit/s",
      networkPercent,
      "percent",
    ),
    ...(load.diskBytesPerSecond === null
      ? []
      : [fact("Disk throughput a second in the busiest hour", load.diskBytesPerSecond, "bytes")]),
    ...(load.diskOperationsPerSecond === null
      ? []
      : [fact("Disk operations a second, highest hour", load.diskOperationsPerSecond, "count")]),
    fact(
      "Judged as",
      userFacing ? `serving people, because ${userFacing}` : "not serving people",
      "text",
      null,
    ),
  ];
}

import { random } from "../tenant/random.ts";
import type { Activity, Resource } from "../tenant/tenant-schema.ts";
import { type DiskTier, diskTiers } from "./catalog.ts";
import { containerActivity } from "./container-activity.ts";

const gib = 1024 ** 3;

/** Gives platform resources the behaviour that Monitor measures, in keeping with what they are for. */
export function withActivity(seed: string, resource: Resource): Resource {
  const activity = activityOf(seed, resource);
  return activity.length === 0 || resource.activity ? resource : { ...resource, activity };
}

function activityOf(seed: string, { id, type, tags, sku, managedBy, properties }: Resource): Activity[] {
  const draw = (what: string) => random(seed, id.toLowerCase(), "activity", what);
  const isProduction = /prod/i.test(tags.Environment ?? id);
  const scale = (isProduction ? 1 : 0.15) * (0.5 + draw("scale"));
  /** Busy in office hours, at night a share of it. */
  const rhythm = (metric: string, day: number, nightShare = 0.35): Activity => ({
    metric,
    day: round(day),
    night: round(day * nightShare),
    growthPercent: 0,
  });
  const filling = (metric: string, bytes: number): Activity => ({
    metric,
    day: Math.round(bytes),
    night: Math.round(bytes),
    growthPercent: round(0.5 + 2 * draw("growth")),
  });
  switch (type.toLowerCase()) {
    case "microsoft.sql/servers/databases": {
      // Well used: an oversized database is planted, never an accident.
      const load = 50 + 16 * draw("load");
      const isDtu = ["basic", "standard", "premium"].includes(String(sku?.tier ?? "").toLowerCase());
      return [
        rhythm("cpu_percent", load),
        ...(isDtu ? [rhythm("dtu_consumption_percent", load * 1.1)] : []),
        rhythm("sessions_percent", 1 + 4 * scale),
        rhythm("sessions_count", 20 + 60 * scale),
        filling("storage", (5 + 120 * draw("size")) * gib),
      ];
    }
    case "microsoft.storage/storageaccounts":
      return [
        rhythm("Transactions", 4_000 * scale, 0.5),
        rhythm("Transactions/GetBlob", 1_700 * scale, 0.5),
        rhythm("Egress", 0.8 * gib * scale, 0.5),
        filling("UsedCapacity", (20 + 900 * draw("size")) * gib),
      ];
    case "microsoft.compute/virtualmachinescalesets":
      return [
        rhythm("Percentage CPU", Math.min(85, 20 + 40 * scale)),
        { metric: "Available Memory Bytes", day: 5 * gib, night: 8 * gib, growthPercent: 0 },
        rhythm("Network In Total", 3 * gib * scale),
        rhythm("Network Out Total", 4 * gib * scale),
        rhythm("Disk Read Bytes", 2 * gib * scale),
        rhythm("Disk Write Bytes", gib * scale),
      ];
    case "microsoft.containerservice/managedclusters":
      return [
        rhythm("node_cpu_usage_percentage", Math.min(85, 20 + 35 * scale)),
        rhythm("node_memory_working_set_percentage", 60, 0.85),
      ];
    case "microsoft.containerinstance/containergroups":
      return containerActivity(properties, draw, scale);
    case "microsoft.compute/disks": {
      const tier = diskTiers[properties.tier as DiskTier];
      if (!managedBy || !tier?.sku.startsWith("Premium")) return [];
      return diskActivity(tier.iops * (0.14 + 0.2 * draw("load")));
    }
    case "microsoft.network/loadbalancers":
      return [rhythm("ByteCount", 6 * gib * scale), rhythm("SYNCount", 40_000 * scale)];
    case "microsoft.network/natgateways":
      return [rhythm("SNATConnectionCount", 30_000 * scale)];
    case "microsoft.network/virtualnetworkgateways":
      return [rhythm("AverageBandwidth", 900_000 * scale), rhythm("P2SConnectionCount", 12)];
    case "microsoft.web/serverfarms":
      return [rhythm("CpuPercentage", Math.min(85, 15 + 45 * scale)), rhythm("MemoryPercentage", 55, 0.9)];
    case "microsoft.web/sites":
      return [rhythm("Requests", 20_000 * scale)];
    default:
      return [];
  }
}

/** Reads and writes of a disk that does `operations` a second in office hours, 16 KiB each. */
export function diskActivity(operations: number, burst?: { everyHours: number; value: number }): Activity[] {
  return (["Read", "Write"] as const).flatMap((kind) =>
    (["Operations", "Bytes"] as const).map((what): Activity => {
      const factor = (kind === "Read" ? 0.6 : 0.4) * (what === "Bytes" ? 16 * 1024 : 1);
      return {
        metric: `Composite Disk ${kind} ${what}/sec`,
        day: round(operations * factor),
        night: round(operations * factor * 0.5),
        growthPercent: 0,
        ...(burst ? { burst: { everyHours: burst.everyHours, value: round(burst.value * factor) } } : {}),
      };
    }),
  );
}

const round = (value: number) => Math.round(value * 100) / 100;

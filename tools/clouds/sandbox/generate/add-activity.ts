import { random } from "../tenant/random.ts";
import type { Activity, Resource } from "../tenant/tenant-schema.ts";

const gib = 1024 ** 3;

/** Gives platform resources the behaviour that Monitor measures, in keeping with what they are for. */
export function withActivity(seed: string, resource: Resource): Resource {
  const activity = activityOf(seed, resource);
  return activity.length === 0 || resource.activity ? resource : { ...resource, activity };
}

function activityOf(seed: string, { id, type, tags, sku }: Resource): Activity[] {
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
      const load = Math.min(70, 12 + 50 * scale * draw("load"));
      const isDtu = ["basic", "standard", "premium"].includes(String(sku?.tier ?? "").toLowerCase());
      return [
        rhythm("cpu_percent", load),
        ...(isDtu ? [rhythm("dtu_consumption_percent", load * 1.1)] : []),
        rhythm("sessions_percent", 1 + 4 * scale),
        filling("storage", (5 + 120 * draw("size")) * gib),
      ];
    }
    case "microsoft.storage/storageaccounts":
      return [
        rhythm("Transactions", 4_000 * scale, 0.5),
        rhythm("Egress", 0.8 * gib * scale, 0.5),
        filling("UsedCapacity", (20 + 900 * draw("size")) * gib),
      ];
    case "microsoft.network/loadbalancers":
      return [rhythm("ByteCount", 6 * gib * scale), rhythm("SYNCount", 40_000 * scale)];
    case "microsoft.web/serverfarms":
      return [rhythm("CpuPercentage", Math.min(85, 15 + 45 * scale)), rhythm("MemoryPercentage", 55, 0.9)];
    case "microsoft.web/sites":
      return [rhythm("Requests", 20_000 * scale)];
    default:
      return [];
  }
}

const round = (value: number) => Math.round(value * 100) / 100;

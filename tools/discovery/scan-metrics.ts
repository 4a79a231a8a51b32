import { packMetricDays } from "@cloudoptima/db/pack-metric-days.ts";
import { lastMetricTimes, upsertMetricDays } from "@cloudoptima/db/queries/metrics.ts";
import { listSubscriptionResources, type StoredResource } from "@cloudoptima/db/queries/resources.ts";
import type { CloudRead, CloudResource, MetricPoint, MetricRequest } from "../clouds/cloud.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { type MetricPlan, metricPlans } from "./metric-plan.ts";

// Azure may fill the last hours of a metric late.
const lateHours = 6;
// Small enough that another question never waits long for the embedded database.
const daysPerWrite = 500;

/** Types of which metrics are read, lower case. */
export const measuredTypes: readonly string[] = [...new Set(metricPlans.map(({ type }) => type))];

/**
 * Reads the hourly metrics of a subscription's resources of one type that are not stored yet, and tells how many
 * points were. A region that fails does not keep the others from landing; its failure is thrown at the end.
 */
export async function scanMetrics(
  ctx: WriteContext,
  cloud: CloudRead,
  { subscriptionId, resourceType }: { subscriptionId: string; resourceType: string },
  onPoints: (count: number) => void,
): Promise<void> {
  const resources = await ctx.read((transaction) =>
    listSubscriptionResources(transaction, subscriptionId, { types: [resourceType], includeGone: false }),
  );
  const failed = new Map<string, unknown>();
  const byRegion = Map.groupBy(resources, ({ region }) => region ?? "global");
  for (const plan of metricPlans.filter(({ type }) => type === resourceType)) {
    for (const [region, there] of byRegion) {
      if (failed.has(region)) continue;
      try {
        await readPlan(ctx, cloud, there, plan, onPoints);
      } catch (error) {
        ctx.signal.throwIfAborted();
        failed.set(region, error);
      }
    }
  }
  if (failed.size > 0) throw ofRegions(failed);
}

/** What the first said, and where else it went wrong. */
function ofRegions(failed: ReadonlyMap<string, unknown>): AppError {
  const [[, thrown], ...others] = [...failed] as [[string, unknown], ...[string, unknown][]];
  const error = AppError.from(thrown);
  if (others.length === 0) return error;
  const message = `${error.message} It failed in ${others.map(([region]) => region).join(", ")} too.`;
  return new AppError(error.code, message, { ...(error.hint ? { hint: error.hint } : {}), cause: error });
}

async function readPlan(
  ctx: WriteContext,
  cloud: CloudRead,
  found: readonly StoredResource[],
  { days, metrics, of }: MetricPlan,
  onPoints: (count: number) => void,
): Promise<void> {
  const resources = of ? found.filter(of) : [...found];
  if (resources.length === 0) return;
  const to = ctx.now().round({ smallestUnit: "hour", roundingMode: "floor" });
  // From the day's first hour: a commitment is reckoned over whole days, and an hour not read counts as one not run.
  const earliest = to
    .subtract({ hours: days * 24 })
    .toZonedDateTimeISO("UTC")
    .startOfDay()
    .toInstant();
  // Resources differ in how far their history reaches here: new ones, and ones that a broken scan left out.
  for (const [from, group] of await groupByStart(ctx, resources, metrics.at(-1)!, earliest)) {
    const request: MetricRequest = {
      resources: group.map(toCloudResource),
      metrics,
      from,
      to,
      intervalMinutes: 60,
    };
    for await (const points of cloud.metrics(request, ctx.signal)) {
      await keepPoints(ctx, points);
      onPoints(points.length);
    }
  }
}

/** Stores points in writes of bearable length. */
export async function keepPoints(ctx: WriteContext, points: readonly MetricPoint[]): Promise<void> {
  const packed = packMetricDays(points);
  for (let start = 0; start < packed.length; start += daysPerWrite) {
    const batch = packed.slice(start, start + daysPerWrite);
    await ctx.write((transaction) => upsertMetricDays(transaction, ctx.actor.organizationId, batch));
  }
}

async function groupByStart(
  ctx: WriteContext,
  resources: StoredResource[],
  last: MetricPlan["metrics"][number],
  earliest: Temporal.Instant,
): Promise<[Temporal.Instant, StoredResource[]][]> {
  const ids = resources.map(({ id }) => id);
  const times = await ctx.read((transaction) => lastMetricTimes(transaction, ids, last));
  const groups = Map.groupBy(resources, ({ id }) => {
    const seen = times.get(id);
    if (!seen) return earliest.toString();
    // Whole days, so that resources fall into few groups; reading a span twice changes nothing.
    const resume = seen.toTemporalInstant().subtract({ hours: lateHours }).toString().slice(0, 10);
    const from = Temporal.Instant.from(`${resume}T00:00:00Z`);
    return (Temporal.Instant.compare(from, earliest) > 0 ? from : earliest).toString();
  });
  return [...groups].map(([from, group]) => [Temporal.Instant.from(from), group]);
}

export function toCloudResource(resource: StoredResource): CloudResource {
  const { id, type, name, subscriptionId, resourceGroup, region, tags, properties, status } = resource;
  return {
    provider: "azure",
    id,
    type,
    name,
    subscriptionId,
    resourceGroup,
    region,
    tags,
    properties,
    status,
  };
}

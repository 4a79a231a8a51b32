import { lastMetricTimes, upsertMetricPoints } from "@cloudoptima/db/queries/metrics.ts";
import { listSubscriptionResources, type StoredResource } from "@cloudoptima/db/queries/resources.ts";
import type { CloudRead, CloudResource, MetricRequest } from "../clouds/cloud.ts";
import type { WriteContext } from "../kernel/context.ts";

const lookBackDays = 30;
// Azure may fill the last hours of a metric late.
const lateHours = 6;
// Small enough that another question never waits long for the embedded database.
const pointsPerWrite = 3_000;

const wanted: MetricRequest["metrics"] = [
  { metric: "cpu_percent", aggregation: "average" },
  { metric: "cpu_percent", aggregation: "maximum" },
  { metric: "network_in_bytes", aggregation: "total" },
  { metric: "network_out_bytes", aggregation: "total" },
];

/** Reads the hourly CPU and network of a subscription's virtual machines that are not stored yet. Returns the points. */
export async function scanMetrics(
  ctx: WriteContext,
  cloud: CloudRead,
  subscriptionId: string,
): Promise<number> {
  const machines = await ctx.read((transaction) =>
    listSubscriptionResources(transaction, subscriptionId, {
      types: ["microsoft.compute/virtualmachines"],
      includeGone: false,
    }),
  );
  if (machines.length === 0) return 0;
  const to = ctx.now().round({ smallestUnit: "hour", roundingMode: "floor" });
  const earliest = to.subtract({ hours: lookBackDays * 24 });
  let pointCount = 0;
  // Machines differ in how far their history reaches here: new ones, and ones that a broken scan left out.
  for (const [from, group] of await groupByStart(ctx, machines, earliest)) {
    const request: MetricRequest = {
      resources: group.map(toCloudResource),
      metrics: wanted,
      from,
      to,
      intervalMinutes: 60,
    };
    for await (const points of cloud.metrics(request, ctx.signal)) {
      for (let start = 0; start < points.length; start += pointsPerWrite) {
        const batch = points.slice(start, start + pointsPerWrite);
        await ctx.write((transaction) => upsertMetricPoints(transaction, ctx.actor.organizationId, batch));
        pointCount += batch.length;
      }
    }
  }
  return pointCount;
}

async function groupByStart(
  ctx: WriteContext,
  machines: StoredResource[],
  earliest: Temporal.Instant,
): Promise<[Temporal.Instant, StoredResource[]][]> {
  const last = await ctx.read((transaction) =>
    lastMetricTimes(
      transaction,
      machines.map((machine) => machine.id),
    ),
  );
  const groups = Map.groupBy(machines, (machine) => {
    const seen = last.get(machine.id);
    if (!seen) return earliest.toString();
    // Whole days, so that machines fall into few groups; reading a span twice changes nothing.
    const resume = seen.toTemporalInstant().subtract({ hours: lateHours }).toString().slice(0, 10);
    const from = Temporal.Instant.from(`${resume}T00:00:00Z`);
    return (Temporal.Instant.compare(from, earliest) > 0 ? from : earliest).toString();
  });
  return [...groups].map(([from, group]) => [Temporal.Instant.from(from), group]);
}

function toCloudResource(resource: StoredResource): CloudResource {
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

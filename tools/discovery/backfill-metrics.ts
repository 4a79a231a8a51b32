import { listShortHistories, markHistoryRead } from "@cloudoptima/db/queries/metric-history.ts";
import { listSubscriptionResources } from "@cloudoptima/db/queries/resources.ts";
import type { CloudRead } from "../clouds/cloud.ts";
import type { WriteContext } from "../kernel/context.ts";
import { keptDays, metricPlans } from "./metric-plan.ts";
import { keepPoints, toCloudResource } from "./scan-metrics.ts";

// As many resources as Azure answers in a call, and days whose points fit well into memory: after each step it is kept
// how far they were read, so that a scan that is stopped goes on from there.
const resourcesPerStep = 50;
const daysPerStep = 30;

/**
 * Reads what the first scan left out of the metrics of a subscription's resources of one type: the days between the
 * first that was asked for and the last that is kept.
 */
export async function backfillMetrics(
  ctx: WriteContext,
  cloud: CloudRead,
  { subscriptionId, resourceType }: { subscriptionId: string; resourceType: string },
  onPoints: (count: number) => void,
): Promise<void> {
  const resources = await ctx.read((transaction) =>
    listSubscriptionResources(transaction, subscriptionId, { types: [resourceType], includeGone: false }),
  );
  const wanted = ctx
    .now()
    .subtract({ hours: 24 * keptDays })
    .toString()
    .slice(0, 10);
  for (const { metrics, of, days } of metricPlans) {
    const measured = resources.filter((resource) => resource.type === resourceType && (!of || of(resource)));
    if (days >= keptDays || measured.length === 0) continue;
    const ids = measured.map(({ id }) => id);
    const known = await ctx.read((transaction) => listShortHistories(transaction, ids, metrics, wanted));
    const groups = Map.groupBy(
      measured.filter(({ id }) => known.has(id)),
      ({ id, region }) => JSON.stringify([region, known.get(id)]),
    );
    for (const group of groups.values()) {
      for (let start = 0; start < group.length; start += resourcesPerStep) {
        const some = group.slice(start, start + resourcesPerStep);
        // Its first day may have begun at noon: it is read again, whole.
        let to = startOf(known.get(some[0]!.id)!).add({ hours: 24 });
        while (Temporal.Instant.compare(to, startOf(wanted)) > 0) {
          const from = latest(to.subtract({ hours: 24 * daysPerStep }), startOf(wanted));
          const request = {
            resources: some.map(toCloudResource),
            metrics,
            from,
            to,
            intervalMinutes: 60 as const,
          };
          for await (const points of cloud.metrics(request, ctx.signal)) {
            await keepPoints(ctx, points);
            onPoints(points.length);
          }
          const day = from.toString().slice(0, 10);
          await ctx.write((transaction) =>
            markHistoryRead(
              transaction,
              some.map(({ id }) => id),
              metrics,
              day,
            ),
          );
          to = from;
        }
      }
    }
  }
}

const startOf = (day: string) => Temporal.Instant.from(`${day}T00:00:00Z`);
const latest = (left: Temporal.Instant, right: Temporal.Instant) =>
  Temporal.Instant.compare(left, right) > 0 ? left : right;

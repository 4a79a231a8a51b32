import { readHourlySeries } from "@cloudoptima/db/queries/metrics.ts";
import { readTimeZone } from "@cloudoptima/db/queries/organizations.ts";
import { listRecommendations } from "@cloudoptima/db/queries/recommendations.ts";
import {
  costDaysOf,
  listResourcesWithCosts,
  readResourceDayCosts,
} from "@cloudoptima/db/queries/resource-costs.ts";
import { listRelationshipsOf } from "@cloudoptima/db/queries/resource-relationships.ts";
import {
  listLiveIds,
  listSubscriptionIds,
  listSubscriptionResources,
  type StoredResource,
} from "@cloudoptima/db/queries/resources.ts";
import { accountOfDiskBlob, diskBlobType } from "../clouds/disk-blob-id.ts";
import type { ReadContext } from "../kernel/context.ts";
import { readPriceBook } from "../prices/read-price-book.ts";
import type { HourlyUsage, MetricKey } from "./hourly-usage.ts";
import type { ResourceFacts } from "./judged-resource.ts";
import { openStatuses } from "./recommendation-types.ts";
import { rateDays } from "./state-days.ts";

/** Whole days of hourly metrics that rules see before today (RULES.md: 14 to 30 preferred; commitments: 30). */
const wholeDays = 30;
/** Data moves to a cooler tier when nobody has read it for that long. */
const longDays = 90;
/** A resource without costs for so long before the days of its rate was not there yet. */
const quietDays = 60;
/** No machine that works by the week rests longer. */
const restDays = 7;
const longMetrics: readonly MetricKey[] = ["read_transactions/total"];

/** What rules share about a subscription, read once; costs and metrics come by batch, so that memory stays flat. */
export interface SubscriptionFacts {
  id: string;
  today: string;
  resources: readonly StoredResource[];
  /** Ids of what has an open recommendation of this type. */
  openOf(type: string): readonly string[];
  /** The facts of a batch of its resources, by id. */
  ofBatch(
    batch: readonly StoredResource[],
    metrics: readonly MetricKey[],
  ): Promise<(resource: StoredResource, type: string) => ResourceFacts>;
}

/** Reads what the rules need of a subscription in a few queries, so that no rule waits for the database. */
export async function readFacts(
  ctx: ReadContext,
  subscriptionId: string,
  resourceTypes: readonly string[],
  days: number = wholeDays,
): Promise<SubscriptionFacts> {
  const today = ctx.now().toZonedDateTimeISO("UTC").toPlainDate().toString();
  const shared = await ctx.read(async (transaction) => {
    const resources = await listSubscriptionResources(transaction, subscriptionId, {
      types: resourceTypes,
      includeGone: false,
    });
    const relationships = await listRelationshipsOf(transaction, subscriptionId);
    const sources = relationships.flatMap(({ kind, toId }) => (kind === "source_disk" ? toId : []));
    return {
      resources,
      liveSources: new Set(await listLiveIds(transaction, [...new Set(sources)])),
      scanned: new Set(await listSubscriptionIds(transaction)),
      costDays: await costDaysOf(transaction, subscriptionId),
      relationships,
      open: await listRecommendations(transaction, openStatuses),
      timeZone: await readTimeZone(transaction),
      prices: await readPriceBook(transaction, subscriptionId, ctx.now()),
    };
  });
  const byId = new Map(shared.resources.map((resource) => [resource.id, resource]));
  const uses = Map.groupBy(shared.relationships, ({ fromId, kind }) => `${kind} ${fromId}`);
  const usedBy = Map.groupBy(shared.relationships, ({ toId, kind }) => `${kind} ${toId}`);
  const openSince = new Map(
    shared.open.map(({ resourceId, type, createdAt }) => [
      `${type} ${resourceId}`,
      createdAt.toISOString().slice(0, 10),
    ]),
  );
  const costsUntil = shared.costDays
    ? Temporal.PlainDate.from(shared.costDays.last).add({ days: 1 }).toString()
    : null;
  return {
    id: subscriptionId,
    today,
    resources: shared.resources,
    openOf: (type) =>
      shared.open
        .filter((one) => one.type === type && one.resourceId.startsWith(`/subscriptions/${subscriptionId}/`))
        .map(({ resourceId }) => resourceId),
    async ofBatch(batch, metrics) {
      const { costs, since } = await readCosts(ctx, [...new Set(batch.map(bearerOf))], {
        first: shared.costDays?.first ?? today,
        until: costsUntil ?? today,
        days: Math.max(days, rateDays),
      });
      const usage = await readUsage(ctx, batch, metrics, days);
      return (resource, type) => ({
        today,
        costsUntil,
        costs: costs.get(bearerOf(resource)) ?? [],
        costsSince: since.get(bearerOf(resource)) ?? null,
        usage: usage(resource.id),
        openSince: openSince.get(`${type} ${resource.id}`) ?? null,
        related: (id) => byId.get(id.toLowerCase()),
        isThere: (id) =>
          shared.liveSources.has(id.toLowerCase()) ||
          (shared.scanned.has(id.split("/")[2]?.toLowerCase() ?? "") ? false : null),
        uses: (kind, id = resource.id) => uses.get(`${kind} ${id}`)?.map(({ toId }) => toId) ?? [],
        usedBy: (kind, id = resource.id) => usedBy.get(`${kind} ${id}`)?.map(({ fromId }) => fromId) ?? [],
        prices: shared.prices,
        timeZone: shared.timeZone,
      });
    },
  };
}

/** Whose bill has the cost of a resource: a blob is part of its storage account's. */
function bearerOf({ id, type }: StoredResource): string {
  return type === diskBlobType ? accountOfDiskBlob(id) : id;
}

/** Costs by resource, and since when those have any that are newer than the days of a rate. */
async function readCosts(
  ctx: ReadContext,
  ids: readonly string[],
  { first, until, days }: { first: string; until: string; days: number },
) {
  const end = Temporal.PlainDate.from(until);
  const period = { start: end.subtract({ days }).toString(), end: until };
  const rateStart = end.subtract({ days: rateDays });
  const quiet = { start: rateStart.subtract({ days: quietDays }).toString(), end: rateStart.toString() };
  // What rests for days at a time is not new. Whether there were costs before can be told where any are loaded.
  const isToldBefore = first <= rateStart.subtract({ days: restDays }).toString();
  const newSince = (isToldBefore ? rateStart : rateStart.add({ days: restDays })).toString();
  return ctx.read(async (transaction) => {
    const rows = await readResourceDayCosts(transaction, ids, period);
    const costs = Map.groupBy(rows, ({ resourceId }) => resourceId);
    const since = new Map<string, string>();
    for (const [id, own] of costs) {
      const firstDay = own.reduce((day, cost) => (cost.day < day ? cost.day : day), until);
      if (firstDay > newSince) since.set(id, firstDay);
    }
    for (const id of await listResourcesWithCosts(transaction, [...since.keys()], quiet)) since.delete(id);
    return { costs, since };
  });
}

async function readUsage(
  ctx: ReadContext,
  batch: readonly StoredResource[],
  metrics: readonly MetricKey[],
  before: number,
) {
  const ids = batch.map(({ id }) => id);
  const end = ctx.now().round({ smallestUnit: "hour", roundingMode: "floor" });
  const isAccounts = batch.every(({ type }) => type === "microsoft.storage/storageaccounts");
  const isLong = isAccounts && metrics.some((key) => longMetrics.includes(key));
  // The day that is not over yet comes on top.
  const days = isLong ? longDays : before + 1;
  const from = end.subtract({ hours: days * 24 });
  const names = [...new Set(metrics.map((key) => key.split("/")[0]!))];
  const found =
    names.length === 0
      ? []
      : await ctx.read((transaction) =>
          readHourlySeries(
            transaction,
            ids,
            new Date(from.epochMilliseconds),
            new Date(end.epochMilliseconds),
            names,
          ),
        );
  const byResource = Map.groupBy(found, ({ resourceId }) => resourceId);
  const usageOf = (id: string): HourlyUsage => ({
    end: end.toString(),
    days,
    series: new Map(
      byResource
        .get(id)
        ?.map(({ metric, aggregation, values }) => [`${metric}/${aggregation}` as MetricKey, values]),
    ),
  });
  // One object a resource, so that what rules work out of it is worked out once (onceByUsage).
  const usages = new Map(ids.map((id) => [id, usageOf(id)]));
  return (id: string): HourlyUsage => usages.get(id) ?? usageOf(id);
}

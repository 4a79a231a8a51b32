import { readHourlySeries } from "@cloudoptima/db/queries/metrics.ts";
import { readTimeZone } from "@cloudoptima/db/queries/organizations.ts";
import {
  lastCostDay,
  listRecommendations,
  readResourceDayCosts,
} from "@cloudoptima/db/queries/recommendations.ts";
import { listRelationshipsOf } from "@cloudoptima/db/queries/resource-relationships.ts";
import { listSubscriptionResources, type StoredResource } from "@cloudoptima/db/queries/resources.ts";
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
    return {
      resources,
      lastDay: await lastCostDay(transaction, subscriptionId),
      relationships: await listRelationshipsOf(transaction, subscriptionId),
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
  const costsUntil = shared.lastDay
    ? Temporal.PlainDate.from(shared.lastDay).add({ days: 1 }).toString()
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
      const ids = batch.map(({ id }) => id);
      const costs = await readCosts(ctx, ids, costsUntil ?? today, Math.max(days, rateDays));
      const usage = await readUsage(ctx, batch, metrics, days);
      return (resource, type) => ({
        today,
        costsUntil,
        costs: costs.get(resource.id) ?? [],
        usage: usage(resource.id),
        openSince: openSince.get(`${type} ${resource.id}`) ?? null,
        related: (id) => byId.get(id.toLowerCase()),
        uses: (kind, id = resource.id) => uses.get(`${kind} ${id}`)?.map(({ toId }) => toId) ?? [],
        usedBy: (kind, id = resource.id) => usedBy.get(`${kind} ${id}`)?.map(({ fromId }) => fromId) ?? [],
        prices: shared.prices,
        timeZone: shared.timeZone,
      });
    },
  };
}

async function readCosts(ctx: ReadContext, ids: readonly string[], until: string, days: number) {
  const period = {
    start: Temporal.PlainDate.from(until).subtract({ days }).toString(),
    end: until,
  };
  const rows = await ctx.read((transaction) => readResourceDayCosts(transaction, ids, period));
  return Map.groupBy(rows, ({ resourceId }) => resourceId);
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

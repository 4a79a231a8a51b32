import { readBusyHours } from "@cloudoptima/db/queries/metrics.ts";
import {
  expireGoneRecommendations,
  expireRecommendations,
  keepRecommendation,
  lastCostDay,
  listRecommendations,
  type ResourceDayCost,
  readResourceDayCosts,
} from "@cloudoptima/db/queries/recommendations.ts";
import { listSubscriptionResources, type StoredResource } from "@cloudoptima/db/queries/resources.ts";
import type { WriteContext } from "../kernel/context.ts";
import type { Finding } from "./finding.ts";
import type { BusyWindow, ResourceFacts } from "./judged-resource.ts";
import { allRules } from "./rules/all-rules.ts";
import { idleWindowsDays, recentDays } from "./rules/idle-vm.ts";
import { rateDays } from "./state-days.ts";

const judgedTypes = [...allRules.map((rule) => rule.resourceType), "microsoft.network/networkinterfaces"];
const machineType = "microsoft.compute/virtualmachines";

/**
 * Runs every rule over the subscriptions whose inventory is complete. Open recommendations are renewed in
 * place, those whose waste is gone expire, and what is unknown (metrics not read) stays as it was.
 */
export async function refreshRecommendations(
  ctx: WriteContext,
  scanned: { inventoried: ReadonlySet<string>; measured: ReadonlySet<string> },
): Promise<{ openCount: number; newIds: string[]; expiredCount: number }> {
  const at = new Date(ctx.now().epochMilliseconds);
  const newIds: string[] = [];
  let expiredCount = await ctx.write((transaction) => expireGoneRecommendations(transaction, at));
  for (const subscriptionId of scanned.inventoried) {
    ctx.signal.throwIfAborted();
    const judged = await judgeSubscription(ctx, subscriptionId, scanned.measured.has(subscriptionId));
    await ctx.write(async (transaction) => {
      for (const { resourceId, finding } of judged.waste) {
        const kept = toStored(resourceId, finding);
        const { organizationId } = ctx.actor;
        const id = ctx.newId();
        const outcome = await keepRecommendation(transaction, organizationId, id, at, kept);
        if (outcome === "opened") newIds.push(id);
      }
      expiredCount += await expireRecommendations(transaction, at, judged.cleared);
    });
  }
  const open = await ctx.read((transaction) => listRecommendations(transaction, ["open", "in_progress"]));
  return { openCount: open.length, newIds, expiredCount };
}

interface Judged {
  waste: { resourceId: string; finding: Finding }[];
  cleared: { resourceId: string; type: string }[];
}

async function judgeSubscription(
  ctx: WriteContext,
  subscriptionId: string,
  hasMetrics: boolean,
): Promise<Judged> {
  const factsOf = await readFacts(ctx, subscriptionId);
  const judged: Judged = { waste: [], cleared: [] };
  for (const resource of factsOf.resources) {
    for (const rule of allRules) {
      if (rule.resourceType !== resource.type || (rule.needsMetrics && !hasMetrics)) continue;
      const result = rule.judge(resource, factsOf.of(resource, rule.type));
      if (result.verdict === "waste") judged.waste.push({ resourceId: resource.id, finding: result.finding });
      if (result.verdict === "fine") judged.cleared.push({ resourceId: resource.id, type: rule.type });
    }
  }
  return judged;
}

/** Reads what the rules need of a subscription in a few queries, so that no rule waits for the database. */
async function readFacts(ctx: WriteContext, subscriptionId: string) {
  const now = ctx.now();
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  const hour = now.round({ smallestUnit: "hour", roundingMode: "floor" });
  return ctx.read(async (transaction) => {
    const resources = await listSubscriptionResources(transaction, subscriptionId, {
      types: judgedTypes,
      includeGone: false,
    });
    const byId = new Map(resources.map((resource) => [resource.id, resource]));
    const ids = resources.map((resource) => resource.id);
    const lastDay = await lastCostDay(transaction, subscriptionId);
    const costsUntil = lastDay ? Temporal.PlainDate.from(lastDay).add({ days: 1 }).toString() : null;
    const period = {
      start: Temporal.PlainDate.from(costsUntil ?? today)
        .subtract({ days: rateDays })
        .toString(),
      end: costsUntil ?? today.toString(),
    };
    const costs = Map.groupBy(
      await readResourceDayCosts(transaction, ids, period),
      (cost: ResourceDayCost) => cost.resourceId,
    );
    const machines = resources.filter(({ type }) => type === machineType).map(({ id }) => id);
    const busy = new Map<string, Map<number, BusyWindow>>();
    for (const days of [recentDays, ...idleWindowsDays]) {
      const from = hour.subtract({ hours: days * 24 });
      const span = { days, start: dayOf(from), end: today.toString() };
      const found = await readBusyHours(transaction, machines, dateOf(from), dateOf(hour));
      for (const [id, hours] of found)
        busy.set(id, (busy.get(id) ?? new Map()).set(days, { ...span, ...hours }));
    }
    const open = await listRecommendations(transaction, ["open", "in_progress"]);
    const openSince = new Map(
      open.map(({ resourceId, type, createdAt }) => [
        `${type} ${resourceId}`,
        createdAt.toISOString().slice(0, 10),
      ]),
    );
    return {
      resources,
      of: (resource: StoredResource, type: string): ResourceFacts => ({
        today: today.toString(),
        costsUntil,
        costs: costs.get(resource.id) ?? [],
        busy: busy.get(resource.id) ?? new Map(),
        openSince: openSince.get(`${type} ${resource.id}`) ?? null,
        related: (id) => byId.get(id),
      }),
    };
  });
}

const dateOf = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds);
const dayOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO("UTC").toPlainDate().toString();

function toStored(resourceId: string, finding: Finding) {
  const { confidence, confidenceReasons, counterEvidence, steps, ...rest } = finding;
  return {
    ...rest,
    resourceId,
    confidence: String(confidence),
    metadata: { confidenceReasons, counterEvidence, steps },
  };
}

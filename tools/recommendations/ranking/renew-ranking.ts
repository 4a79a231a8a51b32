import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import {
  keepRanking,
  listDecisions,
  readCostsAround,
  type StoredDecision,
} from "@cloudoptima/db/queries/recommendation-rankings.ts";
import { costDaysOf } from "@cloudoptima/db/queries/resource-costs.ts";
import type { WriteContext } from "../../kernel/context.ts";
import { type DecisionEvent, dayOf } from "./decisions.ts";
import { daysAround } from "./kept-share.ts";
import { factsOf, Known } from "./known-facts.ts";
import { trainRanking } from "./train-ranking.ts";

/** People and estates change: what was decided longer before the last decision says little of today. */
const reachDays = 730;

/** Learns the organization's order anew from what it decided, and keeps it with how it did against the rule. */
export async function renewRanking(ctx: WriteContext): Promise<void> {
  const events = await ctx.read(async (transaction) =>
    withCosts(transaction, (await listDecisions(transaction, reachDays)).map(toEvent)),
  );
  const { backtest, model, ...found } = trainRanking(events);
  await ctx.write((transaction) =>
    keepRanking(transaction, ctx.actor.organizationId, {
      ...found,
      trainedAt: ctx.realNow(),
      judgedCount: backtest?.judgedCount ?? 0,
      ruleReached: backtest?.ruleReached.toFixed(4) ?? null,
      learnedReached: backtest?.learnedReached.toFixed(4) ?? null,
      chance: backtest?.chance.toFixed(4) ?? null,
      model: model && { ...model },
    }),
  );
}

/** Puts what its resource cost before and after beside each change that was done, where it has costs of its own. */
async function withCosts(
  transaction: TenantTransaction,
  events: readonly (DecisionEvent & { resourceId: string })[],
): Promise<DecisionEvent[]> {
  const done = events.filter(({ outcome }) => outcome === "implemented");
  const changes = done.map(({ resourceId, at }) => ({ resourceId, on: dayOf(at) }));
  const costs = Map.groupBy(
    await readCostsAround(transaction, changes, { before: daysAround, after: daysAround }),
    ({ resourceId, on }) => `${on} ${resourceId}`,
  );
  const lastDays = new Map<string, string | null>();
  for (const { resourceId } of done) {
    const id = subscriptionOf(resourceId);
    if (!lastDays.has(id)) lastDays.set(id, (await costDaysOf(transaction, id))?.last ?? null);
  }
  return events.map(({ resourceId, ...event }) => {
    const own = event.outcome === "implemented" && costs.get(`${dayOf(event.at)} ${resourceId}`);
    const last = lastDays.get(subscriptionOf(resourceId));
    if (!own || !last) return event;
    const until = Temporal.PlainDate.from(last).add({ days: 1 }).toString();
    return { ...event, around: { costs: own, until } };
  });
}

const subscriptionOf = (resourceId: string) => /^\/subscriptions\/([^/]+)\//.exec(resourceId)?.[1] ?? "";

function toEvent({ recommendationId, at, outcome, known }: StoredDecision) {
  const kept = Known.parse(known);
  return { recommendationId, at, outcome, resourceId: kept.resourceId, facts: factsOf(kept) };
}

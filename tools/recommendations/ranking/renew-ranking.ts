import {
  keepRanking,
  listDecisions,
  type StoredDecision,
} from "@cloudoptima/db/queries/recommendation-rankings.ts";
import { z } from "zod";
import type { WriteContext } from "../../kernel/context.ts";
import { environmentOf } from "../../remediation/is-production.ts";
import type { DecisionEvent } from "./decisions.ts";
import { trainRanking } from "./train-ranking.ts";

/** People and estates change: what was decided longer before the last decision says little of today. */
const reachDays = 730;

/** Learns the organization's order anew from what it decided, and keeps it with how it did against the rule. */
export async function renewRanking(ctx: WriteContext): Promise<void> {
  const decisions = await ctx.read((transaction) => listDecisions(transaction, reachDays));
  const { verdict, decisionCount, acceptedCount, backtest, model } = trainRanking(decisions.map(toEvent));
  await ctx.write((transaction) =>
    keepRanking(transaction, ctx.actor.organizationId, {
      trainedAt: ctx.realNow(),
      verdict,
      decisionCount,
      acceptedCount,
      judgedCount: backtest?.judgedCount ?? 0,
      ruleReached: backtest?.ruleReached.toFixed(4) ?? null,
      learnedReached: backtest?.learnedReached.toFixed(4) ?? null,
      chance: backtest?.chance.toFixed(4) ?? null,
      model: model && { ...model },
    }),
  );
}

/** What the database copied at the moment of the decision (0093_recommendation_rankings.sql). */
const Known = z.object({
  type: z.string(),
  effort: z.enum(["easy", "medium", "hard"]),
  risk: z.enum(["high", "medium", "low"]),
  monthlySavings: z.string().nullable(),
  currency: z.string().nullable(),
  confidence: z.string(),
  resourceId: z.string(),
  resourceName: z.string().nullable(),
  resourceGroup: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
});

function toEvent({ recommendationId, at, outcome, known }: StoredDecision): DecisionEvent {
  const { resourceId, resourceName, tags, ...facts } = Known.parse(known);
  const name = resourceName ?? resourceId.split("/").at(-1) ?? "";
  const environment = environmentOf({ name, resourceGroup: facts.resourceGroup, tags });
  return { recommendationId, at, outcome, facts: { ...facts, environment } };
}

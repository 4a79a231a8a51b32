import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readRanking, type StoredRanking } from "@cloudoptima/db/queries/recommendation-rankings.ts";
import type { StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { z } from "zod";
import { Decimal } from "../../costs/cost-shapes.ts";
import { AcceptanceModel, likelihoodBy } from "./acceptance-model.ts";
import { factsOf } from "./known-facts.ts";
import { priorityFormula } from "./priority.ts";
import { sortByPriority } from "./sort-by-priority.ts";
import { neededDecisions } from "./train-ranking.ts";

/** Which order a list is in, and why. */
export const RecommendationOrder = z.object({
  by: z.enum(["learned", "rule", "savings"]),
  why: z.string(),
  formula: z.string(),
  decisionCount: z.number().int().describe("What your team decided, each sitting and type once"),
  measuredCount: z.number().int().describe("Of those, whose saving was measured afterwards"),
  neededCount: z.number().int().describe("Decisions needed before an order is learned from them"),
  backtest: z
    .object({
      judgedCount: z.number().int().describe("Later decisions that both orders were judged on"),
      ruleReachedShare: Decimal.describe("Of accepted savings, how much stands above, over all depths"),
      learnedReachedShare: Decimal,
      chanceRatio: Decimal.describe("How often luck alone would do as well"),
    })
    .nullable()
    .describe("null: nothing was compared"),
  trainedAt: z.string().nullable(),
});
export type RecommendationOrder = z.infer<typeof RecommendationOrder>;

export interface Ordering {
  sort(items: readonly StoredRecommendation[]): StoredRecommendation[];
  told: RecommendationOrder;
}

/** The order that holds for this organization: the one learned from its decisions where it proved better, else the rule. */
export async function readOrdering(transaction: TenantTransaction): Promise<Ordering> {
  const ranking = await readRanking(transaction);
  const model = AcceptanceModel.safeParse(ranking?.model ?? null).data;
  const likelihood = model && likelihoodBy(model);
  return {
    sort: (items) =>
      sortByPriority<StoredRecommendation>(
        items,
        { idOf: (item) => `${item.resourceId} ${item.type} ${item.id}`, factsOf },
        likelihood,
      ),
    told: {
      by: model ? "learned" : "rule",
      why: whyOf(ranking),
      formula: model
        ? `${priorityFormula} × the share of such savings that your team accepted and kept`
        : priorityFormula,
      ...figuresOf(ranking),
    },
  };
}

/** By the saving alone, as somebody asked. */
export const bySavings = ({ told }: Ordering): RecommendationOrder => ({
  ...told,
  by: "savings",
  why: "Ordered by saving, as asked.",
  formula: "saving a month",
});

function figuresOf(ranking: StoredRanking | undefined) {
  const { ruleReached, learnedReached, chance } = ranking ?? {};
  return {
    decisionCount: ranking?.decisionCount ?? 0,
    measuredCount: ranking?.measuredCount ?? 0,
    neededCount: neededDecisions,
    backtest:
      ranking && ruleReached && learnedReached && chance
        ? {
            judgedCount: ranking.judgedCount,
            ruleReachedShare: ruleReached,
            learnedReachedShare: learnedReached,
            chanceRatio: chance,
          }
        : null,
    trainedAt: ranking?.trainedAt.toISOString() ?? null,
  };
}

function whyOf(ranking: StoredRanking | undefined): string {
  const rule = "Ordered by the rule";
  if (!ranking) return `${rule}: nothing was learned from decisions yet.`;
  const { verdict, decisionCount, judgedCount } = ranking;
  const percent = (share: string | null) => `${(100 * Number(share)).toFixed(0)} %`;
  const compared = `on ${judgedCount} later decisions it reached ${percent(ranking.learnedReached)} of accepted savings on the way down, the rule ${percent(ranking.ruleReached)}`;
  switch (verdict) {
    case "too_few":
      return `${rule}: too few decisions to learn from (${decisionCount} of ${neededDecisions}).`;
    case "one_sided":
      return `${rule}: ${decisionCount} decisions, nearly all of one kind, show no preference.`;
    case "not_better":
      return `${rule}: an order learned from ${decisionCount} decisions was not clearly better; ${compared}.`;
    case "learned":
      return `Ordered by what your team accepted: ${compared}.`;
  }
}

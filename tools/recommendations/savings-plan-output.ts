import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import type { StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import { type Ordering, RecommendationOrder, readOrdering } from "./ranking/recommendation-order.ts";
import { findRecommendations, recommendationFilter } from "./recommendation-filter.ts";
import { toRecommendation } from "./recommendation-output.ts";
import {
  type RecommendationEffort,
  type RecommendationRisk,
  recommendationEfforts,
  recommendationRisks,
} from "./recommendation-types.ts";
import { planSavings, type SavingsPlan } from "./savings-plan.ts";

/** What is planned with, and how much risk and effort it may take. */
export const planInput = {
  ...recommendationFilter,
  riskAtMost: z.enum(recommendationRisks).default("high"),
  effortAtMost: z.enum(recommendationEfforts).default("hard"),
};

export const SavingsPlanOutput = z.object({
  plans: z
    .array(
      z.object({
        monthlySavings: Money,
        annualSavings: Money,
        stepCount: z.number().int(),
        steps: z
          .array(
            z.object({
              recommendationId: z.string(),
              title: z.string(),
              typeLabel: z.string(),
              resourceName: z.string(),
              stage: z.enum(["stop or remove", "change", "commit"]),
              monthlySavings: Money.describe("What it adds to the steps before it"),
              risk: z.enum(recommendationRisks),
              effort: z.enum(recommendationEfforts),
              target: z.string().nullable(),
              canBeDoneHere: z.boolean(),
            }),
          )
          .describe("In this order; the first of `stepCount`"),
        excluded: z
          .array(z.object({ title: z.string(), monthlySavings: Money, because: z.string() }))
          .describe("Cannot be done together with a step; the first of `excludedCount`"),
        excludedCount: z.number().int(),
        optimum: z.object({
          isBest: z.boolean().describe("true: no set that can be done together saves more"),
          monthlyBound: Money.describe("No such set saves more than this a month"),
        }),
      }),
    )
    .describe("One per currency; empty: nothing to save within the limits"),
  overLimitCount: z.number().int().describe("Recommendations of more risk or effort than asked for"),
  unpricedCount: z.number().int().describe("Recommendations without a saving that could be totalled"),
  order: RecommendationOrder,
  basis: z.string(),
});
export type SavingsPlanOutput = z.infer<typeof SavingsPlanOutput>;

/** What a plan is made of: the recommendations and the order that holds for them. */
export async function readToPlan(
  transaction: TenantTransaction,
  filter: Parameters<typeof findRecommendations>[1],
): Promise<{ all: StoredRecommendation[]; ordering: Ordering }> {
  return {
    all: await findRecommendations(transaction, filter),
    ordering: await readOrdering(transaction),
  };
}

/** The plan for these recommendations within limits, with at most so many of its steps and of what it leaves out. */
export function toPlanOutput(
  all: readonly StoredRecommendation[],
  ordering: Ordering,
  limits: { riskAtMost: RecommendationRisk; effortAtMost: RecommendationEffort },
  most: { steps: number; excluded: number },
): SavingsPlanOutput {
  const within = all.filter(
    ({ risk, effort }) =>
      recommendationRisks.indexOf(risk) <= recommendationRisks.indexOf(limits.riskAtMost) &&
      recommendationEfforts.indexOf(effort) <= recommendationEfforts.indexOf(limits.effortAtMost),
  );
  const ranks = new Map(ordering.sort(within).map(({ id }, place) => [id, place]));
  const { plans, unpriced } = planSavings(within, ranks);
  return {
    plans: plans.map((plan) => toOutput(plan, most)),
    overLimitCount: all.length - within.length,
    unpricedCount: unpriced.length,
    order: ordering.told,
    basis:
      "At your rates. Each step's saving is what it adds after the steps before it: what is stopped is not right-sized too, and reservations are for what is left.",
  };
}

const stages = { 1: "stop or remove", 2: "change", 3: "commit" } as const;

function toOutput(
  { currency, steps, monthly, annual, monthlyBound, isBest, excluded }: SavingsPlan,
  most: { steps: number; excluded: number },
) {
  const money = (value: string) => ({ value, currency });
  return {
    monthlySavings: money(monthly),
    annualSavings: money(annual),
    stepCount: steps.length,
    steps: steps.slice(0, most.steps).map((step) => {
      const { id, title, typeLabel, resource, risk, effort, target, remediation } = toRecommendation(
        step.stored,
      );
      return {
        recommendationId: id,
        title,
        typeLabel,
        resourceName: resource.name,
        stage: stages[step.stage],
        monthlySavings: money(step.monthlySavings),
        risk,
        effort,
        target: target?.label ?? null,
        canBeDoneHere: remediation !== null,
      };
    }),
    excluded: excluded.slice(0, most.excluded).map(({ stored, insteadOf }) => ({
      title: stored.title,
      monthlySavings: money(stored.monthlySavings ?? "0"),
      because: `It cannot be done together with "${insteadOf.title}".`,
    })),
    excludedCount: excluded.length,
    optimum: { isBest, monthlyBound: money(monthlyBound) },
  };
}

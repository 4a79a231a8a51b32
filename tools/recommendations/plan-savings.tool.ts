import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import { defineTool } from "../kernel/define-tool.ts";
import type { View } from "../kernel/view.ts";
import { RecommendationOrder, readOrdering } from "./ranking/recommendation-order.ts";
import { findRecommendations, recommendationFilter } from "./recommendation-filter.ts";
import { toRecommendation } from "./recommendation-output.ts";
import { planSavings, type SavingsPlan } from "./savings-plan.ts";

const levels = ["low", "medium", "high"] as const;
const efforts = ["easy", "medium", "hard"] as const;

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
              risk: z.enum(levels),
              effort: z.enum(efforts),
              target: z.string().nullable(),
              canBeDoneHere: z.boolean(),
            }),
          )
          .describe("In this order: what is ahead, after what it builds on; the first 50"),
        excluded: z
          .array(z.object({ title: z.string(), monthlySavings: Money, because: z.string() }))
          .describe("Cannot be done together with a step; the first 20"),
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

export default defineTool({
  name: "plan_savings",
  title: "Savings plan",
  description:
    "The set of recommendations that can be done together and saves most, in order, within a risk and effort limit.",
  examples: [
    "what can we save at low risk this week?",
    "How much can we save at low risk?",
    "make a savings plan",
    "what should I optimize first?",
    "easy low risk savings in production",
    "plan of optimizations in the right order",
    "what is the best set of recommendations to do together",
  ],
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /analysis/savings-plan",
  input: z.object({
    ...recommendationFilter,
    riskAtMost: z.enum(levels).default("high"),
    effortAtMost: z.enum(efforts).default("hard"),
  }),
  output: SavingsPlanOutput,
  views: planViews,
  async run(ctx, { riskAtMost, effortAtMost, ...filter }) {
    const { all, ordering } = await ctx.read(async (transaction) => ({
      all: await findRecommendations(transaction, filter),
      ordering: await readOrdering(transaction),
    }));
    const within = all.filter(
      ({ risk, effort }) =>
        levels.indexOf(risk) <= levels.indexOf(riskAtMost) &&
        efforts.indexOf(effort) <= efforts.indexOf(effortAtMost),
    );
    const ranks = new Map(ordering.sort(within).map(({ id }, place) => [id, place]));
    const { plans, unpriced } = planSavings(within, ranks);
    return {
      plans: plans.map(toOutput),
      overLimitCount: all.length - within.length,
      unpricedCount: unpriced.length,
      order: ordering.told,
      basis:
        "At your rates. Each step's saving is what it adds after the steps before it: what is stopped is not right-sized too, and reservations are for what is left.",
    };
  },
});

const stages = { 1: "stop or remove", 2: "change", 3: "commit" } as const;

function toOutput({ currency, steps, monthly, annual, monthlyBound, isBest, excluded }: SavingsPlan) {
  const money = (value: string) => ({ value, currency });
  return {
    monthlySavings: money(monthly),
    annualSavings: money(annual),
    stepCount: steps.length,
    steps: steps.slice(0, 50).map((step) => {
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
    excluded: excluded.slice(0, 20).map(({ stored, insteadOf }) => ({
      title: stored.title,
      monthlySavings: money(stored.monthlySavings ?? "0"),
      because: `It cannot be done together with "${insteadOf.title}".`,
    })),
    excludedCount: excluded.length,
    optimum: { isBest, monthlyBound: money(monthlyBound) },
  };
}

function planViews(output: SavingsPlanOutput): View[] {
  return output.plans.flatMap((plan): View[] => [
    {
      type: "metric",
      title: "Savings a month at your rates",
      value: plan.monthlySavings.value,
      unit: plan.monthlySavings.currency,
      detail: `${plan.stepCount} steps that can be done together`,
    },
    {
      type: "table",
      title: `Savings plan, ${plan.monthlySavings.currency}`,
      currency: plan.monthlySavings.currency,
      columns: [
        { key: "step", label: "Step", format: "text" },
        { key: "stage", label: "Stage", format: "text" },
        { key: "risk", label: "Risk", format: "text" },
        { key: "monthly", label: "Adds a month", format: "money" },
      ],
      rows: plan.steps.map((step) => ({
        step: step.title,
        stage: step.stage,
        risk: step.risk,
        monthly: step.monthlySavings.value,
      })),
    },
  ]);
}

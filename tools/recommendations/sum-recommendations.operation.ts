import { listMatchingRecommendations } from "@cloudoptima/db/queries/recommendation-pages.ts";
import type { StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { decimal } from "../kernel/money.ts";
import { recommendationSearch, toSearch } from "./recommendation-search.ts";
import { isOpenStatus } from "./recommendation-types.ts";
import { planSavings } from "./savings-plan.ts";

const Together = z.object({
  monthlySavings: Money,
  annualSavings: Money,
  recommendationCount: z.number().int(),
  isBest: z.boolean().describe("true: no set that can be done together saves more"),
  monthlyBound: Money.describe("No such set saves more than this a month"),
});

export default defineOperation({
  name: "sum_recommendations",
  title: "What matching recommendations save",
  description:
    "What the recommendations that match save: at most alone, and together. What excludes or reduces each other is never added up.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /recommendations/savings",
  input: z.object(recommendationSearch),
  output: z.object({
    recommendationCount: z.number().int().describe("That match"),
    alone: z
      .array(z.object({ monthlySavings: Money, annualSavings: Money }))
      .describe("The largest saving of one of them, one per currency"),
    together: z
      .array(Together)
      .nullable()
      .describe("The best that can be done together, one per currency; null where they are no longer open"),
    leftOutCount: z.number().int().describe("Priced, and not in the total: what saves more rules them out"),
    unpricedCount: z
      .number()
      .int()
      .describe(
        "Open ones that cannot be totalled: the data cannot tell what they save, or nothing is claimed",
      ),
  }),
  async run(ctx, search) {
    const found = await ctx.read((transaction) => listMatchingRecommendations(transaction, toSearch(search)));
    const isOpen = isOpenStatus(search.status);
    const { plans, unpriced } = planSavings(isOpen ? found : []);
    const together = plans.map((plan) => {
      const money = (value: string) => ({ value, currency: plan.currency });
      return {
        monthlySavings: money(plan.monthly),
        annualSavings: money(plan.annual),
        recommendationCount: plan.steps.length,
        isBest: plan.isBest,
        monthlyBound: money(plan.monthlyBound),
      };
    });
    const inTotal = together.reduce((sum, { recommendationCount }) => sum + recommendationCount, 0);
    return {
      recommendationCount: found.length,
      alone: largest(found),
      together: isOpen ? together : null,
      leftOutCount: isOpen ? found.length - unpriced.length - inTotal : 0,
      unpricedCount: unpriced.length,
    };
  },
});

function largest(found: readonly StoredRecommendation[]) {
  const priced = found.flatMap(({ currency, monthlySavings, annualSavings }) =>
    currency !== null && monthlySavings !== null
      ? [
          {
            monthlySavings: { value: monthlySavings, currency },
            annualSavings: { value: annualSavings ?? "0", currency },
          },
        ]
      : [],
  );
  return [...Map.groupBy(priced, ({ monthlySavings }) => monthlySavings.currency).values()].map((own) =>
    own.reduce((most, one) =>
      decimal(one.monthlySavings.value).greaterThan(most.monthlySavings.value) ? one : most,
    ),
  );
}

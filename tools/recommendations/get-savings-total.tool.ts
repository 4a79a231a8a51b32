import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import { defineTool } from "../kernel/define-tool.ts";
import { bestSet, sumSavings } from "./best-set.ts";
import { findRecommendations, recommendationFilter } from "./recommendation-filter.ts";
import { typeLabel } from "./recommendation-output.ts";
import { savingsViews } from "./recommendation-views.ts";

export const SavingsTotal = z.object({
  monthlySavings: z.array(Money).describe("One per currency, at your rates; empty when nothing can be saved"),
  annualSavings: z.array(Money),
  recommendationCount: z.number().int().describe("Recommendations in the total, one per resource"),
  byType: z.array(
    z.object({
      type: z.string(),
      typeLabel: z.string(),
      recommendationCount: z.number().int(),
      monthlySavings: z.array(Money),
      annualSavings: z.array(Money),
    }),
  ),
  excluded: z
    .array(z.object({ title: z.string(), monthlySavings: Money, because: z.string() }))
    .describe("Not in the total, because something better on the same resource is"),
  unpricedCount: z
    .number()
    .int()
    .describe("Recommendations whose saving the data cannot tell; not in the total"),
  basis: z.string(),
});
export type SavingsTotal = z.infer<typeof SavingsTotal>;

export default defineTool({
  name: "get_savings_total",
  title: "Savings total",
  description:
    "How much can be saved a month and a year by everything that can be done together, at the organization's own net rates. Recommendations on one resource exclude each other and are counted once; says what is left out.",
  examples: [
    "how much could we save?",
    "What is our total savings potential?",
    "savings per month if we did everything",
    "how much are idle VMs costing us",
    "annual savings from deleting unattached disks",
    "what would cleaning up rg-dev save?",
    "total waste in dollars",
    "potential savings in the development subscription",
  ],
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /analysis/savings",
  input: z.object(recommendationFilter),
  output: SavingsTotal,
  views: savingsViews,
  async run(ctx, input) {
    const best = bestSet(await ctx.read((transaction) => findRecommendations(transaction, input)));
    return {
      monthlySavings: best.totals.map(({ currency, monthly }) => ({ value: monthly, currency })),
      annualSavings: best.totals.map(({ currency, annual }) => ({ value: annual, currency })),
      recommendationCount: best.chosen.length,
      byType: [...Map.groupBy(best.chosen, (item) => item.type)].map(([type, items]) => {
        const sums = sumSavings(items);
        return {
          type,
          typeLabel: typeLabel(type),
          recommendationCount: items.length,
          monthlySavings: sums.map(({ currency, monthly }) => ({ value: monthly, currency })),
          annualSavings: sums.map(({ currency, annual }) => ({ value: annual, currency })),
        };
      }),
      excluded: best.excluded.map(({ item, insteadOf }) => ({
        title: item.title,
        monthlySavings: { value: item.monthlySavings ?? "0", currency: item.currency ?? "" },
        because: `"${insteadOf.title}" saves at least as much on the same resource.`,
      })),
      unpricedCount: best.unpriced.length,
      basis:
        "At your rates: mean daily effective cost of the days in this state, x 365/12 a month and x 365 a year. What a reservation or savings plan pays is not counted.",
    };
  },
});

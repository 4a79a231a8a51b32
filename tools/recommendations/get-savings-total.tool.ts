import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import { PeriodInput } from "../costs/period-input.ts";
import { resolvePeriod } from "../costs/period-words.ts";
import { defineTool } from "../kernel/define-tool.ts";
import { RealizedSavings } from "./realized/realized-output.ts";
import { readRealizedSavings } from "./realized/realized-savings.ts";
import { findRecommendations, recommendationFilter } from "./recommendation-filter.ts";
import { savingsViews } from "./recommendation-views.ts";
import { SavingsByPlace, savingsByPlace, savingsPlaces } from "./savings-by-place.ts";
import { SavingsByType, savingsByType } from "./savings-by-type.ts";
import { planSavings } from "./savings-plan.ts";

export const SavingsTotal = z.object({
  monthlySavings: z.array(Money).describe("One per currency, at your rates; empty when nothing can be saved"),
  annualSavings: z.array(Money),
  recommendationCount: z.number().int().describe("Recommendations in the total"),
  byType: SavingsByType,
  byPlace: SavingsByPlace.describe("With `by`: what the total is made of, most first"),
  excluded: z
    .array(z.object({ title: z.string(), monthlySavings: Money, because: z.string() }))
    .describe("Not in the total, because something better that rules it out is"),
  unpricedCount: z
    .number()
    .int()
    .describe("Recommendations whose saving the data cannot tell; not in the total"),
  basis: z.string(),
  realized: RealizedSavings.nullable().describe("What done changes saved; null unless asked for"),
});
export type SavingsTotal = z.infer<typeof SavingsTotal>;

export default defineTool({
  name: "get_savings_total",
  title: "Savings total",
  description:
    "How much can be saved a month and a year by everything that can be done together, at the organization's own net rates. What excludes or reduces each other is never added up; says what is left out. `realized`: also what done changes saved, measured.",
  examples: [
    "how much could we save?",
    "What is our total savings potential?",
    "savings per month if we did everything",
    "how much are idle VMs costing us",
    "annual savings from deleting unattached disks",
    "what would cleaning up rg-dev save?",
    "total waste in dollars",
    "potential savings in the development subscription",
    "what did we really save?",
    "did the resize of vm-42 pay off?",
    "savings we realized this quarter",
    "which team wastes the most?",
  ],
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /analysis/savings",
  input: z.object({
    ...recommendationFilter,
    by: z.enum(savingsPlaces).optional().describe("Also what each saves"),
    byTag: z.string().max(200).optional().describe("The tag's key, with by: tag"),
    realized: z.boolean().default(false),
    period: PeriodInput.optional().describe("Of what was realized"),
  }),
  output: SavingsTotal,
  views: savingsViews,
  async run(ctx, { realized: isRealized, period, by, byTag, ...filter }) {
    const { found, realized, names } = await ctx.read(async (transaction) => ({
      found: await findRecommendations(transaction, filter),
      realized: isRealized
        ? await readRealizedSavings(transaction, ctx.now(), {
            ...filter,
            period: period && resolvePeriod(period, ctx.now()),
          })
        : null,
      names: by === "subscription" ? await readSubscriptionNames(transaction) : new Map<string, string>(),
    }));
    const { plans, unpriced } = planSavings(found);
    const steps = plans.flatMap((plan) =>
      plan.steps.map(({ stored, monthlySavings, annualSavings }) => ({
        stored,
        type: stored.type,
        currency: plan.currency,
        monthlySavings,
        annualSavings,
      })),
    );
    return {
      monthlySavings: plans.map(({ currency, monthly }) => ({ value: monthly, currency })),
      annualSavings: plans.map(({ currency, annual }) => ({ value: annual, currency })),
      recommendationCount: steps.length,
      byType: savingsByType(steps),
      byPlace: by ? savingsByPlace(steps, { kind: by, ...(byTag ? { tagKey: byTag } : {}) }, names) : [],
      excluded: plans.flatMap(({ excluded, currency }) =>
        excluded.map(({ stored, insteadOf }) => ({
          title: stored.title,
          monthlySavings: { value: stored.monthlySavings ?? "0", currency },
          because: `It cannot be done together with "${insteadOf.title}".`,
        })),
      ),
      unpricedCount: unpriced.length,
      basis:
        "At your rates: mean daily effective cost of the days in this state, x 365/12 a month and x 365 a year. What a reservation or savings plan pays is not counted.",
      realized,
    };
  },
});

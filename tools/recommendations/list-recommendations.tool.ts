import { z } from "zod";
import { Decimal } from "../costs/cost-shapes.ts";
import { findResourceTypes } from "../discovery/resource-types.ts";
import { defineTool } from "../kernel/define-tool.ts";
import { decimal } from "../kernel/money.ts";
import { bySavings, RecommendationOrder, readOrdering } from "./ranking/recommendation-order.ts";
import { findRecommendations, recommendationFilter } from "./recommendation-filter.ts";
import { Recommendation, toRecommendation } from "./recommendation-output.ts";
import { recommendationStatuses } from "./recommendation-types.ts";
import { recommendationViews } from "./recommendation-views.ts";
import { SavingsByType, savingsByType } from "./savings-by-type.ts";
import { WhyNot, whyNot } from "./why-not.ts";

export const RecommendationList = z.object({
  totalCount: z.number().int().describe("Recommendations that match, over all pages"),
  offset: z.number().int(),
  order: RecommendationOrder,
  rows: z.array(Recommendation),
  byType: SavingsByType.describe(
    "Not to be added up: types on one resource exclude each other; get_savings_total has the total",
  ),
  notRecommended: z.array(WhyNot).describe("With `explain`: why other types are not recommended for it"),
  note: z.string().nullable(),
});
export type RecommendationList = z.infer<typeof RecommendationList>;

export default defineTool({
  name: "list_recommendations",
  title: "Recommendations",
  description:
    "What to do to save (idle, oversized or unattached resources, cheaper tiers, reservations), each with savings at own rates, evidence for and against, risk and steps.",
  examples: [
    "how can we save money?",
    "show me idle VMs",
    "any unattached disks?",
    "unused public IP addresses in rg-dev",
    "What waste do we have in the production subscription?",
    "top 5 recommendations by savings",
    "which machines can we turn off",
    "quick wins for cost optimization",
    "recommendations for team data",
    "why is vm-legacy-cms-prod-001 flagged as idle?",
    "what should we clean up first?",
  ],
  permission: "recommendations:read",
  effect: "read",
  rest: ["GET /recommendations", "GET /analysis/recommendations"],
  input: z.object({
    ...recommendationFilter,
    resourceType: z.string().max(120).optional(),
    minimumMonthlySavings: Decimal.optional().describe("At least so much a month"),
    status: z.enum(recommendationStatuses).default("open"),
    order: z.enum(["priority", "savings"]).default("priority"),
    explain: z.boolean().default(false).describe("Also why nothing else is for `resource`"),
    limit: z.number().int().min(1).max(50).default(10),
    offset: z.number().int().min(0).default(0),
  }),
  output: RecommendationList,
  views: recommendationViews,
  async run(ctx, input) {
    const { all, ordering } = await ctx.read(async (transaction) => ({
      all: await findRecommendations(transaction, input, [input.status]),
      ordering: await readOrdering(transaction),
    }));
    const least = input.minimumMonthlySavings;
    const types = input.resourceType ? typesCalled(input.resourceType) : null;
    const found = all.filter(
      ({ resourceType, monthlySavings }) =>
        (!types || types.includes(resourceType?.toLowerCase() ?? "")) &&
        (!least || decimal(monthlySavings ?? "0").greaterThanOrEqualTo(least)),
    );
    const isByPriority = input.order === "priority";
    const sorted = isByPriority ? ordering.sort(found) : found;
    return {
      totalCount: found.length,
      offset: input.offset,
      order: isByPriority ? ordering.told : bySavings(ordering),
      rows: sorted.slice(input.offset, input.offset + input.limit).map(toRecommendation),
      byType: savingsByType(found),
      notRecommended: input.explain && input.resource ? await whyNot(ctx, input.resource) : [],
      note:
        found.length === 0
          ? "Nothing of this kind was found; recommendations are renewed by each scan."
          : null,
    };
  },
});

function typesCalled(words: string): string[] {
  const known = findResourceTypes(words);
  return known.length > 0 ? known : [words.trim().toLowerCase()];
}

import { sumCosts } from "@cloudoptima/db/queries/costs.ts";
import { z } from "zod";
import { defineTool } from "../kernel/define-tool.ts";
import { decimal, ratio } from "../kernel/money.ts";
import { costLabel, distinctLabels } from "./cost-labels.ts";
import { costQuestion, money, readTotals, resolveQuestion } from "./cost-question.ts";
import { CostBreakdown, CostDimension } from "./cost-shapes.ts";
import { breakdownViews } from "./cost-views.ts";
import { resolveGroup } from "./resolve-filters.ts";

export default defineTool({
  name: "get_cost_breakdown",
  title: "Cost breakdown",
  description:
    "What was spent in a period, in total and by service, region, resource group, subscription, tag, resource, provider or kind of charge, dearest first. Exact amounts per currency; rows + other = total.",
  examples: [
    "What did we spend last month by service?",
    "how much did we spend in September 2025",
    "top 5 resource groups this quarter",
    "Which subscriptions cost the most in Q3 2025?",
    "cost per environment tag, past 90 days",
    "what's our aws bill for september 2024",
    "most expensive resources in West Europe last month",
    "spend on virtual machines year to date by region",
    "show me billed cost by provider for last quarter",
    "untagged spend by owner since March",
    "how much went to credits, taxes and usage last month?",
    "spend by charge type last month",
    "where does our money go",
  ],
  permission: "costs:read",
  effect: "read",
  rest: "GET /costs/breakdown",
  input: z.object({
    ...costQuestion,
    groupBy: CostDimension.default("service"),
    tagKey: z.string().optional().describe("Of group tag: its name"),
    top: z
      .number()
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe("Rows per currency; the rest is summed as other"),
  }),
  output: CostBreakdown,
  views: breakdownViews,
  async run(ctx, input) {
    return ctx.read(async (transaction) => {
      const question = await resolveQuestion(transaction, input, ctx.now());
      const group = await resolveGroup(transaction, input.groupBy, input.tagKey);
      const sums = await sumCosts(transaction, question.scope, group, input.top);
      const totals = await readTotals(transaction, question.scope, sums);
      const totalOf = new Map(totals.total.map(({ currency, value }) => [currency, value]));
      const shown = sums.filter((sum) => sum.key !== null);
      const rest = sums.filter((sum) => sum.key === null);
      return {
        period: question.period,
        costKind: input.costKind,
        groupBy: input.groupBy,
        tagKey: group.dimension === "tag" ? group.tagKeys[0]! : null,
        ...totals,
        rows: distinctLabels(
          shown.map((sum) => ({
            key: sum.key!,
            label: costLabel(input.groupBy, sum.key!, sum.label),
            amount: money(sum.amount, sum.currency),
            ...shareOf(sum.amount, totalOf.get(sum.currency) ?? "0"),
          })),
        ),
        other: rest.map((sum) => money(sum.amount, sum.currency)),
        otherCount: rest.reduce((count, sum) => count + sum.groupCount, 0),
        freshness: question.freshness,
        coverage: question.coverage,
      };
    });
  },
});

function shareOf(amount: string, total: string): { share: string | null; sharePercent: string | null } {
  const share = ratio(amount, total);
  return { share, sharePercent: share === null ? null : decimal(share).times(100).toString() };
}

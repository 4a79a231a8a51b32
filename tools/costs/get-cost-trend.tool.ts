import { sumCosts } from "@cloudoptima/db/queries/costs.ts";
import { z } from "zod";
import { defineTool } from "../kernel/define-tool.ts";
import { bucketOf, bucketsOf, readableGranularity } from "./buckets.ts";
import { costLabel, distinctLabels } from "./cost-labels.ts";
import { costQuestion, readTotals, resolveQuestion } from "./cost-question.ts";
import { CostDimension } from "./cost-shapes.ts";
import { coveredPeriod } from "./coverage.ts";
import { readBuckets } from "./read-buckets.ts";
import { resolveGroup } from "./resolve-filters.ts";
import { trendSeries, trendStatistics } from "./trend-series.ts";
import { CostTrend, Granularity } from "./trend-shapes.ts";
import { trendViews } from "./trend-views.ts";

export default defineTool({
  name: "get_cost_trend",
  title: "Cost over time",
  description:
    "How cost developed in a period by day, week or month, in total or for the dearest services, regions, groups, subscriptions, tags or resources. Points add up to the total; gives average, highest, lowest and change.",
  examples: [
    "Show daily cost for the past 30 days",
    "monthly spend trend this year",
    "how has our virtual machines cost developed since March",
    "cost per week by resource group, last 3 months",
    "which day was the most expensive last month?",
    "plot AWS spend per day in September 2024",
    "is our spending going up?",
    "what is our average daily spend this quarter",
    "month by month cost by environment tag in 2025",
    "spend over time by service",
  ],
  permission: "costs:read",
  effect: "read",
  rest: "GET /costs/trend",
  input: z.object({
    ...costQuestion,
    granularity: Granularity.optional().describe("Default: what reads well for the period's length"),
    groupBy: CostDimension.optional().describe("Default: the total only"),
    tagKey: z.string().optional().describe("Of group tag: its name"),
    top: z
      .number()
      .int()
      .min(1)
      .max(20)
      .default(6)
      .describe("Series per currency; the rest is summed as other"),
  }),
  output: CostTrend,
  views: trendViews,
  async run(ctx, input) {
    return ctx.read(async (transaction) => {
      const question = await resolveQuestion(transaction, input, ctx.now());
      const granularity = input.granularity ?? readableGranularity(question.period);
      const group = input.groupBy ? await resolveGroup(transaction, input.groupBy, input.tagKey) : undefined;
      const top = group && (await sumCosts(transaction, question.scope, group, input.top));
      const named = top?.filter((sum) => sum.key !== null) ?? [];
      const sums = await readBuckets(
        transaction,
        question.scope,
        bucketOf[granularity],
        group && {
          group,
          keys: [...new Set(named.map((sum) => sum.key!))],
        },
      );
      const totals = await readTotals(transaction, question.scope, sums);
      const names = distinctLabels(
        named.map((sum) => ({
          key: sum.key!,
          currency: sum.currency,
          label: costLabel(input.groupBy!, sum.key!, sum.label),
        })),
      );
      const covered = coveredPeriod(question.period, question.data)!;
      // Cut by the end of the data is as partial as cut by the question.
      const buckets = bucketsOf(covered, granularity);
      const currencies = totals.total.map(({ currency }) => currency);
      const series = trendSeries(sums, buckets, currencies, group ? names : null);
      return {
        period: question.period,
        costKind: input.costKind,
        granularity,
        groupBy: input.groupBy ?? null,
        tagKey: group?.dimension === "tag" ? group.tagKeys[0]! : null,
        ...totals,
        series,
        statistics: trendStatistics(series, currencies),
        freshness: question.freshness,
        coverage: question.coverage,
      };
    });
  },
});

import { readCostChanges } from "@cloudoptima/db/queries/cost-changes.ts";
import { z } from "zod";
import { defineTool } from "../kernel/define-tool.ts";
import { readByDimension } from "./change-by-dimension.ts";
import { alignDays, readDriverDays } from "./change-days.ts";
import { chooseDrivers } from "./choose-drivers.ts";
import { compareTotals, comparisonQuestion, resolveSides } from "./compare-periods.ts";
import { CostExplanation } from "./comparison-shapes.ts";
import { explanationViews } from "./comparison-views.ts";
import { CostDimension, type CostFilter } from "./cost-shapes.ts";
import { describeDrivers } from "./describe-drivers.ts";
import { resolveGroup } from "./resolve-filters.ts";

export default defineTool({
  name: "explain_cost_change",
  title: "Explain a cost change",
  description:
    "Why cost changed between two periods: the drivers with their share, the resources and region behind each, when it happened (spike, step, steady growth, new, gone), and everything else, adding up exactly to the change.",
  examples: [
    "Why did our bill go up in September?",
    "what drove the cost increase last month",
    "explain the jump in spend this quarter",
    "Why is storage more expensive than last month?",
    "what caused the spike last week",
    "why did costs drop in October compared to September",
    "which resources are behind the increase since August",
    "root cause of the higher AWS bill in Q3",
  ],
  permission: "costs:read",
  effect: "read",
  rest: "GET /costs/explanation",
  input: z.object({
    ...comparisonQuestion,
    groupBy: CostDimension.optional().describe(
      "What drivers are; default service, or resource within one service",
    ),
    tagKey: z.string().optional().describe("Of group tag: its name"),
    top: z
      .number()
      .int()
      .min(1)
      .max(20)
      .default(5)
      .describe("Drivers per currency; the rest is everything else"),
  }),
  output: CostExplanation,
  views: explanationViews,
  async run(ctx, input) {
    return ctx.read(async (transaction) => {
      const sides = await resolveSides(transaction, input, ctx.now());
      const { base, current } = sides;
      const dimension = input.groupBy ?? driverDimension(input.filters);
      const group = await resolveGroup(transaction, dimension, input.tagKey);
      const changes = await readCostChanges(transaction, base.scope, current.scope, group, input.top);
      const compared = compareTotals(sides, changes);
      const { shown, everythingElse } = chooseDrivers(changes, input.top);
      const days = await readDriverDays(transaction, sides, {
        group,
        keys: [...new Set(shown.map((change) => change.key!))],
      });
      return {
        ...compared,
        costKind: input.costKind,
        driverDimension: dimension,
        drivers: await describeDrivers(transaction, sides, {
          dimension,
          group,
          shown,
          totals: compared.changes,
          days,
        }),
        everythingElse,
        byDimension: await readByDimension(transaction, sides, dimension, compared.changes),
        days: alignDays(
          sides,
          days,
          compared.changes.map(({ currency }) => currency),
        ),
      };
    });
  },
});

/** Services first; but of one service the resources, because the service alone would explain nothing. */
function driverDimension(filters: readonly CostFilter[]): CostDimension {
  const pinned = filters.some(
    (filter) => filter.dimension === "service" && !filter.exclude && filter.values.length === 1,
  );
  return pinned ? "resource" : "service";
}

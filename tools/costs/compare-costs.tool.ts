import { readCostChanges } from "@cloudoptima/db/queries/cost-changes.ts";
import { z } from "zod";
import { defineTool } from "../kernel/define-tool.ts";
import { decimal } from "../kernel/money.ts";
import {
  compareTotals,
  comparisonQuestion,
  resolveSides,
  restOf,
  TopChanges,
  toChangeRow,
} from "./compare-periods.ts";
import { CostComparison } from "./comparison-shapes.ts";
import { comparisonViews } from "./comparison-views.ts";
import { distinctLabels } from "./cost-labels.ts";
import { CostDimension } from "./cost-shapes.ts";
import { resolveGroup } from "./resolve-filters.ts";

export default defineTool({
  name: "compare_costs",
  title: "Compare two periods",
  description:
    "Cost of two periods side by side: change as amount and percent, per day when their lengths differ, and the groups with the biggest increases and decreases, new and gone ones marked. Says what changed; explain_cost_change says why.",
  examples: [
    "Compare September and October",
    "October vs September by service",
    "this month vs last month",
    "how much more did we spend in Q3 than in Q2 2025",
    "which services got more expensive last month?",
    "biggest cost increases by resource group, last 30 days",
    "difference between last week and the week before",
    "what's new on the bill this month",
    "did our storage costs go down since last quarter?",
    "year over year cost for West Europe",
  ],
  permission: "costs:read",
  effect: "read",
  rest: "GET /costs/comparison",
  input: z.object({
    ...comparisonQuestion,
    groupBy: CostDimension.default("service"),
    tagKey: z.string().optional().describe("Of group tag: its name"),
    top: TopChanges.default(5),
  }),
  output: CostComparison,
  views: comparisonViews,
  async run(ctx, input) {
    return ctx.read(async (transaction) => {
      const sides = await resolveSides(transaction, input, ctx.now());
      const group = await resolveGroup(transaction, input.groupBy, input.tagKey);
      const changes = await readCostChanges(
        transaction,
        sides.base.scope,
        sides.current.scope,
        group,
        input.top,
      );
      const compared = compareTotals(sides, changes);
      const wholeOf = new Map(compared.changes.map(({ currency, change }) => [currency, change.value]));
      const rows = distinctLabels(
        changes
          .filter((change) => change.key !== null)
          .map((change) => toChangeRow(change, input.groupBy, wholeOf.get(change.currency)!, sides)),
      );
      const rest = restOf(changes);
      // Each row carries the counts of all groups of its currency.
      const counted = [...new Map(changes.map((change) => [change.currency, change])).values()];
      return {
        ...compared,
        costKind: input.costKind,
        groupBy: input.groupBy,
        tagKey: group.dimension === "tag" ? group.tagKeys[0]! : null,
        increases: rows.filter((row) => decimal(row.change.value).gt(0)),
        decreases: rows.filter((row) => decimal(row.change.value).lt(0)).reverse(),
        otherChange: rest.map(({ change }) => change),
        otherCount: rest.reduce((count, { groupCount }) => count + groupCount, 0),
        newCount: counted.reduce((count, { newCount }) => count + newCount, 0),
        goneCount: counted.reduce((count, { goneCount }) => count + goneCount, 0),
      };
    });
  },
});

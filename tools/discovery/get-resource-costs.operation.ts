import { z } from "zod";
import { CostKind } from "../costs/cost-shapes.ts";
import getCostTrend from "../costs/get-cost-trend.tool.ts";
import { PeriodInput } from "../costs/period-input.ts";
import { CostTrend, Granularity } from "../costs/trend-shapes.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { ResourceId, requireResource } from "./require-resource.ts";

export default defineOperation({
  name: "get_resource_costs",
  title: "Costs of a resource",
  description: "What one resource cost by day, week or month (default: the last whole month with data).",
  permission: "costs:read",
  effect: "read",
  rest: "GET /resources/{id}/costs",
  input: z.object({
    id: ResourceId,
    period: PeriodInput.optional(),
    costKind: CostKind.default("effective"),
    granularity: Granularity.optional(),
  }),
  output: CostTrend,
  async run(ctx, { id, ...question }) {
    const { id: key } = await ctx.read((transaction) => requireResource(transaction, id));
    const filters = [{ dimension: "resource" as const, values: [key], exclude: false }];
    try {
      return await getCostTrend.run(ctx, { ...question, filters, top: 1 });
    } catch (error) {
      if (AppError.from(error).code !== "not_found") throw error;
      throw new AppError("no_data", "No cost of this resource is known.", {
        hint: "It may be free, or newer than the last costs that were read.",
        cause: error,
      });
    }
  },
});

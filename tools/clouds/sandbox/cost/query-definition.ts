import { z } from "zod";
import { badRequest } from "../server/azure-error.ts";

const Comparison = z.object({
  name: z.string(),
  operator: z.enum(["In", "Contains"]),
  values: z.array(z.string()).min(1),
});
export type Comparison = z.infer<typeof Comparison>;

export interface CostFilter {
  and?: CostFilter[] | undefined;
  or?: CostFilter[] | undefined;
  dimensions?: Comparison | undefined;
  tags?: Comparison | undefined;
}
const CostFilter: z.ZodType<CostFilter> = z.lazy(() =>
  z.object({
    and: z.array(CostFilter).min(2).optional(),
    or: z.array(CostFilter).min(2).optional(),
    dimensions: Comparison.optional(),
    tags: Comparison.optional(),
  }),
);

const timeframes = [
  "Custom",
  "MonthToDate",
  "BillingMonthToDate",
  "TheLastMonth",
  "TheLastBillingMonth",
] as const;

const QueryDefinition = z.object({
  type: z.enum(["ActualCost", "AmortizedCost", "Usage"]),
  timeframe: z.enum(timeframes),
  timePeriod: z
    .object({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
    .optional(),
  dataset: z.object({
    granularity: z.enum(["Daily", "None", "Monthly"]).optional(),
    aggregation: z
      .record(
        z.string(),
        z.object({
          name: z.enum(["Cost", "CostUSD", "PreTaxCost", "PreTaxCostUSD", "UsageQuantity"]),
          function: z.literal("Sum"),
        }),
      )
      .optional(),
    grouping: z
      .array(z.object({ type: z.enum(["Dimension", "TagKey"]), name: z.string().min(1) }))
      .optional(),
    filter: CostFilter.optional(),
    sorting: z.array(z.object({ direction: z.string().optional(), name: z.string() })).optional(),
  }),
});
export type QueryDefinition = z.infer<typeof QueryDefinition>;

/** Parses a Cost Management query body; what Azure would refuse is refused with its code. */
export function parseQueryDefinition(body: unknown): QueryDefinition {
  const parsed = QueryDefinition.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw badRequest(`Invalid query definition, ${issue.path.join(".") || "body"}: ${issue.message}.`);
  }
  const query = parsed.data;
  if ((query.dataset.grouping?.length ?? 0) > 2) {
    throw badRequest("Invalid query definition: dataset grouping can have at most 2 clauses.");
  }
  if (Object.keys(query.dataset.aggregation ?? {}).length > 2) {
    throw badRequest("Invalid query definition: dataset aggregation can have at most 2 clauses.");
  }
  if (query.timeframe === "Custom" && !query.timePeriod) {
    throw badRequest("Invalid query definition: timePeriod is required when timeframe is Custom.");
  }
  return query;
}

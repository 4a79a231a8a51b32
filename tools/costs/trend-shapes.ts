import { z } from "zod";
import { CostDimension, costEnvelope, Day, Decimal, Money } from "./cost-shapes.ts";

const granularities = ["daily", "weekly", "monthly"] as const;
export const Granularity = z.enum(granularities);
export type Granularity = z.infer<typeof Granularity>;

export const TrendPoint = z.object({
  /** First day with data asked for; weeks begin on Monday. */
  start: Day,
  /** Day after the last (exclusive). */
  end: Day,
  amount: Money,
  isPartial: z.boolean().describe("The week or month is cut by the period or by the end of the data"),
});
export type TrendPoint = z.infer<typeof TrendPoint>;

/** Points of all series have the same days; days without cost are 0, days without data are left out. */
export const CostTrend = z.object({
  ...costEnvelope,
  granularity: Granularity,
  groupBy: CostDimension.nullable(),
  tagKey: z.string().nullable(),
  /** Per currency: one named "total", or the dearest groups and "other"; together they are the total. */
  series: z.array(
    z.object({ key: z.string(), label: z.string(), total: Money, points: z.array(TrendPoint) }),
  ),
  /** Per currency over all series. Change is from the first whole point to the last whole one. */
  statistics: z.array(
    z.object({
      currency: z.string(),
      average: Money.describe("Mean of the whole points, rounded to 4 decimals"),
      highest: TrendPoint,
      lowest: TrendPoint,
      first: TrendPoint,
      last: TrendPoint,
      change: Money,
      changePercent: Decimal.nullable(),
    }),
  ),
});
export type CostTrend = z.infer<typeof CostTrend>;

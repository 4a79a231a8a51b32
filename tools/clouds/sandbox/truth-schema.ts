import { z } from "zod";

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

/**
 * What was planted in an estate: the answer key for tests and evals. It records the planting, never what a rule
 * found. Amounts are in the tenant's currency; days are UTC, periods half-open.
 */
export const Truth = z.object({
  version: z.literal(1),
  tenantId: z.string(),
  currency: z.string(),
  period: z.object({ start: Day, end: Day }).describe("Days with data: [start, end)."),
  totals: z.object({
    months: z
      .array(z.object({ month: z.string(), actual: Decimal, amortized: Decimal }))
      .describe("By month YYYY-MM; the first and last may be partial."),
    resourceCount: z.int(),
  }),
  waste: z.array(
    z.object({
      type: z.enum(["idle_vm", "unattached_disk", "unused_public_ip", "stopped_vm"]),
      resourceId: z.string(),
      since: Day,
      why: z.string(),
      dailyEffectiveCost: Decimal.describe(
        "Mean daily effective cost of the wasted charges over the days in that state that have data.",
      ),
      monthlySaving: Decimal.describe("dailyEffectiveCost x 365 / 12, rounded to 6 decimals."),
    }),
  ),
  /** Resources that look like waste and are not. */
  traps: z.array(
    z.object({
      type: z.enum(["idle_vm", "unattached_disk", "unused_public_ip"]),
      resourceId: z.string(),
      why: z.string(),
    }),
  ),
  anomalies: z.array(
    z.object({
      service: z.string(),
      resourceId: z.string().nullable(),
      region: z.string(),
      start: Day,
      end: Day,
      extraCost: Decimal.describe("Effective cost above what the days would have cost."),
      why: z.string(),
    }),
  ),
  /** Charges that grow steadily. */
  trends: z.array(
    z.object({
      service: z.string(),
      resourceId: z.string().nullable(),
      monthlyGrowthPercent: z.number(),
      why: z.string(),
    }),
  ),
  /** Resources that ran or existed for a while only. */
  changes: z.array(
    z.object({
      kind: z.enum(["deallocated", "existed"]),
      resourceId: z.string(),
      start: Day,
      end: Day,
      why: z.string(),
    }),
  ),
});
export type Truth = z.infer<typeof Truth>;

import { z } from "zod";
import { CostDimension, CostKind, Coverage, Day, Decimal, Freshness, Money, Period } from "./cost-shapes.ts";

/** One of two compared periods. Per-day amounts divide by the days with data, so that lengths do not matter. */
export const ComparedPeriod = z.object({
  period: Period,
  coverage: Coverage,
  total: z.array(Money),
  perDay: z.array(Money).describe("Total / days with data, rounded to 4 decimals"),
  rowCount: z.number().int(),
});
export type ComparedPeriod = z.infer<typeof ComparedPeriod>;

const ComparedStatus = z.enum(["increased", "decreased", "new", "gone", "unchanged"]);

/** The change of one group; percentages are of its base, null when the base is 0. */
export const ChangeRow = z.object({
  key: z.string(),
  label: z.string(),
  base: Money,
  current: Money,
  change: Money,
  changePercent: Decimal.nullable(),
  /** Change of the mean per day with data: fair where the periods differ in length. */
  perDayChangePercent: Decimal.nullable(),
  /** Of the whole change in this currency, as a ratio; can exceed 1 where others went the other way. */
  changeShare: Decimal.nullable(),
  status: ComparedStatus,
});
export type ChangeRow = z.infer<typeof ChangeRow>;

export const TotalChange = z.object({
  currency: z.string(),
  base: Money,
  current: Money,
  change: Money,
  changePercent: Decimal.nullable(),
  basePerDay: Money,
  currentPerDay: Money,
  perDayChangePercent: Decimal.nullable(),
});
export type TotalChange = z.infer<typeof TotalChange>;

/** What a comparison and an explanation have in common. The earlier period is the base. */
const comparisonEnvelope = {
  base: ComparedPeriod,
  current: ComparedPeriod,
  costKind: CostKind,
  currency: z.string().nullable().describe("The one currency of all amounts, or null when there are several"),
  isSameLength: z.boolean().describe("Both periods have data for the same number of days"),
  changes: z.array(TotalChange).describe("One per currency"),
  freshness: Freshness,
};

/** Increases, decreases and otherChange add up to the change, per currency. */
export const CostComparison = z.object({
  ...comparisonEnvelope,
  groupBy: CostDimension,
  tagKey: z.string().nullable(),
  increases: z.array(ChangeRow),
  decreases: z.array(ChangeRow),
  otherChange: z.array(Money),
  otherCount: z.number().int(),
  newCount: z.number().int(),
  goneCount: z.number().int(),
});
export type CostComparison = z.infer<typeof CostComparison>;

const patterns = [
  "new",
  "gone",
  "spike",
  "spike_before",
  "step",
  "steady_growth",
  "steady_decline",
  "spread",
] as const;

/**
 * When a change happened. spike: a few days of the current period carry it (`days`); spike_before: a few days
 * of the base did; step: another level from `firstDay` on; new, gone: from `firstDay` on there is, or is no, cost.
 */
export const ChangeTiming = z.object({
  pattern: z.enum(patterns),
  firstDay: Day.nullable(),
  days: z.array(z.object({ day: Day, amount: Money })),
});
export type ChangeTiming = z.infer<typeof ChangeTiming>;

export const Driver = ChangeRow.extend({
  dimension: CostDimension,
  timing: ChangeTiming,
  /** The resources inside it that changed most, and the rest: together they are the driver's change. */
  resources: z.array(ChangeRow),
  otherResources: z.object({ change: Money, resourceCount: z.number().int() }),
  /** The region that carries most of the change. */
  region: z
    .object({ key: z.string(), label: z.string(), change: Money, changeShare: Decimal.nullable() })
    .nullable(),
});
export type Driver = z.infer<typeof Driver>;

/** Drivers and everythingElse add up to the change exactly, per currency; so does each line of byDimension. */
export const CostExplanation = z.object({
  ...comparisonEnvelope,
  driverDimension: CostDimension,
  drivers: z.array(Driver),
  everythingElse: z.array(z.object({ change: Money, groupCount: z.number().int() })),
  byDimension: z.array(
    z.object({
      dimension: CostDimension,
      rows: z.array(ChangeRow),
      everythingElse: z.array(z.object({ change: Money, groupCount: z.number().int() })),
    }),
  ),
  /** Days of the current period, and the days of the base at the same distance from its start. */
  days: z.array(z.object({ day: Day, amount: Money, baseDay: Day.nullable(), baseAmount: Money.nullable() })),
});
export type CostExplanation = z.infer<typeof CostExplanation>;

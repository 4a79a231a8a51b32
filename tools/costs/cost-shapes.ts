import { chargeKinds } from "@cloudoptima/db/cost-schema.ts";
import { z } from "zod";

/** YYYY-MM-DD, UTC. */
export const Day = z.iso.date();

/** Half-open, UTC: start belongs, end does not. */
export const Period = z.object({ start: Day, end: Day });
export type Period = z.infer<typeof Period>;

/** Exact decimal as a string: money never passes through floating point. */
export const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

export const Money = z.object({ value: Decimal, currency: z.string().regex(/^[A-Z]{3}$/) });
export type Money = z.infer<typeof Money>;

/** effective = amortized, after discounts and commitments; billed = as invoiced; list = public price. */
export const CostKind = z.enum(["effective", "billed", "contracted", "list"]);
export type CostKind = z.infer<typeof CostKind>;

export const costDimensions = [
  "service",
  "region",
  "resource_group",
  "subscription",
  "resource",
  "provider",
  "charge_category",
  "charge_kind",
  "tag",
] as const;
/** "tag" needs `tagKey` beside it. */
export const CostDimension = z.enum(costDimensions);
export type CostDimension = z.infer<typeof CostDimension>;

/** Keeps only costs whose dimension has one of the values (case-insensitive). For a tag: `key` is the tag's name. */
export const CostFilter = z.strictObject({
  dimension: CostDimension,
  tagKey: z.string().optional(),
  values: z.array(z.string()).min(1).max(50),
  exclude: z.boolean().default(false).describe("All but these"),
});
export type CostFilter = z.infer<typeof CostFilter>;

export const Freshness = z.object({
  /** Last day with cost in the organization, or null when there is none. */
  dataUntil: Day.nullable(),
  dataFrom: Day.nullable(),
  loadedAt: z.string().nullable(),
});

/** One line of a breakdown. `share` is of the total in the same currency, a ratio 0..1 as a decimal string. */
export const CostRow = z.object({
  key: z.string(),
  label: z.string(),
  amount: Money,
  share: Decimal.nullable(),
  /** The same share in percent, so that a figure told in percent equals the field it points at. */
  sharePercent: Decimal.nullable(),
});
export type CostRow = z.infer<typeof CostRow>;

export type Freshness = z.infer<typeof Freshness>;

/** A part of a total that is no plain usage. */
export const NamedCharge = z.object({
  kind: z.enum(chargeKinds),
  label: z.string().describe("As people call it"),
  amount: Money,
});
export type NamedCharge = z.infer<typeof NamedCharge>;

/** How much of the asked days the data covers: a period may reach past the last load, or before the first. */
export const Coverage = z.object({
  isComplete: z.boolean().describe("Every day of the period lies within the loaded data"),
  periodDays: z.number().int(),
  coveredDays: z.number().int(),
  /** Last day of the period with data (inclusive), or null when it has none. */
  dataUntil: Day.nullable(),
  note: z.string().nullable().describe('What is missing, as people say it: "data until 13 Oct 2026"'),
});
export type Coverage = z.infer<typeof Coverage>;

/** What every cost output has in common. One total (and one "other") per currency: currencies are never added. */
export const costEnvelope = {
  period: Period,
  costKind: CostKind,
  currency: z.string().nullable().describe("The one currency of all amounts, or null when there are several"),
  total: z.array(Money),
  freshness: Freshness,
  coverage: Coverage,
  /** FOCUS rows behind the figures. */
  rowCount: z.number().int(),
  charges: z
    .array(NamedCharge)
    .describe(
      "What of the total is no plain usage and not zero: unused commitments, purchases, refunds, credits, tax",
    ),
};

export const CostBreakdown = z.object({
  ...costEnvelope,
  groupBy: CostDimension,
  tagKey: z.string().nullable(),
  rows: z.array(CostRow),
  /** What the top N left out, per currency. */
  other: z.array(Money),
  otherCount: z.number().int(),
});
export type CostBreakdown = z.infer<typeof CostBreakdown>;

import { z } from "zod";
import { Day, Decimal, Money, Period } from "../../costs/cost-shapes.ts";

/** Half-open days on one side of a change, and what the resource cost in them. */
const Side = z.object({ start: Day, end: Day, meanDailyCost: Money, days: z.number().int() });

/** One thing that was done to save (or several to one resource that cannot be told apart), and what it saved. */
export const RealizedChange = z.object({
  what: z.string(),
  typeLabel: z.string(),
  resource: z.object({ id: z.string(), name: z.string() }),
  doneOn: Day,
  undoneOn: Day.nullable().describe("null: it is in effect"),
  recommendationId: z.string().nullable(),
  proposalId: z.string().nullable().describe("The approved plan that did it; null: it was done elsewhere"),
  estimatedMonthlySavings: Money.nullable().describe("As expected when it was decided"),
  measuredMonthlySavings: Money.nullable().describe("null: not known, or not yet; below zero: it costs more"),
  savedSoFar: Money.nullable().describe("On the days since it was done, or those of them in the period"),
  keptPercent: Decimal.nullable().describe("Of what was expected"),
  before: Side.nullable(),
  after: Side.nullable(),
  unknownBecause: z.string().nullable(),
});
export type RealizedChange = z.infer<typeof RealizedChange>;

/** What was saved, measured against what would have been spent. One amount per currency. */
export const RealizedSavings = z.object({
  period: Period.nullable(),
  dataUntil: Day.nullable().describe("Last day with costs"),
  changeCount: z.number().int().describe("Changes done to save, that were in effect in the period"),
  measuredCount: z.number().int(),
  tooEarlyCount: z.number().int().describe("Not known, mostly because too few days have passed"),
  undoneCount: z.number().int(),
  measuredMonthlySavings: z.array(Money).describe("Of what is measured and still in effect"),
  estimatedMonthlySavings: z.array(Money).describe("What was expected of the same changes"),
  savedSoFar: z.array(Money).describe("Also by what was undone since, until then"),
  rows: z.array(RealizedChange).describe("What saves most first"),
  basis: z.string(),
});
export type RealizedSavings = z.infer<typeof RealizedSavings>;

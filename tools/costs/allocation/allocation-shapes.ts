import { z } from "zod";
import { CostDimension, costEnvelope, Decimal, Money } from "../cost-shapes.ts";

const share = {
  /** Of the total in the same currency, 0..1. */
  share: Decimal.nullable(),
  sharePercent: Decimal.nullable(),
};

export const AllocatedCost = z.object({
  ...costEnvelope,
  teamTag: z.string(),
  teams: z.array(
    z.object({
      team: z.string(),
      amount: Money,
      direct: Money.describe("By its tag, or mapped to it whole by a rule"),
      allocated: Money.describe("Its part of split cost"),
      ...share,
    }),
  ),
  otherTeams: z.array(Money).describe("What the top N left out, per currency"),
  /** Teams, other teams and unallocated add up to the total to the last digit. */
  unallocated: z.array(z.object({ amount: Money, ...share })),
  rules: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      amount: Money.describe("What it took"),
      isSplit: z.boolean().describe("false: no team to split it among, so it is unallocated"),
    }),
  ),
  rounding: z.literal("largest remainder"),
  /** Cost with and without a tag, and of which groups it is. */
  tagCoverage: z.object({
    tagKey: z.string(),
    totals: z
      .array(z.object({ tagged: Money, untagged: Money, ...share }))
      .describe("Share: the tagged part"),
    groupBy: CostDimension,
    groups: z
      .array(
        z.object({
          key: z.string(),
          label: z.string(),
          amount: Money,
          untagged: Money,
          unallocated: Money.describe("Without the team tag and taken by no rule"),
          ...share,
        }),
      )
      .describe("Those with most untagged cost; share: the tagged part"),
  }),
});
export type AllocatedCost = z.infer<typeof AllocatedCost>;

import type { StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import { sumSavings } from "./sum-savings.ts";

export const savingsPlaces = ["resource_group", "subscription", "region", "tag"] as const;
export type SavingsPlaceKind = (typeof savingsPlaces)[number];

export const SavingsByPlace = z.array(
  z.object({
    label: z.string(),
    recommendationCount: z.number().int(),
    monthlySavings: z.array(Money),
    annualSavings: z.array(Money),
  }),
);
export type SavingsByPlace = z.infer<typeof SavingsByPlace>;

interface Step {
  stored: StoredRecommendation;
  currency: string;
  monthlySavings: string;
  annualSavings: string;
}

/** What the steps of a plan save in each place or by each tag value, the most first; they add up to its total. */
export function savingsByPlace(
  steps: readonly Step[],
  by: { kind: SavingsPlaceKind; tagKey?: string },
  subscriptionNames: ReadonlyMap<string, string>,
): SavingsByPlace {
  const labelOf = ({ resourceGroup, region, subscriptionId, tags }: StoredRecommendation): string => {
    if (by.kind === "resource_group") return resourceGroup ?? "(no resource group)";
    if (by.kind === "region") return region ?? "(no region)";
    if (by.kind === "subscription") {
      return subscriptionId ? (subscriptionNames.get(subscriptionId) ?? subscriptionId) : "(no subscription)";
    }
    const wanted = by.tagKey?.toLowerCase();
    return Object.entries(tags).find(([key]) => key.toLowerCase() === wanted)?.[1] || "(untagged)";
  };
  const places = [...Map.groupBy(steps, ({ stored }) => labelOf(stored))].map(([label, own]) => {
    const sums = sumSavings(own);
    return {
      label,
      recommendationCount: own.length,
      monthlySavings: sums.map(({ currency, monthly }) => ({ value: monthly, currency })),
      annualSavings: sums.map(({ currency, annual }) => ({ value: annual, currency })),
    };
  });
  const most = ({ monthlySavings }: SavingsByPlace[number]) => Number(monthlySavings[0]?.value ?? 0);
  return places.sort((a, b) => most(b) - most(a) || (a.label < b.label ? -1 : 1));
}

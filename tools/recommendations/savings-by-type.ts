import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import { typeLabel } from "./recommendation-output.ts";
import { sumSavings } from "./sum-savings.ts";

export const SavingsByType = z.array(
  z.object({
    type: z.string(),
    typeLabel: z.string(),
    recommendationCount: z.number().int(),
    monthlySavings: z.array(Money),
    annualSavings: z.array(Money),
  }),
);
export type SavingsByType = z.infer<typeof SavingsByType>;

/** What the recommendations of each type save, in the order in which the types come. */
export function savingsByType(
  items: readonly ({ type: string } & Parameters<typeof sumSavings>[0][number])[],
): SavingsByType {
  return [...Map.groupBy(items, ({ type }) => type)].map(([type, own]) => {
    const sums = sumSavings(own);
    return {
      type,
      typeLabel: typeLabel(type),
      recommendationCount: own.length,
      monthlySavings: sums.map(({ currency, monthly }) => ({ value: monthly, currency })),
      annualSavings: sums.map(({ currency, annual }) => ({ value: annual, currency })),
    };
  });
}

import { decimal, type ExactDecimal } from "../kernel/money.ts";

export interface SavingsSum {
  currency: string;
  monthly: string;
  annual: string;
}

/** Sums per currency, largest first. Only what can be done together may be summed (`planSavings`). */
export function sumSavings(
  items: readonly {
    currency: string | null;
    monthlySavings: string | null;
    annualSavings: string | null;
  }[],
): SavingsSum[] {
  const sums = new Map<string, { monthly: ExactDecimal; annual: ExactDecimal }>();
  for (const { currency, monthlySavings, annualSavings } of items) {
    if (currency === null || monthlySavings === null) continue;
    const sum = sums.get(currency) ?? { monthly: decimal(0), annual: decimal(0) };
    sums.set(currency, {
      monthly: sum.monthly.plus(monthlySavings),
      annual: sum.annual.plus(annualSavings ?? "0"),
    });
  }
  return [...sums]
    .sort(([, a], [, b]) => b.monthly.comparedTo(a.monthly))
    .map(([currency, { monthly, annual }]) => ({
      currency,
      monthly: monthly.toFixed(),
      annual: annual.toFixed(),
    }));
}

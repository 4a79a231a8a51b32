import type { Money } from "../costs/cost-shapes.ts";
import { decimal, type ExactDecimal } from "../kernel/money.ts";

/** One exact sum per currency, largest first; what is null adds nothing. */
export function addMoney(amounts: readonly (Money | null)[]): Money[] {
  const sums = new Map<string, ExactDecimal>();
  for (const amount of amounts) {
    if (amount) sums.set(amount.currency, (sums.get(amount.currency) ?? decimal(0)).plus(amount.value));
  }
  return [...sums]
    .toSorted(([, left], [, right]) => right.comparedTo(left))
    .map(([currency, sum]) => ({ value: sum.toFixed(), currency }));
}

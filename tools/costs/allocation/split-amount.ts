import { decimal, type ExactDecimal } from "../../kernel/money.ts";

export interface Weight {
  team: string;
  /** Not negative. */
  weight: ExactDecimal;
}

/** Decimals of a part at least; an amount with more keeps its own. */
const DECIMALS = 6;

/**
 * Splits an amount by weights so that the parts add up to it to the last digit: each part is cut off at the
 * amount's own decimals (six at least), and the units that are left go one each to the largest remainders (the
 * largest remainder method), the first by name where they are equal. Null when no weight is above zero.
 */
export function splitAmount(
  amount: ExactDecimal,
  weights: readonly Weight[],
): Map<string, ExactDecimal> | null {
  const whole = weights.reduce((sum, { weight }) => sum.plus(weight), decimal(0));
  if (!whole.greaterThan(0)) return null;
  const decimals = Math.max(DECIMALS, amount.decimalPlaces());
  const unit = decimal(10)
    .pow(-decimals)
    .times(amount.isNegative() ? -1 : 1);
  const parts = weights
    .filter(({ weight }) => weight.greaterThan(0))
    .map(({ team, weight }) => {
      const exact = amount.times(weight).dividedBy(whole);
      const part = exact.toDecimalPlaces(decimals, 1); // towards zero
      return { team, part, remainder: exact.minus(part).abs() };
    });
  let left = amount.minus(parts.reduce((sum, { part }) => sum.plus(part), decimal(0)));
  const byRemainder = parts.toSorted(
    (one, other) => other.remainder.comparedTo(one.remainder) || (one.team < other.team ? -1 : 1),
  );
  for (let index = 0; !left.isZero(); index = (index + 1) % byRemainder.length) {
    const step = left.isNegative() === unit.isNegative() ? unit : unit.negated();
    byRemainder[index]!.part = byRemainder[index]!.part.plus(step);
    left = left.minus(step);
  }
  return new Map(parts.map(({ team, part }) => [team, part]));
}

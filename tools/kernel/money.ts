import { Decimal } from "decimal.js";

// 60 significant digits: sums of costs with 11 decimals stay exact far beyond any estate's size.
const Exact = Decimal.clone({ precision: 60, toExpNeg: -60, toExpPos: 60 });

export type ExactDecimal = Decimal;

/** An exact decimal from a decimal string. Never from a float that was computed. */
export function decimal(value: string | number | Decimal): Decimal {
  return new Exact(value);
}

export function sumDecimals(values: Iterable<string>): Decimal {
  let sum = decimal(0);
  for (const value of values) sum = sum.plus(value);
  return sum;
}

/** part / whole as a decimal string with 6 decimals, or null when the whole is zero. */
export function ratio(part: Decimal.Value, whole: Decimal.Value): string | null {
  const divisor = new Exact(whole);
  return divisor.isZero() ? null : new Exact(part).dividedBy(divisor).toDecimalPlaces(6).toString();
}

import { decimal } from "../kernel/money.ts";

/**
 * Change in percent of `from` ("4.1" is 4.1 %), rounded to 6 decimals; null where `from` is zero or a net credit,
 * of which a percentage would mislead.
 */
export function percentChange(from: string, to: string): string | null {
  const base = decimal(from);
  if (base.lte(0)) return null;
  return decimal(to).minus(base).dividedBy(base).times(100).toDecimalPlaces(6).toFixed();
}

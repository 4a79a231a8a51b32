import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { hoursPerMonth } from "../prices/price.ts";

/** What a number of reserved units does, had it been bought for the hours that were looked at. */
export interface UnitPlan {
  units: number;
  /** Unit hours that would have been used, of those bought. */
  usedHours: number;
  boughtHours: number;
  /** On-demand cost displaced − price, a month of 730 hours; below zero where too many are bought. */
  monthlySavings: ExactDecimal;
}

/** Prices of one normalized unit for an hour, in one currency. */
export interface UnitPrices {
  onDemand: ExactDecimal;
  reserved: ExactDecimal;
}

/** Hours in which the n-th unit is used, where `unitsByHour` run; a part of a unit counts as that part. */
function usedHoursOf(unitsByHour: Float64Array, nth: number): number {
  let used = 0;
  for (const units of unitsByHour) used += Math.min(1, Math.max(0, units - nth + 1));
  return used;
}

/** What exactly `units` would have done. */
export function planOf(unitsByHour: Float64Array, prices: UnitPrices, units: number): UnitPlan {
  let usedHours = 0;
  for (const running of unitsByHour) usedHours += Math.min(units, running);
  const boughtHours = units * unitsByHour.length;
  const saved = prices.onDemand.times(usedHours).minus(prices.reserved.times(boughtHours));
  return {
    units,
    usedHours,
    boughtHours,
    monthlySavings:
      unitsByHour.length === 0 ? decimal(0) : saved.times(hoursPerMonth).dividedBy(unitsByHour.length),
  };
}

/**
 * The best number of units: each one whose share of used hours exceeds reserved ÷ on-demand price (1 − discount).
 * The n-th unit is never used more than the one before, so that the first which does not pay is the last looked at
 * and no other number saves more.
 */
export function bestPlan(unitsByHour: Float64Array, prices: UnitPrices): UnitPlan {
  const price = prices.reserved.times(unitsByHour.length);
  let units = 0;
  while (
    unitsByHour.length > 0 &&
    prices.onDemand.times(usedHoursOf(unitsByHour, units + 1)).greaterThan(price)
  ) {
    units++;
  }
  return planOf(unitsByHour, prices, units);
}

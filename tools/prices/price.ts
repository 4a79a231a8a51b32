import { decimal, type ExactDecimal } from "../kernel/money.ts";

/** What one price is of. A unit is part of the price's type, so that an hour is never added to a month. */
export type PriceUnit =
  | "hour"
  | "day"
  /** 730 hours, as Azure counts a month. */
  | "month"
  | "vcore_hour"
  | "gib"
  | "gib_month"
  | "ten_thousand_operations";

/** A list price before the organization's own discounts: exact decimal string, with its currency and unit. */
export interface Price<Unit extends PriceUnit = PriceUnit> {
  value: string;
  currency: string;
  unit: Unit;
}

/** Hours of a month: 8,760 hours of a year / 12, as Azure's price pages count. */
export const hoursPerMonth = 730;
/** Hours of a reservation's or savings plan's year; a leap day changes no price. */
export const hoursPerYear = 8760;

const monthsFactor = {
  hour: [hoursPerMonth, 1],
  day: [365, 12],
  month: [1, 1],
  vcore_hour: [hoursPerMonth, 1],
} as const;

/** What running a whole month costs, in the price's currency; `units` for several (vCores, instances). */
export function monthlyCost(
  price: Price<"hour" | "day" | "month" | "vcore_hour">,
  units: number | string = 1,
): ExactDecimal {
  const [times, dividedBy] = monthsFactor[price.unit];
  return decimal(price.value).times(times).dividedBy(dividedBy).times(units);
}

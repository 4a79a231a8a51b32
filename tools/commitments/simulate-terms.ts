import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { hoursPerMonth } from "../prices/price.ts";
import { bestPlan, planOf, type UnitPlan } from "../recommendations/commitment-units.ts";
import type { FleetHours } from "../recommendations/fleet-hours.ts";

/** A number of units for a term, had it been bought for the hours that were looked at. Money is of a month of 730 h. */
export interface TermOption {
  units: number;
  /** Used ÷ bought unit hours, 0 to 1. */
  usedShare: ExactDecimal;
  monthlySavings: ExactDecimal;
  monthlyPrice: ExactDecimal;
  /** The whole term's price at once. */
  upfrontEquivalent: ExactDecimal;
  /** Month of the term by whose end the on-demand cost displaced comes to the whole price. */
  breakEvenMonth: number;
}

/** One term by itself: terms are alternatives and never added. */
export interface SimulatedTerm {
  years: 1 | 3;
  /** Null: no unit runs often enough to pay. */
  best: TermOption | null;
  cautious: TermOption | null;
  /** Share of hours in which a unit has to be used to pay: its price ÷ on-demand price. */
  breakEvenUse: ExactDecimal | null;
}

/** Of the best number of units, what the cautious option buys (RULES.md). */
const cautiousShare = 0.7;

/** The best number of units and a cautious one, for a price of a unit and hour. */
export function simulateTerm(
  { unitsByHour, onDemand }: FleetHours,
  years: 1 | 3,
  price: ExactDecimal,
): SimulatedTerm {
  const prices = { onDemand, reserved: price };
  const best = bestPlan(unitsByHour, prices);
  const cautious = planOf(unitsByHour, prices, Math.floor(best.units * cautiousShare));
  const option = (plan: UnitPlan): TermOption | null => {
    if (plan.units === 0) return null;
    const monthlyPrice = price.times(plan.units).times(hoursPerMonth);
    const upfrontEquivalent = monthlyPrice.times(12 * years);
    return {
      units: plan.units,
      usedShare: decimal(plan.usedHours).dividedBy(plan.boughtHours),
      monthlySavings: plan.monthlySavings,
      monthlyPrice,
      upfrontEquivalent,
      breakEvenMonth: upfrontEquivalent.dividedBy(plan.monthlySavings.plus(monthlyPrice)).ceil().toNumber(),
    };
  };
  return {
    years,
    best: option(best),
    cautious: option(cautious),
    breakEvenUse: onDemand.isZero() ? null : price.dividedBy(onDemand),
  };
}

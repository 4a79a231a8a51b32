import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { type CostComponent, costComponent } from "./cost-component.ts";
import type { Effect, Evidence } from "./finding.ts";
import { cents, type DayCost, netRate } from "./net-rate.ts";

/** What a change saves, and how that was computed; the monthly figure is what its effects come to. */
export interface Savings {
  currency: string | null;
  /** Decimal strings rounded down to cents; null when the data cannot tell. */
  monthlySavings: string | null;
  annualSavings: string | null;
  basis: string;
  effects: Effect[];
  evidence: Evidence[];
  doubts: string[];
  /** Share of the cost that a reservation or savings plan pays, 0 to 1. */
  coveredShare: number;
}

const rateBasis = "Mean daily effective cost of the days in this state × 365/12 a month";

/** What ends with all of these costs, by component (`netRate`). */
export function savingsOfEnding(
  resourceId: string,
  costs: readonly DayCost[],
  window: { start: string; end: string },
): Savings {
  return savingsOfScaling(resourceId, costs, window, () => 0, "");
}

/**
 * What is saved where each component costs only a share of what it did. The share is of list prices (target ÷
 * today), taken off the organization's own rate: its discount is assumed to stay the same within the family.
 */
export function savingsOfScaling(
  resourceId: string,
  costs: readonly DayCost[],
  window: { start: string; end: string },
  remaining: (component: CostComponent) => ExactDecimal | number,
  how: string,
): Savings {
  const rate = netRate(costs, window.start, window.end);
  const effects: Effect[] = [];
  let monthly = decimal(0);
  let annual = decimal(0);
  if (rate.currency !== null) {
    for (const [component, own] of Map.groupBy(costs, (cost) => costComponent(cost.service))) {
      const { meanDaily } = netRate(own, window.start, window.end);
      const share = decimal(remaining(component));
      if (meanDaily.isZero() || share.equals(1)) continue;
      const ends = meanDaily.times(decimal(1).minus(share));
      monthly = monthly.plus(ends.times(365).dividedBy(12));
      annual = annual.plus(ends.times(365));
      effects.push({
        resourceId,
        component,
        monthlyCost: meanDaily.times(365).dividedBy(12).toDecimalPlaces(6, 1).toFixed(),
        change: { kind: "share", remaining: share.toDecimalPlaces(6).toFixed() },
      });
    }
  }
  return {
    currency: rate.currency,
    monthlySavings: rate.currency === null ? null : cents(monthly),
    annualSavings: rate.currency === null ? null : cents(annual),
    basis: `${rateBasis}${how ? `, ${how}` : ""}. What a reservation or savings plan pays is not counted.`,
    effects,
    evidence: rate.evidence,
    doubts: rate.doubts,
    coveredShare: rate.coveredShare,
  };
}

/** Nothing is saved in money; the reason to act is another. */
export function noSavings(currency: string | null): Savings {
  return {
    currency,
    monthlySavings: currency === null ? null : "0",
    annualSavings: currency === null ? null : "0",
    basis: "It costs nothing by itself.",
    effects: [],
    evidence: [],
    doubts: [],
    coveredShare: 0,
  };
}

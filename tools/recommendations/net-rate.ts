import { decimal, type ExactDecimal } from "../kernel/money.ts";
import type { Evidence } from "./finding.ts";

/** One day's usage cost of one resource and service. */
export interface DayCost {
  day: string;
  service: string;
  currency: string;
  effective: string;
  billed: string;
}

export interface NetRate {
  /** null when the data cannot tell. */
  currency: string | null;
  /** Exact; what nothing already committed pays. */
  meanDaily: ExactDecimal;
  /** Days the mean is of. */
  days: number;
  /** Share of the effective cost that a reservation or savings plan pays, 0 to 1. */
  coveredShare: number;
  evidence: Evidence[];
  /** Reasons against trusting the figure. */
  doubts: string[];
}

/** Fewer days in the state say little about a month (RULES.md, "Savings"). */
export const enoughDays = 14;

/**
 * What ends when a resource's cost ends, at the organization's own rate: mean daily effective cost of the
 * days in [start, end) x 365/12 a month, x 365 a year (RULES.md, "Savings"). A day without a row cost nothing.
 * What a reservation or savings plan pays (effective above billed) saves nothing by itself: the commitment is
 * owed until it ends, whoever uses it.
 */
export function netRate(costs: readonly DayCost[], start: string, end: string): NetRate {
  const days = Math.max(0, Temporal.PlainDate.from(start).until(end, { largestUnit: "day" }).days);
  const inside = costs.filter((cost) => cost.day >= start && cost.day < end);
  const currencies = [...new Set(inside.map((cost) => cost.currency))];
  if (days === 0 || currencies.length !== 1) {
    const doubt =
      currencies.length > 1 ? "Its cost is in several currencies." : "No cost of these days is loaded.";
    const nothing = {
      currency: null,
      meanDaily: decimal(0),
      coveredShare: 0,
      evidence: [],
    };
    return { ...nothing, days, doubts: [doubt] };
  }
  const currency = currencies[0]!;
  let effective = decimal(0);
  let ends = decimal(0);
  for (const cost of inside) {
    effective = effective.plus(cost.effective);
    ends = ends.plus(lower(decimal(cost.effective), decimal(cost.billed)));
  }
  const covered = effective.minus(ends);
  const mean = ends.isNegative() ? decimal(0) : ends.dividedBy(days);
  const window = { start, end };
  const evidence: Evidence[] = [
    { label: "Effective cost of these days", value: effective.toFixed(), unit: currency, window },
    {
      label: "Mean daily cost that would end",
      value: mean.toDecimalPlaces(6, 1).toFixed(),
      unit: currency,
      window,
    },
    { label: "Days in this state with cost data", value: String(days), unit: "days", window },
  ];
  if (covered.isPositive() && !covered.isZero()) {
    evidence.push({
      label: "Paid by a reservation or savings plan, not saved by stopping",
      value: covered.toFixed(),
      unit: currency,
      window,
    });
  }
  return {
    currency,
    meanDaily: mean,
    days,
    coveredShare: effective.isZero() ? 0 : covered.dividedBy(effective).toNumber(),
    evidence,
    doubts: days < enoughDays ? [`Only ${days} days in this state have cost data.`] : [],
  };
}

const lower = (a: ExactDecimal, b: ExactDecimal) => (a.lessThan(b) ? a : b);

/** Decimal string with cents, down, so that a saving is never larger than the cost it comes from. */
export const cents = (amount: ExactDecimal) => amount.toDecimalPlaces(2, 1).toFixed();

/** High from 100 a month, medium from 20, in the cost's currency. */
export function impactOf(monthlySavings: string | null): "high" | "medium" | "low" {
  const amount = Number(monthlySavings ?? 0);
  return amount >= 100 ? "high" : amount >= 20 ? "medium" : "low";
}

import { addDays } from "../../costs/coverage.ts";
import { decimal } from "../../kernel/money.ts";
import type { DayCost } from "../net-rate.ts";
import { daysBefore, earliest, measureChange } from "../realized/measure-change.ts";
import type { KnownFacts } from "./known-facts.ts";

/** What a resource cost around a decision, as far as costs reach. */
export interface CostsAround {
  costs: readonly DayCost[];
  /** Day after the last day with costs of its subscription. */
  until: string;
}

/** Days before and after a decision that are looked at: what comes later has other reasons too. */
export const daysAround = daysBefore;

/**
 * Which share of the expected saving a change has kept, 0 to 1, by the daily cost of its resource before and after it
 * (the day itself is neither). Null until both sides have two weeks: then nothing is known but that it was done.
 * `moment`: what comes on that day or later is not known yet.
 */
export function keptShare(
  { monthlySavings, currency }: KnownFacts,
  decidedOn: string,
  { costs, until }: CostsAround,
  moment: string | null,
): number | null {
  const expected = decimal(monthlySavings ?? "0");
  if (!expected.greaterThan(0)) return null;
  const sides = measureChange(costs, {
    firstOn: decidedOn,
    lastOn: decidedOn,
    until: earliest(until, moment ?? until, addDays(decidedOn, daysAround + 1)),
  });
  if ("unknown" in sides || sides.currency !== currency) return null;
  const saved = sides.savedDaily.times(365).dividedBy(12);
  return Math.min(1, Math.max(0, saved.dividedBy(expected).toNumber()));
}

import { decimal } from "../../kernel/money.ts";
import { type DayCost, enoughDays, netRate } from "../net-rate.ts";
import type { KnownFacts } from "./known-facts.ts";

/** What a resource cost around a decision, as far as costs reach. */
export interface CostsAround {
  costs: readonly DayCost[];
  /** Day after the last day with costs of its subscription. */
  until: string;
}

/** Days before and after a decision that are looked at. */
export const daysAround = 30;

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
  const day = Temporal.PlainDate.from(decidedOn);
  const known = [until, moment ?? until, day.add({ days: daysAround + 1 }).toString()].sort()[0]!;
  const first = costs.map((one) => one.day).sort()[0] ?? decidedOn;
  const earliest = day.subtract({ days: daysAround }).toString();
  const before = netRate(costs, first > earliest ? first : earliest, decidedOn);
  const after = netRate(costs, day.add({ days: 1 }).toString(), known);
  if (before.days < enoughDays || after.days < enoughDays || before.currency !== currency) return null;
  const saved = before.meanDaily.minus(after.meanDaily).times(365).dividedBy(12);
  return Math.min(1, Math.max(0, saved.dividedBy(expected).toNumber()));
}

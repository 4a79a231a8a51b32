import { addDays } from "../../costs/coverage.ts";
import type { ExactDecimal } from "../../kernel/money.ts";
import { type DayCost, enoughDays, type NetRate, netRate } from "../net-rate.ts";

/** Longest span before a change that is looked at: long enough for a rhythm, short enough for the rates of then. */
export const daysBefore = 30;

/** Half-open days. */
export interface Span {
  start: string;
  end: string;
}

/** What a resource cost a day before and after something was done to it. */
export interface Sides {
  currency: string;
  before: Span & { rate: NetRate };
  after: Span & { rate: NetRate };
  /** What a day costs less than before; below zero, it costs more. */
  savedDaily: ExactDecimal;
}

/** A change that may have taken several days, and what bounds the days that may be compared. */
export interface ChangeDays {
  firstOn: string;
  lastOn: string;
  /** No day before this one counts: something else was done until then. */
  notBefore?: string;
  /** Day after the last one that counts: costs end, or something else was done. */
  until: string;
}

/**
 * The daily cost of a resource before and after a change (its own days are neither), at the organization's own rate
 * and without what commitments pay. A sentence instead where that cannot be told, or not yet: each side needs two
 * weeks. A day without a row cost nothing.
 */
export function measureChange(costs: readonly DayCost[], days: ChangeDays): Sides | { unknown: string } {
  const firstCost = costs.map(({ day }) => day).sort()[0];
  if (firstCost === undefined) return { unknown: "The data has no cost of its own for it." };
  const before = {
    start: latest(addDays(days.firstOn, -daysBefore), firstCost, days.notBefore ?? ""),
    end: days.firstOn,
  };
  const after = { start: addDays(days.lastOn, 1), end: days.until };
  const inside = costs.filter(({ day }) => isIn(day, before) || isIn(day, after));
  const [currency, ...others] = new Set(inside.map((cost) => cost.currency));
  if (others.length > 0) return { unknown: "Its cost is in several currencies." };
  const sides = [before, after].map((span) => ({ ...span, rate: netRate(costs, span.start, span.end) }));
  const [one, other] = sides as [Sides["before"], Sides["after"]];
  if (one.rate.days < enoughDays || currency === undefined) {
    return { unknown: `Only ${one.rate.days} of the ${enoughDays} days needed before it have cost data.` };
  }
  if (other.rate.days < enoughDays) {
    return { unknown: `Only ${other.rate.days} of the ${enoughDays} days needed after it have cost data.` };
  }
  return {
    currency,
    before: one,
    after: other,
    savedDaily: one.rate.meanDaily.minus(other.rate.meanDaily),
  };
}

/** What was saved on some of the days after: what they would have cost as before, less what they did. */
export function savedIn(sides: Sides, costs: readonly DayCost[], { start, end }: Span): ExactDecimal | null {
  const span = { start: latest(start, sides.after.start), end: earliest(end, sides.after.end) };
  if (span.start >= span.end) return null;
  const { meanDaily, days } = netRate(costs, span.start, span.end);
  return sides.before.rate.meanDaily.minus(meanDaily).times(days);
}

export const latest = (...days: readonly string[]) => days.reduce((a, b) => (a > b ? a : b));
export const earliest = (...days: readonly string[]) => days.reduce((a, b) => (a < b ? a : b));

const isIn = (day: string, { start, end }: Span) => day >= start && day < end;

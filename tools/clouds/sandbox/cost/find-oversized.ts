import { dayNumber } from "../tenant/days.ts";
import type { Contradiction } from "../tenant/find-contradiction.ts";
import { shown } from "../tenant/find-contradiction.ts";
import type { Charge, Tenant } from "../tenant/tenant-schema.ts";
import { toMicros } from "./micros.ts";

/**
 * The first charge that may come to more on a day from `first` to `last` (day numbers) than can be added up exactly,
 * nine billion; growth that goes on for years gets there without any number of the file looking wrong.
 */
export function findOversized(
  tenant: Pick<Tenant, "charges">,
  first: number,
  last: number,
): Contradiction | undefined {
  for (const [index, charge] of tenant.charges.entries()) {
    const most = mostOf(charge, first, last);
    if (most <= Number.MAX_SAFE_INTEGER) continue;
    return {
      at: `charges.${index} (${shown(charge.id)}).amount`,
      what: "it may come to more than 9,000,000,000 on a day",
      hint: "Lower its amount, growth or factors, or begin its growth later.",
    };
  }
  return undefined;
}

/** A bound in micros of what a charge comes to on any of the days. */
function mostOf({ amount, events }: Charge, first: number, last: number): number {
  const factor = largestFactor(events);
  if (amount.kind !== "rhythm") return factor === 1 ? 0 : largest(amount) * factor;
  const monthly = 1 + amount.monthlyGrowthPercent / 100;
  const growthAt = (day: number) => monthly ** ((day - dayNumber(amount.growthFrom)) / 30);
  // It grows or shrinks all the way.
  const growth = Math.max(growthAt(first), growthAt(last));
  return (
    Math.abs(toMicros(amount.daily)) *
    Math.max(...amount.weekday) *
    growth *
    (1 + amount.noisePercent / 100) *
    Math.max(1, amount.monthEndFactor) *
    factor
  );
}

/** Micros of the largest amount that is written down; the schema keeps each alone far below the limit. */
function largest(amount: Exclude<Charge["amount"], { kind: "rhythm" }>): number {
  const written =
    amount.kind === "series" ? amount.amounts : [amount.kind === "monthly" ? amount.amount : amount.daily];
  return written.reduce((most, text) => Math.max(most, Math.abs(toMicros(text))), 0);
}

/** What events that overlap come to together; most follow one another, and where one begins the product is largest. */
function largestFactor(events: Charge["events"]): number {
  return events.reduce((most, { from }) => {
    const active = events.filter((other) => other.factor > 1 && other.from <= from && from < other.to);
    return Math.max(
      most,
      active.reduce((product, other) => product * other.factor, 1),
    );
  }, 1);
}

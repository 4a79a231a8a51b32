import type { DatedCost } from "@cloudoptima/db/queries/commitments.ts";
import type { Period } from "../costs/cost-shapes.ts";
import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { costComponent } from "../recommendations/cost-component.ts";
import type { HourlyUsage } from "../recommendations/hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "../recommendations/judged-resource.ts";
import { isLicenceInCompute } from "../recommendations/machine-price.ts";
import { isBilledAlways, measuredHours } from "../recommendations/running-hours.ts";
import { readMachine } from "../recommendations/virtual-machine.ts";

/** What is known of the list cost of a machine's compute in one currency. */
export interface DerivedList {
  currency: string;
  /** Effective cost that `list` is the list cost of, and what of it commitments pay. */
  effective: ExactDecimal;
  paid: ExactDecimal;
  list: ExactDecimal;
  /** Effective cost on spot: no commitment can pay it. */
  spot: ExactDecimal;
}

/** Rounding of the bill; above it the machine was larger, or ran longer, than is known. */
const mostOfList = 1.02;
/** Nobody gets more off: without a commitment, and with one of three years. Below it was smaller or ran less. */
const leastOfList = { onDemand: 0.55, committed: 0.2 } as const;
const hourMs = 3_600_000;

/**
 * List cost of a machine's compute on the days of a period that came without one: today's retail price of its size
 * x 24, on days that it ran throughout, by its metrics or by a bill that is the same each day. Days on which it ran in
 * part, before its last change of size, or whose bill does not fit that price are left unknown: nothing is guessed.
 */
export function deriveListCost(
  machine: JudgedResource,
  facts: ResourceFacts,
  costs: readonly DatedCost[],
  { period, resizedAt }: { period: Period; resizedAt: string | null },
): DerivedList[] {
  const compute = costs.filter(({ service }) => costComponent(service) === "compute");
  const about = readMachine(machine, facts);
  const nothing = decimal(0);
  const byCurrency = Map.groupBy(compute, ({ currency }) => currency);
  if (about.isSpot) {
    return [...byCurrency].map(([currency, own]) => {
      const spot = own.reduce((sum, { effective }) => sum.plus(effective), nothing);
      return { currency, effective: nothing, paid: nothing, list: nothing, spot };
    });
  }
  const system = isLicenceInCompute(about, costs) ? "Windows" : "Linux";
  const price =
    about.size && machine.region
      ? facts.prices.vm(machine.region, about.size, system)?.payAsYouGo
      : undefined;
  if (!price) return [];
  const hourly = decimal(price.value);
  const whole = wholeDays(facts.usage);
  const isAlways = whole === null && isBilledAlways(compute, period, hourly);
  const list = hourly.times(24);
  return [...byCurrency].flatMap(([currency, own]) => {
    if (currency !== price.currency) return [];
    const sum = { currency, effective: nothing, paid: nothing, list: nothing, spot: nothing };
    for (const [day, charges] of Map.groupBy(own, (one) => one.day)) {
      if (resizedAt !== null && day <= resizedAt) continue;
      if (!isAlways && !whole?.has(day)) continue;
      const effective = charges.reduce((total, one) => total.plus(one.effective), nothing);
      const paid = charges.reduce((total, one) => total.plus(one.paid), nothing);
      const least = paid.isZero() ? leastOfList.onDemand : leastOfList.committed;
      if (effective.greaterThan(list.times(mostOfList)) || effective.lessThan(list.times(least))) continue;
      sum.effective = sum.effective.plus(effective);
      sum.paid = sum.paid.plus(paid);
      sum.list = sum.list.plus(list);
    }
    return sum.effective.isZero() ? [] : [sum];
  });
}

/** UTC days in all hours of which it ran; null where it was never measured. */
function wholeDays(usage: HourlyUsage): Set<string> | null {
  const ran = measuredHours(usage, usage.days);
  if (!ran) return null;
  const first = Date.parse(usage.end) - ran.length * hourMs;
  const hours = new Map<string, number>();
  for (const [index, one] of ran.entries()) {
    if (one === 0) continue;
    const day = new Date(first + index * hourMs).toISOString().slice(0, 10);
    hours.set(day, (hours.get(day) ?? 0) + 1);
  }
  return new Set([...hours].flatMap(([day, count]) => (count === 24 ? [day] : [])));
}

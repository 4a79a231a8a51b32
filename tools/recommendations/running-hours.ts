import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { type HourlyUsage, lastHours } from "./hourly-usage.ts";
import type { DayCost } from "./net-rate.ts";

/** Agents drop out for an hour or more; a machine is hardly ever off for as short a time. */
const longestGapHours = 3;
/** No organization gets more off a pay-as-you-go price than this: a lower bill is of fewer hours. */
const leastShareOfList = 0.55;

/**
 * In which of the last `days` x 24 hours a machine ran: where its processor was measured, short gaps filled.
 * 1: it ran. Null: it was never measured in them.
 */
export function measuredHours(usage: HourlyUsage, days: number): Uint8Array | null {
  const cpu = lastHours(usage, "cpu_percent/average", days);
  const ran = new Uint8Array(cpu.length);
  for (const [hour, value] of cpu.entries()) ran[hour] = Number.isNaN(value) ? 0 : 1;
  if (!ran.includes(1)) return null;
  let last = -1;
  for (let hour = 0; hour < ran.length; hour++) {
    if (ran[hour] === 0) continue;
    const gap = hour - last - 1;
    if (last >= 0 && gap > 0 && gap <= longestGapHours) ran.fill(1, last + 1, hour);
    last = hour;
  }
  // The last hour or two may not have arrived yet.
  if (last >= 0 && ran.length - 1 - last <= longestGapHours) ran.fill(1, last);
  return ran;
}

/**
 * Whether a machine without measurements was billed for whole days, each day of [start, end): the same cost every
 * day, and not less than a whole day can cost at a discount. Costs by the day tell no hours, but this much.
 */
export function isBilledAlways(
  costs: readonly DayCost[],
  { start, end }: { start: string; end: string },
  listHourly: ExactDecimal,
): boolean {
  const days = new Map<string, ExactDecimal>();
  for (const { day, effective } of costs) {
    if (day >= start && day < end) days.set(day, (days.get(day) ?? decimal(0)).plus(effective));
  }
  const count = Temporal.PlainDate.from(start).until(end, { largestUnit: "day" }).days;
  const wholeDay = listHourly.times(24);
  const amounts = [...days.values()];
  const first = amounts[0];
  return (
    count > 0 &&
    first !== undefined &&
    amounts.length === count &&
    first.greaterThanOrEqualTo(wholeDay.times(leastShareOfList)) &&
    first.lessThanOrEqualTo(wholeDay.times(1.02)) &&
    amounts.every((amount) => amount.minus(first).abs().lessThanOrEqualTo(first.times(0.02)))
  );
}

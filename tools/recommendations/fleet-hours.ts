import { decimal, type ExactDecimal } from "../kernel/money.ts";
import type { Runner } from "./reservation-runner.ts";

/** What machines of one currency run together: units in each hour, and what a unit costs on demand in an hour. */
export interface FleetHours {
  unitsByHour: Float64Array;
  /** Mean over the hours that ran, at the own rate; zero where nothing ran. */
  onDemand: ExactDecimal;
}

/** Adds machines up hour by hour; `unitsOf` weighs one while it runs, by its normalized units unless told otherwise. */
export function fleetHours(
  runners: readonly Runner[],
  hourCount: number,
  unitsOf: (runner: Runner) => number = ({ ratio }) => ratio,
): FleetHours {
  const unitsByHour = new Float64Array(hourCount);
  let unitHours = 0;
  let cost = decimal(0);
  for (const runner of runners) {
    const units = unitsOf(runner);
    let hours = 0;
    for (const [hour, one] of runner.ran.entries()) {
      unitsByHour[hour]! += one * units;
      hours += one;
    }
    unitHours += hours * units;
    cost = cost.plus(runner.onDemand.times(hours));
  }
  return { unitsByHour, onDemand: unitHours === 0 ? cost : cost.dividedBy(unitHours) };
}

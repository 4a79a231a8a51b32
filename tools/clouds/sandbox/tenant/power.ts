import { dayNumber, weekdayOf } from "./days.ts";
import type { Power } from "./tenant-schema.ts";

export type PowerState = Power["state"];
/** A change made through the API: from this hour on the plan no longer counts. */
export interface PowerChange {
  fromHour: number;
  state: PowerState;
}

/** The state in an hour (hours since 1970 UTC), by the estate's plan and the changes made since. */
export function powerStateAt(
  power: Power | undefined,
  changes: readonly PowerChange[],
  hour: number,
): PowerState {
  let state = plannedState(power, hour);
  for (const change of changes) if (hour >= change.fromHour) state = change.state;
  return state;
}

/** Share of a day for which compute is billed: running, or stopped without being deallocated. */
export function billedShareOfDay(
  power: Power | undefined,
  changes: readonly PowerChange[],
  day: number,
): number {
  if (changes.length === 0 && isAlwaysBilled(power)) return 1;
  let hours = 0;
  for (let hour = day * 24; hour < day * 24 + 24; hour++) {
    if (powerStateAt(power, changes, hour) !== "deallocated") hours++;
  }
  return hours / 24;
}

function plannedState(power: Power | undefined, hour: number): PowerState {
  if (!power) return "running";
  const day = Math.floor(hour / 24);
  if (power.state !== "running" && (power.since === undefined || day >= dayNumber(power.since))) {
    return power.state;
  }
  if (power.offPeriods.some((off) => day >= dayNumber(off.from) && day < dayNumber(off.to))) {
    return "deallocated";
  }
  if (power.officeHours) {
    const hourOfDay = hour - day * 24;
    const on = hourOfDay >= power.officeHours.from && hourOfDay < power.officeHours.to;
    return on && weekdayOf(day) < 5 ? "running" : "deallocated";
  }
  return "running";
}

function isAlwaysBilled(power: Power | undefined): boolean {
  return !power || (power.state !== "deallocated" && power.offPeriods.length === 0 && !power.officeHours);
}

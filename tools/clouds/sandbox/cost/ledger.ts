import type { Estate } from "../estate.ts";
import { dayOf } from "../tenant/days.ts";
import { billedShareOfDay } from "../tenant/power.ts";
import type { Charge } from "../tenant/tenant-schema.ts";
import { compileDailyCost, type DailyCost } from "./daily-amount.ts";

type CostType = "ActualCost" | "AmortizedCost";

/** Every cost of the estate, by charge and day; computed when asked and kept until something changes. */
export interface Ledger {
  charges: readonly Charge[];
  /** Micros of a charge on a day number. Callers clip their days to `window()`. */
  amount(charge: Charge, day: number, type: CostType): number;
  /**
   * First and last day served: `days` of history, ending yesterday by the clock. Ask it before each run of
   * amounts: it forgets what writes and the clock have changed.
   */
  window(): { first: number; last: number };
}

export function createLedger(estate: Estate): Ledger {
  const { tenant } = estate;
  const compiled = new Map<string, DailyCost>();
  // One slot a day of the window, NaN until it is asked for.
  let kept = new Map<string, Float64Array>();
  let keptFor = { version: estate.version, ...window() };

  function used(chargeId: string, day: number): number {
    const index = day - keptFor.first;
    if (day > keptFor.last || index < 0) return compute(chargeId, day);
    let days = kept.get(chargeId);
    if (!days) {
      days = new Float64Array(keptFor.last - keptFor.first + 1).fill(Number.NaN);
      kept.set(chargeId, days);
    }
    if (Number.isNaN(days[index])) days[index] = compute(chargeId, day);
    return days[index]!;
  }

  function compute(chargeId: string, day: number): number {
    const charge = estate.charge(chargeId);
    if (!charge) return 0;
    let cost = compiled.get(chargeId);
    if (!cost) {
      cost = compileDailyCost(tenant.seed, charge, used);
      compiled.set(chargeId, cost);
    }
    const micros = cost(day);
    if (micros === 0 || charge.resourceId === null) return micros;
    // Before the first write nothing but a VM's own plan takes from a day.
    if (estate.version === 0 && !charge.stopsWithVm) return micros;
    let share = 1;
    if (charge.stopsWithVm) {
      const resource = estate.everKnown(charge.resourceId);
      share = billedShareOfDay(resource?.power, estate.powerChanges(charge.resourceId), day);
    }
    share *= estate.existedShareOfDay(charge, day) * estate.priceFactorOfDay(charge, day);
    return share === 1 ? micros : Math.round(micros * share);
  }

  function window() {
    const today = dayOf(estate.now());
    return { first: today - tenant.days, last: today - 1 };
  }

  return {
    get charges() {
      return estate.charges();
    },
    window() {
      const now = window();
      if (keptFor.version !== estate.version || keptFor.first !== now.first) {
        keptFor = { version: estate.version, ...now };
        kept = new Map();
      }
      return now;
    },
    amount(charge, day, type) {
      if (charge.shownIn === "actual" && type !== "ActualCost") return 0;
      if (charge.shownIn === "amortized" && type !== "AmortizedCost") return 0;
      return used(charge.id, day);
    },
  };
}

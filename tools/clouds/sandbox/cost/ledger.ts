import type { Estate } from "../estate.ts";
import { dayOf } from "../tenant/days.ts";
import { billedShareOfDay } from "../tenant/power.ts";
import type { Charge } from "../tenant/tenant-schema.ts";
import { compileDailyCost, type DailyCost } from "./daily-amount.ts";

export type CostType = "ActualCost" | "AmortizedCost";

/** Every cost of the estate, by charge and day; computed when asked and kept until something changes. */
export interface Ledger {
  charges: readonly Charge[];
  /** Micros of a charge on a day number. Callers clip their days to `window()`. */
  amount(charge: Charge, day: number, type: CostType): number;
  /** First and last day served: `days` of history, ending yesterday by the clock. */
  window(): { first: number; last: number };
}

export function createLedger(estate: Estate): Ledger {
  const { tenant } = estate;
  const compiled = new Map<string, DailyCost>();
  const byId = new Map(tenant.charges.map((charge) => [charge.id, charge]));
  const kept = new Map<string, Map<number, number>>();
  let keptVersion = estate.version;

  function used(chargeId: string, day: number): number {
    if (keptVersion !== estate.version) {
      kept.clear();
      keptVersion = estate.version;
    }
    let days = kept.get(chargeId);
    if (!days) {
      days = new Map();
      kept.set(chargeId, days);
    }
    let micros = days.get(day);
    if (micros === undefined) {
      micros = compute(chargeId, day);
      days.set(day, micros);
    }
    return micros;
  }

  function compute(chargeId: string, day: number): number {
    const charge = byId.get(chargeId);
    if (!charge) return 0;
    let cost = compiled.get(chargeId);
    if (!cost) {
      cost = compileDailyCost(tenant.seed, charge, used);
      compiled.set(chargeId, cost);
    }
    const micros = cost(day);
    if (micros === 0 || charge.resourceId === null) return micros;
    let share = 1;
    if (charge.stopsWithVm) {
      const resource = estate.everKnown(charge.resourceId);
      share = billedShareOfDay(resource?.power, estate.powerChanges(charge.resourceId), day);
    }
    const deletedFrom = estate.deletedFromHour(charge.resourceId);
    if (deletedFrom !== undefined) {
      share *= Math.min(1, Math.max(0, (deletedFrom - day * 24) / 24));
    }
    return share === 1 ? micros : Math.round(micros * share);
  }

  function window() {
    const today = dayOf(estate.now());
    return { first: today - tenant.days, last: today - 1 };
  }

  return {
    charges: tenant.charges,
    window,
    amount(charge, day, type) {
      if (charge.shownIn === "actual" && type !== "ActualCost") return 0;
      if (charge.shownIn === "amortized" && type !== "AmortizedCost") return 0;
      return used(charge.id, day);
    },
  };
}

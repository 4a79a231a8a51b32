import { dayNumber, monthStart, weekdayOf } from "../tenant/days.ts";
import { hashOf, randomAt } from "../tenant/random.ts";
import type { Charge } from "../tenant/tenant-schema.ts";
import { toMicros } from "./micros.ts";

/** What a charge costs on a day number, in micros, before power and deletion are looked at. */
export type DailyCost = (day: number) => number;

/** Compiles a charge's daily amount; a remainder asks `amountOf` for the charges it completes. */
export function compileDailyCost(
  seed: string,
  charge: Charge,
  amountOf: (chargeId: string, day: number) => number,
): DailyCost {
  const from = charge.from === undefined ? -Infinity : dayNumber(charge.from);
  const to = charge.to === undefined ? Infinity : dayNumber(charge.to);
  const base = compileAmount(seed, charge, amountOf);
  const events = charge.events.map((event) => ({
    from: dayNumber(event.from),
    to: dayNumber(event.to),
    factor: event.factor,
  }));
  return (day) => {
    if (day < from || day >= to) return 0;
    let micros = base(day);
    for (const event of events) {
      if (day >= event.from && day < event.to) micros = Math.round(micros * event.factor);
    }
    return micros;
  };
}

function compileAmount(
  seed: string,
  charge: Charge,
  amountOf: (chargeId: string, day: number) => number,
): DailyCost {
  const { amount } = charge;
  switch (amount.kind) {
    case "fixed": {
      const micros = toMicros(amount.daily);
      return () => micros;
    }
    case "monthly": {
      const micros = toMicros(amount.amount);
      return (day) => (day - monthStart(day) + 1 === amount.dayOfMonth ? micros : 0);
    }
    case "series": {
      const first = dayNumber(amount.from);
      const micros = amount.amounts.map(toMicros);
      return (day) => micros[day - first] ?? 0;
    }
    case "remainder": {
      const micros = toMicros(amount.daily);
      return (day) => micros - amount.of.reduce((sum, id) => sum + amountOf(id, day), 0);
    }
    case "rhythm": {
      const micros = toMicros(amount.daily);
      const growthFrom = dayNumber(amount.growthFrom);
      const monthlyGrowth = 1 + amount.monthlyGrowthPercent / 100;
      const noise = amount.noisePercent / 100;
      const noiseKey = hashOf(`${seed}/${charge.id}`);
      return (day) => {
        const growth = monthlyGrowth ** ((day - growthFrom) / 30);
        const spread = 1 + noise * (2 * randomAt(noiseKey, day) - 1);
        const closing =
          amount.monthEndFactor !== 1 && monthStart(day, 1) - day <= 2 ? amount.monthEndFactor : 1;
        return Math.round(micros * amount.weekday[weekdayOf(day)]! * growth * spread * closing);
      };
    }
  }
}

import { randomInteger } from "../tenant/random.ts";
import type { Charge } from "../tenant/tenant-schema.ts";
import type { Builder } from "./builder.ts";

/** Plants a spike in one month of each quarter, on days drawn from the seed, never from today's date. */
export function plantMonthlyAnomaly(
  builder: Builder,
  charge: Charge,
  spec: { monthOfQuarter: 1 | 2 | 3; firstDay: [number, number]; days: number; factor: number; why: string },
): void {
  for (const month of builder.calendar.months) {
    if ((Number(month.slice(5)) - 1) % 3 !== spec.monthOfQuarter - 1) continue;
    const first = randomInteger(...spec.firstDay, builder.seed, charge.id, month);
    const day = (number: number) => `${month}-${String(number).padStart(2, "0")}`;
    const period = { from: day(first), to: day(first + spec.days), factor: spec.factor };
    charge.events.push(period);
    builder.plant({ kind: "anomaly", chargeId: charge.id, ...period, why: spec.why });
  }
}

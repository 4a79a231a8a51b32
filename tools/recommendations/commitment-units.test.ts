import fc from "fast-check";
import { expect, test } from "vitest";
import { decimal } from "../kernel/money.ts";
import { bestPlan, planOf } from "./commitment-units.ts";

const prices = (onDemand: string, reserved: string) => ({
  onDemand: decimal(onDemand),
  reserved: decimal(reserved),
});

test("buys each unit whose share of used hours exceeds 1 - discount", () => {
  // 4 units run always, a fifth in 62 % of the hours, a sixth in 60 %: at 38 % discount the break-even is 62 %.
  const hours = Float64Array.from(
    { length: 100 },
    (_, hour) => 4 + (hour < 62 ? 1 : 0) + (hour < 60 ? 1 : 0),
  );
  expect(bestPlan(hours, prices("0.1", "0.062")).units).toBe(4);
  expect(bestPlan(hours, prices("0.1", "0.0619")).units).toBe(5);
  expect(bestPlan(hours, prices("0.1", "0.0599")).units).toBe(6);
});

test("a month is 730 hours, whatever the days that were looked at", () => {
  const plan = planOf(new Float64Array(720).fill(2), prices("0.1", "0.06"), 2);
  expect(plan).toMatchObject({ usedHours: 1440, boughtHours: 1440 });
  expect(plan.monthlySavings.toFixed()).toBe("58.4");
});

test("nothing where a reservation is no cheaper, and nothing of nothing", () => {
  const always = new Float64Array(24).fill(3);
  expect(bestPlan(always, prices("0.1", "0.1"))).toMatchObject({ units: 0, usedHours: 0 });
  expect(bestPlan(new Float64Array(0), prices("0.1", "0.06")).units).toBe(0);
});

test("no other number of units saves more, one more than the best never does, and none saves more than the cost", () => {
  const units = fc.array(
    fc.integer({ min: 0, max: 24 }).map((halves) => halves / 2),
    {
      minLength: 1,
      maxLength: 60,
    },
  );
  const cents = fc.integer({ min: 1, max: 999 });
  fc.assert(
    fc.property(units, cents, cents, (hours, onDemand, reserved) => {
      const unitPrices = prices(String(onDemand / 1000), String(reserved / 1000));
      const byHour = Float64Array.from(hours);
      const best = bestPlan(byHour, unitPrices);
      for (let count = 0; count <= 14; count++) {
        const other = planOf(byHour, unitPrices, count);
        expect(other.monthlySavings.lessThanOrEqualTo(best.monthlySavings)).toBe(true);
      }
      const all = hours.reduce((sum, value) => sum + value, 0);
      const cost = unitPrices.onDemand.times(all).times(730).dividedBy(hours.length);
      expect(best.monthlySavings.lessThanOrEqualTo(cost)).toBe(true);
      expect(best.usedHours).toBeLessThanOrEqual(best.boughtHours);
    }),
    { numRuns: 500 },
  );
});

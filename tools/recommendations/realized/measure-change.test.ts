import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "../../costs/coverage.ts";
import type { DayCost } from "../net-rate.ts";
import { measureChange, type Sides, savedIn } from "./measure-change.ts";

const on = "2026-06-30";
const cost = (offset: number, effective: string, currency = "USD"): DayCost => ({
  day: addDays(on, offset),
  service: "Virtual Machines",
  currency,
  effective,
  billed: effective,
});
const run = (from: number, amounts: readonly number[]) =>
  amounts.map((amount, index) => cost(from + index, String(amount)));
const amounts = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 900 }), { minLength: length, maxLength: 60 });
const measure = (costs: DayCost[], until: number, more = {}) =>
  measureChange(costs, { firstOn: on, lastOn: on, until: addDays(on, until), ...more });

test("what was saved is what the days after would have cost as before, less what they did cost", () => {
  fc.assert(
    fc.property(amounts(30), amounts(14), (before, after) => {
      const costs = [...run(-before.length, before), ...run(1, after)];
      const sides = measure(costs, after.length + 1) as Sides;
      const mean = before.slice(-30).reduce((sum, one) => sum + one, 0) / 30;
      const spent = after.reduce((sum, one) => sum + one, 0);
      const saved = savedIn(sides, costs, sides.after)!;
      expect(saved.toNumber()).toBeCloseTo(mean * after.length - spent, 6);
      expect(sides.savedDaily.times(after.length).toNumber()).toBeCloseTo(saved.toNumber(), 6);
      // Two halves of the days add up to all of them.
      const half = addDays(on, 1 + Math.floor(after.length / 2));
      const [one, other] = [
        savedIn(sides, costs, { start: sides.after.start, end: half }),
        savedIn(sides, costs, { start: half, end: sides.after.end }),
      ];
      expect(one!.plus(other!).toNumber()).toBeCloseTo(saved.toNumber(), 6);
    }),
  );
});

test("a day of the change itself is on neither side, and days outside the period save nothing", () => {
  const costs = [...run(-30, Array(30).fill(10)), cost(0, "9999"), ...run(1, Array(20).fill(4))];
  const sides = measure(costs, 21) as Sides;
  expect(sides.savedDaily.toFixed()).toBe("6");
  expect(savedIn(sides, costs, { start: "2026-01-01", end: "2026-06-30" })).toBeNull();
  expect(savedIn(sides, costs, { start: "2026-07-01", end: "2026-07-06" })?.toFixed()).toBe("30");
});

test("is a sentence until two weeks of both sides are, and where costs cannot be compared", () => {
  const before = run(-30, Array(30).fill(10));
  const told = (costs: DayCost[], until = 21, more = {}) => measure(costs, until, more);
  expect(told([])).toEqual({ unknown: "The data has no cost of its own for it." });
  expect(told(before, 14)).toEqual({ unknown: "Only 13 of the 14 days needed after it have cost data." });
  expect(told(before, 15)).toMatchObject({ currency: "USD" });
  expect(told(run(-13, Array(13).fill(10)))).toEqual({
    unknown: "Only 13 of the 14 days needed before it have cost data.",
  });
  expect(told(before, 21, { notBefore: addDays(on, -5) })).toEqual({
    unknown: "Only 5 of the 14 days needed before it have cost data.",
  });
  expect(told([...before, cost(3, "1", "EUR")])).toEqual({ unknown: "Its cost is in several currencies." });
});

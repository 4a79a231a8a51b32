import fc from "fast-check";
import { expect, test } from "vitest";
import { decimal, sumDecimals } from "../kernel/money.ts";
import { bestSet, type Priced } from "./best-set.ts";
import { savingsOfEnding } from "./savings.ts";
import { dailyCosts } from "./testing.ts";

test("a day without a row cost nothing", () => {
  const twoOfFour = dailyCosts(4, "10").filter((_, index) => index % 2 === 0);
  const window = { start: "2026-10-01", end: "2026-10-05" };
  expect(savingsOfEnding("r", twoOfFour, window)).toMatchObject({
    monthlySavings: "152.08",
    annualSavings: "1825",
  });
});

test("several currencies are never added", () => {
  const mixed = [...dailyCosts(5, "1"), ...dailyCosts(5, "1", { currency: "EUR" })];
  const window = { start: "2026-09-30", end: "2026-10-05" };
  expect(savingsOfEnding("r", mixed, window)).toMatchObject({ monthlySavings: null, currency: null });
});

test("a credit larger than the cost saves nothing rather than less than nothing", () => {
  const window = { start: "2026-09-15", end: "2026-10-05" };
  expect(savingsOfEnding("r", dailyCosts(20, "-3"), window)).toMatchObject({ monthlySavings: "0" });
});

const amount = fc
  .integer({ min: 0, max: 5_000_000 })
  .map((micros) => decimal(micros).dividedBy(1e6).toFixed());

test("the savings total never exceeds what the resources involved cost at the same rate", () => {
  const estate = fc.array(
    fc.record({
      costs: fc.array(fc.record({ effective: amount, billed: amount }), { minLength: 30, maxLength: 30 }),
      // Several recommendations on one resource, over windows of their own, exclude each other.
      windows: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(estate, (resources) => {
      const items: Priced[] = [];
      let ceiling = decimal(0);
      for (const [index, { costs, windows }] of resources.entries()) {
        const days = dailyCosts(30, "0").map((day, at) => ({ ...day, ...costs[at]! }));
        const means = windows.map((window) => {
          const inside = days.slice(30 - window);
          return sumDecimals(inside.map((day) => day.effective)).dividedBy(window);
        });
        ceiling = ceiling.plus(
          means
            .reduce((a, b) => (a.greaterThan(b) ? a : b))
            .times(365)
            .dividedBy(12),
        );
        for (const [n, window] of windows.entries()) {
          const start = Temporal.PlainDate.from("2026-10-05").subtract({ days: window }).toString();
          const savings = savingsOfEnding(`r${index}`, days, { start, end: "2026-10-05" });
          items.push({ id: `${index}-${n}`, resourceId: `r${index}`, type: `t${n}`, ...savings });
        }
      }
      const best = bestSet(items);
      expect(new Set(best.chosen.map(({ resourceId }) => resourceId)).size).toBe(best.chosen.length);
      expect(best.chosen.length + best.excluded.length + best.unpriced.length).toBe(items.length);
      const total = decimal(best.totals[0]?.monthly ?? "0");
      expect(total.lessThanOrEqualTo(ceiling)).toBe(true);
      for (const { item, insteadOf } of best.excluded) {
        expect(item.resourceId).toBe(insteadOf.resourceId);
        expect(decimal(item.monthlySavings!).lessThanOrEqualTo(insteadOf.monthlySavings!)).toBe(true);
      }
    }),
  );
});

test("totals are kept apart by currency, and what has no price is counted, not added", () => {
  const item = (resourceId: string, monthlySavings: string | null, currency: string | null) => ({
    id: resourceId,
    resourceId,
    type: "idle_vm",
    monthlySavings,
    annualSavings: monthlySavings,
    currency,
  });
  const best = bestSet([
    item("a", "10", "USD"),
    item("b", "5", "EUR"),
    item("c", "2.5", "USD"),
    item("d", null, null),
  ]);
  expect(best.totals).toEqual([
    { currency: "USD", monthly: "12.5", annual: "12.5" },
    { currency: "EUR", monthly: "5", annual: "5" },
  ]);
  expect(best.unpriced).toHaveLength(1);
});

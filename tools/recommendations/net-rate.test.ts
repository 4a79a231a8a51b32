import { expect, test } from "vitest";
import { savingsOfEnding } from "./savings.ts";
import { costWindow } from "./state-days.ts";
import { dailyCosts, facts } from "./testing.ts";

test("a day without a row cost nothing", () => {
  const twoOfFour = dailyCosts(4, "10").filter((_, index) => index % 2 === 0);
  const window = { start: "2026-10-01", end: "2026-10-05" };
  expect(savingsOfEnding("r", twoOfFour, window)).toMatchObject({
    monthlySavings: "152.08",
    annualSavings: "1825",
  });
});

test("days before a resource began are not its days", () => {
  const costs = dailyCosts(10, "8");
  const saved = (costsSince: string | null) =>
    savingsOfEnding("r", costs, costWindow(facts({ costs, costsSince }), null)).monthlySavings;
  expect(saved("2026-09-25")).toBe("243.33");
  expect(saved(null)).toBe("81.11");
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

import { expect, test } from "vitest";
import { monthlyCost } from "./price.ts";
import { price } from "./testing.ts";

test.each([
  [price("0.23", "hour"), 1, "167.9"],
  [price("4.8", "day"), 1, "146"],
  [price("135.17", "month"), 1, "135.17"],
  [price("0.25", "vcore_hour"), 4, "730"],
] as const)("a month of %j times %d costs %s", (of, units, month) => {
  expect(monthlyCost(of, units).toFixed()).toBe(month);
});

test("a day's price and an hour's come to the same month", () => {
  expect(monthlyCost(price("24", "day")).toFixed()).toBe(monthlyCost(price("1", "hour")).toFixed());
});

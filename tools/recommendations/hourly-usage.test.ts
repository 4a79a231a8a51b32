import { expect, test } from "vitest";
import { highest, isCovered, lastHours, meanOf, measured, percentile, usageWindow } from "./hourly-usage.ts";
import { onceByUsage } from "./once-by-usage.ts";
import { hourlyUsage } from "./testing.ts";

const usage = hourlyUsage({ "cpu_percent/average": ({ hour }) => (hour % 4 === 0 ? Number.NaN : hour) }, 10);

test("gaps are left out of what was measured, and stay gaps hour by hour", () => {
  expect(measured(usage, "cpu_percent/average", 1)).toEqual(
    Float64Array.from([1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22, 23]),
  );
  expect([...lastHours(usage, "cpu_percent/average", 1)].filter(Number.isNaN)).toHaveLength(6);
});

test("a window that begins before the first measurement has gaps there", () => {
  expect(lastHours(usage, "cpu_percent/average", 12)).toHaveLength(288);
  expect(measured(usage, "cpu_percent/average", 12)).toHaveLength(180);
  expect(measured(usage, "cpu_percent/maximum", 12)).toHaveLength(0);
});

test("three quarters of the hours are not enough, four fifths are", () => {
  expect(isCovered(usage, "cpu_percent/average", 5)).toBe(false);
  const fuller = hourlyUsage({ "cpu_percent/average": ({ hour }) => (hour % 5 === 0 ? Number.NaN : 1) }, 5);
  expect(isCovered(fuller, "cpu_percent/average", 5)).toBe(false); // 19 of 24 hours
  const enough = hourlyUsage({ "cpu_percent/average": ({ hour }) => (hour < 4 ? Number.NaN : 1) }, 5);
  expect(isCovered(enough, "cpu_percent/average", 5)).toBe(true);
});

test("figures of values, and of none", () => {
  const values = Float64Array.from([4, 1, 3, 2]);
  expect([percentile(values, 0.5), highest(values), meanOf(values)]).toEqual([2.5, 4, 2.5]);
  expect(percentile(values, 0.95)).toBeCloseTo(3.85);
  const none = new Float64Array(0);
  expect([percentile(none, 0.95), highest(none), meanOf(none)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect([...values]).toEqual([4, 1, 3, 2]);
});

test("the window's days are half-open and end with the last hour's day", () => {
  expect(usageWindow(usage, 7)).toEqual({ start: "2026-09-28", end: "2026-10-05" });
});

test("what follows from measurements is worked out once for each", () => {
  let count = 0;
  const once = onceByUsage(() => ++count);
  expect([once(usage), once(usage), once({ ...usage })]).toEqual([1, 1, 2]);
});

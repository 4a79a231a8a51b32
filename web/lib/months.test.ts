import { expect, test } from "vitest";
import { lastWholeMonth, monthsWithData } from "./months.ts";

test("months with data, newest first, over the turn of a year", () => {
  expect(monthsWithData("2025-11-20", "2026-02-10", 6)).toEqual([
    { start: "2026-02-01", end: "2026-03-01", label: "Feb 2026" },
    { start: "2026-01-01", end: "2026-02-01", label: "Jan 2026" },
    { start: "2025-12-01", end: "2026-01-01", label: "Dec 2025" },
    { start: "2025-11-01", end: "2025-12-01", label: "Nov 2025" },
  ]);
  expect(monthsWithData("2024-01-01", "2026-02-10", 2).map(({ label }) => label)).toEqual([
    "Feb 2026",
    "Jan 2026",
  ]);
});

test("a month is whole when its last day has data", () => {
  const whole = (until: string) => lastWholeMonth(monthsWithData("2026-01-01", until, 6), until)?.label;
  expect(whole("2026-02-27")).toBe("Jan 2026");
  expect(whole("2026-02-28")).toBe("Feb 2026");
  expect(whole("2026-01-05")).toBe("Jan 2026");
});

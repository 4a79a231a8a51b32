import type { ComparedPeriod } from "@cloudoptima/tools/costs/comparison-shapes.ts";
import { expect, test } from "vitest";
import type { Question } from "../question.ts";
import { fairPeriods, isHalfCovered } from "./fair-sides.ts";

const side = (start: string, end: string, dataUntil: string, coveredDays: number): ComparedPeriod => ({
  period: { start, end },
  coverage: {
    isComplete: Temporal.PlainDate.from(dataUntil).add({ days: 1 }).toString() >= end,
    periodDays: coveredDays,
    coveredDays,
    dataUntil,
    note: null,
  },
  total: [],
  perDay: [],
  rowCount: 0,
});
const asks = (text: string) => ({ text }) as Question;

test("a quarter that is still running is set against as many days of the whole one", () => {
  const sides = {
    base: side("2026-07-01", "2026-10-01", "2026-09-30", 92),
    current: side("2026-10-01", "2026-10-15", "2026-10-13", 13),
    isSameLength: false,
  };
  expect(fairPeriods(sides, asks("Q4 vs Q3"))).toEqual({
    period: { start: "2026-10-01", end: "2026-10-14" },
    comparedTo: { start: "2026-07-01", end: "2026-07-14" },
  });
  expect(fairPeriods(sides, asks("October so far against all of Q3"))).toBeUndefined();
});

test("two whole months of different lengths stay whole", () => {
  const sides = {
    base: side("2026-08-01", "2026-09-01", "2026-08-31", 31),
    current: side("2026-09-01", "2026-10-01", "2026-09-30", 30),
    isSameLength: false,
  };
  expect(fairPeriods(sides, asks("September vs August"))).toBeUndefined();
  expect(isHalfCovered(sides)).toBe(false);
});

test("a period whose first days have no data is compared by the day", () => {
  const base = side("2025-07-01", "2026-01-01", "2025-12-31", 109);
  base.coverage.isComplete = false;
  const sides = { base, current: side("2026-01-01", "2026-07-01", "2026-06-30", 181), isSameLength: false };
  expect(fairPeriods(sides, asks("H1 2026 vs H2 2025"))).toBeUndefined();
  expect(isHalfCovered(sides)).toBe(true);
});

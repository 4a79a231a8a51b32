import { expect, test } from "vitest";
import { monthsToRead } from "./cost-months.ts";

const loaded = (days: Record<string, string>) =>
  new Map(Object.entries(days).map(([month, at]) => [month, { loadedAt: new Date(at), rowCount: 5 }]));

test("a first scan reads the current month and 13 before it, newest first, up to yesterday", () => {
  const months = monthsToRead("2026-10-14", new Map());
  expect(months).toHaveLength(14);
  expect(months[0]).toEqual({ start: "2026-10-01", end: "2026-11-01", to: "2026-10-14", knownRowCount: 0 });
  expect(months[1]).toMatchObject({ start: "2026-09-01", end: "2026-10-01", to: "2026-10-01" });
  expect(months.at(-1)).toMatchObject({ start: "2025-09-01" });
});

test("on the first of a month there is nothing of it to read yet", () => {
  expect(monthsToRead("2026-10-01", new Map())[0]).toMatchObject({ start: "2026-09-01" });
});

test("a month is read again until ten days after its end, then rests", () => {
  const all = Object.fromEntries(
    monthsToRead("2026-10-14", new Map()).map(({ start }) => [start, "2026-10-09T08:00:00Z"]),
  );
  expect(monthsToRead("2026-10-14", loaded(all)).map(({ start }) => start)).toEqual([
    "2026-10-01",
    "2026-09-01",
  ]);
  all["2026-09-01"] = "2026-10-11T00:00:00Z";
  expect(monthsToRead("2026-10-14", loaded(all))).toMatchObject([{ start: "2026-10-01", knownRowCount: 5 }]);
});

test("a month that was last read in its middle is read again, however long ago", () => {
  const months = monthsToRead("2026-12-20", loaded({ "2026-10-01": "2026-10-20T08:00:00Z" }));
  expect(months.map(({ start }) => start)).toContain("2026-10-01");
});

test("a month that a clock which ran ahead took for final is read again", () => {
  const ahead = Object.fromEntries(
    monthsToRead("2026-12-20", new Map()).map(({ start }) => [start, "2026-12-20T08:00:00Z"]),
  );
  const starts = monthsToRead("2026-10-14", loaded(ahead)).map(({ start }) => start);
  expect(starts).toEqual(monthsToRead("2026-10-14", new Map()).map(({ start }) => start));
  // Of the same day it is no other clock.
  expect(monthsToRead("2026-12-20", loaded(ahead)).map(({ start }) => start)).toEqual(["2026-12-01"]);
});

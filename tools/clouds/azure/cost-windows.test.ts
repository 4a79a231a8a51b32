import fc from "fast-check";
import { expect, test } from "vitest";
import { monthWindows, splitWindow } from "./cost-windows.ts";

test("splits by calendar month, newest first", () => {
  expect(monthWindows("2026-08-30", "2026-10-14")).toEqual([
    { from: "2026-10-01", to: "2026-10-14" },
    { from: "2026-09-01", to: "2026-10-01" },
    { from: "2026-08-30", to: "2026-09-01" },
  ]);
  expect(monthWindows("2026-10-01", "2026-10-01")).toEqual([]);
});

test("windows cover every day once, in at most 31 days and one month each", () => {
  const day = fc.integer({ min: 0, max: 2000 });
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 500 }), (start, length) => {
      const first = Temporal.PlainDate.from("2023-01-01").add({ days: start });
      const from = first.toString();
      const to = first.add({ days: length }).toString();
      let end = to;
      for (const window of monthWindows(from, to)) {
        expect(window.to).toBe(end);
        expect(window.from < window.to).toBe(true);
        const last = Temporal.PlainDate.from(window.to).subtract({ days: 1 });
        expect(last.toString().slice(0, 7)).toBe(window.from.slice(0, 7));
        end = window.from;
      }
      expect(end).toBe(from);
    }),
  );
});

test("halves meet; a single day cannot be split", () => {
  expect(splitWindow({ from: "2026-10-01", to: "2026-10-04" })).toEqual([
    { from: "2026-10-02", to: "2026-10-04" },
    { from: "2026-10-01", to: "2026-10-02" },
  ]);
  expect(splitWindow({ from: "2026-10-01", to: "2026-10-02" })).toBeNull();
});

import { expect, test } from "vitest";
import { evidenceText, windowText } from "./evidence-words.ts";

test.each([
  ["3.417", "percent", "3.4 %"],
  ["62.269472", "percent", "62.3 %"],
  ["68", "count", "68"],
  ["12345", "count", "12,345"],
  ["14", "days", "14 days"],
  ["730.25", "hours", "730.25 hours"],
  ["1968.7", "USD", "$1,968.70"],
  ["0.09362", "USD", "0.09362 USD"],
  ["512", "bytes", "512 B"],
  ["1234567", "bytes", "1.18 MiB"],
  ["2026-10-02", "date", "2 Oct 2026"],
  ["Deallocated", "text", "Deallocated"],
  ["42", "text", "42"],
  ["not known", "percent", "not known"],
])("%s %s is shown as %s", (value, unit, text) => {
  expect(evidenceText(value, unit)).toBe(text);
});

test("a window names its last day, which the API's end is the day after", () => {
  expect(windowText({ start: "2026-10-02", end: "2026-11-01" })).toBe("2–31 Oct 2026");
  expect(windowText({ start: "2026-09-20", end: "2026-10-05" })).toBe("20 Sep–4 Oct 2026");
  expect(windowText({ start: "2025-12-30", end: "2026-01-02" })).toBe("30 Dec 2025–1 Jan 2026");
  expect(windowText({ start: "2026-10-02", end: "2026-10-03" })).toBe("2 Oct 2026");
});

import { expect, test } from "vitest";
import { readDay } from "./read-property.ts";

test.each<[unknown, string | undefined]>([
  ["2026-08-01T10:00:00Z", "2026-08-01"],
  ["2026-08-01T10:00:00.1234567+00:00", "2026-08-01"],
  ["2026-08-01T01:00:00+05:00", "2026-07-31"],
  ["2026-08-01T10:00:00", "2026-08-01"],
  ["2028-02-29", "2028-02-29"],
  ["2026-02-29", undefined],
  ["yesterday", undefined],
  ["", undefined],
  [7, undefined],
  [undefined, undefined],
])("%s is the day %s", (timeCreated, day) => {
  expect(readDay({ TimeCreated: timeCreated }, "timeCreated")).toBe(day);
});

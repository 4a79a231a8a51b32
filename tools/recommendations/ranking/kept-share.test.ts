import { expect, test } from "vitest";
import type { DayCost } from "../net-rate.ts";
import { keptShare } from "./kept-share.ts";
import type { KnownFacts } from "./known-facts.ts";

const decidedOn = "2026-03-31";
const until = "2026-05-15";
const facts = (monthlySavings: string | null): KnownFacts => ({
  type: "vm_rightsizing",
  effort: "easy",
  risk: "low",
  monthlySavings,
  currency: "USD",
  confidence: "0.9",
  resourceGroup: null,
  environment: null,
});
const days = (from: number, count: number, effective: string, more: Partial<DayCost> = {}): DayCost[] =>
  Array.from({ length: count }, (_, index) => ({
    day: Temporal.PlainDate.from(decidedOn)
      .add({ days: from + index })
      .toString(),
    service: "Virtual Machines",
    currency: "USD",
    effective,
    billed: effective,
    ...more,
  }));
const before = days(-30, 30, "10");
const share = (costs: DayCost[], expected: string | null = "365", moment: string | null = null, to = until) =>
  keptShare(facts(expected), decidedOn, { costs, until: to }, moment);

test("what the days after cost less than the days before, beside what was expected", () => {
  expect(share([...before, ...days(0, 1, "99"), ...days(1, 30, "4")])).toBe(0.5);
  expect(share([...before, ...days(1, 30, "4")], "150")).toBe(1);
  expect(share([...before, ...days(1, 30, "12")])).toBe(0);
});

test("what was removed costs nothing after, as far as the subscription's costs reach", () => {
  expect(share(before, "304.17")).toBeCloseTo(1, 4);
  expect(share(before, "304.17", null, "2026-04-10")).toBeNull();
});

test("is not known before two weeks of both sides are", () => {
  const all = [...before, ...days(1, 30, "4")];
  expect(share(all, "365", "2026-04-14")).toBeNull();
  expect(share(all, "365", "2026-04-15")).toBe(0.5);
  expect(share([...days(-13, 13, "10"), ...days(1, 30, "4")])).toBeNull();
});

test("at a moment nothing that comes then or later counts", () => {
  const early = [...before, ...days(1, 16, "4")];
  const later = [...early, ...days(17, 14, "10")];
  expect(share(later, "365", "2026-04-17")).toBe(share(early, "365", "2026-04-17"));
  expect(share(later)).toBeLessThan(0.5);
});

test("cannot be told without an expected saving, or in another currency", () => {
  const all = [...before, ...days(1, 30, "4")];
  expect(share(all, null)).toBeNull();
  expect(share(all.map((one) => ({ ...one, currency: "EUR" })))).toBeNull();
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { KnownFacts } from "./known-facts.ts";
import { priorityOf } from "./priority.ts";
import { sortByPriority } from "./sort-by-priority.ts";

const plain: KnownFacts = {
  type: "idle_vm",
  effort: "easy",
  risk: "low",
  monthlySavings: "100",
  currency: "USD",
  confidence: "0.9",
  resourceGroup: null,
  environment: null,
};
type Item = KnownFacts & { id: string };
const item = (id: string, more: Partial<KnownFacts> = {}): Item => ({ ...plain, ...more, id });
const by = { idOf: ({ id }: Item) => id, factsOf: (one: Item): KnownFacts => one };
const ids = (items: Item[], likelihood?: (facts: KnownFacts) => number) =>
  sortByPriority(items, by, likelihood)
    .map(({ id }) => id)
    .join(" ");

test("the rule is what it says: saving × confidence × risk × effort, exactly", () => {
  expect(priorityOf(plain)!.toFixed()).toBe("90");
  expect(priorityOf({ ...plain, risk: "high", effort: "hard" })!.toFixed()).toBe("29.25");
  expect(priorityOf({ ...plain, monthlySavings: "0.00000000001", risk: "medium" })!.toFixed()).toBe(
    "0.0000000000072",
  );
  expect(priorityOf({ ...plain, monthlySavings: null })).toBeNull();
});

test("a smaller saving that is sure, safe and easy comes before a larger one that is not", () => {
  const risky = item("risky", { monthlySavings: "150", risk: "high", effort: "hard" });
  const unsure = item("unsure", { monthlySavings: "140", confidence: "0.3" });
  expect(ids([risky, unsure, item("safe"), item("more", { monthlySavings: "101" })])).toBe(
    "more safe risky unsure",
  );
});

test("currencies take turns, and what has no known saving comes last, the surest first", () => {
  const items = [
    item("yen-1", { monthlySavings: "9000", currency: "JPY" }),
    item("usd-2", { monthlySavings: "20" }),
    item("usd-1", { monthlySavings: "30" }),
    item("yen-2", { monthlySavings: "8000", currency: "JPY" }),
    item("usd-3", { monthlySavings: "10" }),
    item("unknown", { monthlySavings: null, currency: null, confidence: "0.4" }),
    item("unknown-sure", { monthlySavings: null, currency: null, confidence: "0.8" }),
  ];
  expect(ids(items)).toBe("usd-1 yen-1 usd-2 yen-2 usd-3 unknown-sure unknown");
});

test("a commitment comes after all else with a known saving, however much it saves", () => {
  const items = [
    item("reserve", { type: "reserved_instance", monthlySavings: "5000" }),
    item("reserve-less", { type: "reserved_instance", monthlySavings: "400" }),
    item("small", { monthlySavings: "1" }),
    item("smaller", { monthlySavings: "0.5" }),
    item("yen", { monthlySavings: "1", currency: "JPY" }),
    item("unknown", { monthlySavings: null, currency: null }),
  ];
  expect(ids(items)).toBe("small yen smaller reserve reserve-less unknown");
});

test("how likely it is accepted weighs the priority", () => {
  const items = [item("production", { environment: "production" }), item("dev", { monthlySavings: "60" })];
  expect(ids(items)).toBe("production dev");
  expect(ids(items, ({ environment }) => (environment === "production" ? 0.2 : 0.8))).toBe("dev production");
});

const anyItem = fc.record({
  type: fc.constantFrom("idle_vm", "unattached_disk"),
  effort: fc.constantFrom("easy" as const, "medium" as const, "hard" as const),
  risk: fc.constantFrom("low" as const, "medium" as const, "high" as const),
  monthlySavings: fc.option(fc.integer({ min: 0, max: 9 }).map(String)),
  currency: fc.constantFrom("USD", "EUR"),
  confidence: fc.constantFrom("0.5", "0.9"),
  resourceGroup: fc.constant(null),
  environment: fc.constant(null),
});

test("for any list: the same order whatever the order it comes in, nothing lost, no figure touched", () => {
  fc.assert(
    fc.property(fc.array(anyItem, { maxLength: 12 }), fc.nat(), fc.boolean(), (facts, turn, isLearned) => {
      const items = facts.map((one, index) => ({ ...one, id: `i${index}` }));
      const likelihood = isLearned ? ({ type }: KnownFacts) => (type === "idle_vm" ? 0.3 : 0.7) : undefined;
      const at = items.length === 0 ? 0 : turn % items.length;
      const turned = [...items.slice(at), ...items.slice(0, at)].reverse();
      const sorted = sortByPriority(items, by, likelihood);
      expect(sortByPriority(turned, by, likelihood)).toEqual(sorted);
      expect(sorted.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
        items.toSorted((a, b) => a.id.localeCompare(b.id)),
      );
    }),
    { numRuns: 500 },
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseRecommendations } from "./choose-recommendations.ts";
import type { Effect } from "./finding.ts";
import type { RecommendationType } from "./recommendation-types.ts";
import { bestByForce, canBeDone, savedTogether } from "./testing/plan-oracle.ts";
import { anyEstate, manySpanning, spanningEstate } from "./testing/random-estate.ts";

// The oracle reckons in floating point.
const near = (one: number, other: number) => Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(other));

test("no set that can be done together saves more: every set of a thousand estates is tried", () => {
  fc.assert(
    fc.property(anyEstate, ({ items }) => {
      const { chosen, value, bound } = chooseRecommendations(items);
      expect(canBeDone(chosen)).toBe(true);
      expect(Number(value)).toSatisfy((told: number) => near(told, savedTogether(chosen)));
      expect(Number(value)).toSatisfy((told: number) => near(told, bestByForce(items)));
      expect(bound.toFixed()).toBe(value.toFixed());
    }),
    { numRuns: 1_000 },
  );
}, 60_000);

test("blobs of one account can all be removed, beside what is done to the account, for no more than it costs", () => {
  const onAccount = (id: string, type: RecommendationType, change: Effect["change"]) => ({
    id,
    type,
    effects: [{ resourceId: "account", component: "storage" as const, monthlyCost: "10", change }],
  });
  const blob = (id: string, monthlySavings: string) =>
    onAccount(id, "unattached_disk", { kind: "amount", monthlySavings });
  const tier = onAccount("tier", "storage_tier", { kind: "share", remaining: "0.5" });
  const all = chooseRecommendations([blob("one", "3"), blob("other", "1"), tier]);
  expect(all.chosen).toHaveLength(3);
  expect(all.value.toFixed()).toBe("9");
  expect(chooseRecommendations([blob("one", "7"), blob("other", "6")]).value.toFixed()).toBe("10");
});

test("nor where 13 or 14 recommendations span several resources each, and the bound says so", () => {
  fc.assert(
    fc.property(spanningEstate, ({ items }) => {
      const { chosen, value, bound } = chooseRecommendations(items);
      expect(canBeDone(chosen)).toBe(true);
      expect(Number(value)).toSatisfy((told: number) => near(told, savedTogether(chosen)));
      const best = bestByForce(items);
      expect(Number(value)).toSatisfy((told: number) => near(told, best));
      expect(Number(bound)).toSatisfy((told: number) => near(told, best));
    }),
    { numRuns: 40 },
  );
}, 60_000);

test("where sixty do, what is not proven to be the best is within a quarter of what any set could save", () => {
  const { chosen, value, bound } = chooseRecommendations(manySpanning());
  expect(canBeDone(chosen)).toBe(true);
  expect(Number(value)).toSatisfy((told: number) => near(told, savedTogether(chosen)));
  expect(value.lessThan(bound)).toBe(true);
  expect(value.greaterThan(bound.times("0.75"))).toBe(true);
}, 60_000);

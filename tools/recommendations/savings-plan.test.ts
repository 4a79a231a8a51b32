import type { StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { chooseRecommendations } from "./choose-recommendations.ts";
import { savedOnResource } from "./combine-effects.ts";
import { excludeEachOther } from "./exclusions.ts";
import type { Effect } from "./finding.ts";
import { type RecommendationType, recommendationTypes } from "./recommendation-types.ts";
import { planSavings } from "./savings-plan.ts";

const share = (resourceId: string, monthlyCost: string, remaining: string): Effect => ({
  resourceId,
  component: "compute",
  monthlyCost,
  change: { kind: "share", remaining },
});
const amount = (resourceId: string, monthlyCost: string, monthlySavings: string): Effect => ({
  resourceId,
  component: "compute",
  monthlyCost,
  change: { kind: "amount", monthlySavings },
});

function recommendation(
  id: string,
  type: RecommendationType,
  effects: Effect[],
  more: Partial<StoredRecommendation> = {},
): StoredRecommendation {
  const alone = [...Map.groupBy(effects, ({ resourceId }) => resourceId).values()]
    .map(savedOnResource)
    .reduce((sum, saved) => sum.plus(saved), decimal(0));
  return {
    id,
    type,
    resourceId: effects[0]?.resourceId ?? id,
    title: id,
    description: "",
    impact: "low",
    effort: "easy",
    risk: "low",
    monthlySavings: alone.toDecimalPlaces(2, 1).toFixed(),
    annualSavings: alone.times(12).toDecimalPlaces(2, 1).toFixed(),
    currency: "USD",
    confidence: "0.9",
    evidence: [],
    metadata: { effects },
    status: "open",
    createdAt: new Date(0),
    updatedAt: new Date(0),
    resourceName: null,
    resourceType: null,
    resourceGroup: null,
    region: null,
    subscriptionId: null,
    tags: {},
    ...more,
  };
}

test("what stops a machine rules out everything else on it; a reservation is for what is left", () => {
  const { plans } = planSavings([
    recommendation("idle", "idle_vm", [share("a", "100", "0")]),
    recommendation("resize a", "vm_rightsizing", [share("a", "100", "0.5")]),
    recommendation("resize b", "vm_rightsizing", [share("b", "80", "0.5")]),
    recommendation("reserve", "reserved_instance", [amount("b", "80", "15"), amount("c", "60", "20")]),
  ]);
  expect(plans).toMatchObject([
    {
      monthly: "175",
      annual: "2100",
      isBest: true,
      monthlyBound: "175",
      steps: [
        { stored: { id: "idle" }, stage: 1, monthlySavings: "100" },
        { stored: { id: "resize b" }, stage: 2, monthlySavings: "40" },
        { stored: { id: "reserve" }, stage: 3, monthlySavings: "35" },
      ],
      excluded: [{ stored: { id: "resize a" }, insteadOf: { id: "idle" } }],
    },
  ]);
});

test("two changes of one machine multiply: half the size for half the hours leaves a quarter", () => {
  const [plan] = planSavings([
    recommendation("resize", "vm_rightsizing", [share("a", "100", "0.5")]),
    recommendation("nights", "auto_shutdown", [share("a", "100", "0.5")]),
  ]).plans;
  expect(plan!.steps.map(({ monthlySavings }) => monthlySavings)).toEqual(["50", "25"]);
});

test("currencies are kept apart, and what claims no saving is counted, not added", () => {
  const { plans, unpriced } = planSavings([
    recommendation("a", "unattached_disk", [share("a", "10", "0")]),
    recommendation("b", "unattached_disk", [share("b", "5", "0")], { currency: "EUR" }),
    recommendation("c", "unattached_disk", [share("c", "2.5", "0")]),
    recommendation("d", "underutilized_vm", [], { monthlySavings: "50" }),
    recommendation("e", "unattached_disk", [], { monthlySavings: null, annualSavings: null, currency: null }),
  ]);
  expect(plans.map(({ currency, monthly }) => [currency, monthly])).toEqual([
    ["USD", "12.5"],
    ["EUR", "5"],
  ]);
  expect(unpriced.map(({ id }) => id)).toEqual(["d", "e"]);
});

const cost = fc
  .integer({ min: 0, max: 500_000_000 })
  .map((micros) => decimal(micros).dividedBy(1e6).toFixed());
const part = fc.integer({ min: 0, max: 100 }).map((percent) => decimal(percent).dividedBy(100).toFixed());
const effect = fc.record({
  resourceId: fc.constantFrom("a", "b", "c", "d"),
  component: fc.constantFrom("compute" as const, "licence" as const),
  monthlyCost: cost,
  change: fc.oneof(
    fc.record({ kind: fc.constant("share" as const), remaining: part }),
    fc.record({ kind: fc.constant("amount" as const), monthlySavings: cost }),
  ),
});
const oneResource = fc
  .tuple(fc.constantFrom("a", "b", "c", "d"), fc.array(effect, { minLength: 1, maxLength: 2 }))
  .map(([resourceId, effects]) => effects.map((one) => ({ ...one, resourceId })));
const item = fc.record({
  type: fc.constantFrom(...recommendationTypes),
  effects: fc.oneof(
    { weight: 3, arbitrary: oneResource },
    { weight: 1, arbitrary: fc.array(effect, { minLength: 1, maxLength: 4 }) },
  ),
});
const estate = fc
  .array(item, { maxLength: 9 })
  .map((items) => items.map((one, index) => ({ id: String(index), ...one })));
type Item = { id: string; type: RecommendationType; effects: Effect[] };

function savedBy(items: readonly Item[]): ExactDecimal {
  const effects = items.flatMap((one) => one.effects);
  return [...Map.groupBy(effects, ({ resourceId }) => resourceId).values()]
    .map(savedOnResource)
    .reduce((sum, saved) => sum.plus(saved), decimal(0));
}

const isFeasible = (items: readonly Item[]) =>
  items.every((one, index) =>
    items.slice(index + 1).every((other) => {
      const meet = one.effects.some(({ resourceId }) =>
        other.effects.some((e) => e.resourceId === resourceId),
      );
      return !meet || !excludeEachOther(one.type, other.type);
    }),
  );

test("no set that can be done together saves more: brute force over thousands of estates", () => {
  fc.assert(
    fc.property(estate, (items) => {
      const choice = chooseRecommendations(items);
      expect(isFeasible(choice.chosen)).toBe(true);
      expect(savedBy(choice.chosen).toFixed()).toBe(choice.value.toFixed());
      expect(choice.bound.toFixed()).toBe(choice.value.toFixed());
      for (let mask = 0; mask < 2 ** items.length; mask++) {
        const subset = items.filter((_, index) => mask & (1 << index));
        if (isFeasible(subset)) expect(savedBy(subset).lessThanOrEqualTo(choice.value)).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
}, 60_000);

test("the total never exceeds the cost of the resources involved, and the steps add up to it", () => {
  fc.assert(
    fc.property(estate, (items) => {
      const [plan] = planSavings(
        items.map(({ id, type, effects }) => recommendation(id, type, effects)),
      ).plans;
      const costs = new Map<string, ExactDecimal>();
      for (const { resourceId, component, monthlyCost } of items.flatMap((one) => one.effects)) {
        const key = `${resourceId} ${component}`;
        const known = costs.get(key);
        if (!known || known.lessThan(monthlyCost)) costs.set(key, decimal(monthlyCost));
      }
      const ceiling = [...costs.values()].reduce((sum, one) => sum.plus(one), decimal(0));
      const total = decimal(plan?.monthly ?? "0");
      expect(total.lessThanOrEqualTo(ceiling)).toBe(true);
      const steps = (plan?.steps ?? []).reduce((sum, step) => sum.plus(step.monthlySavings), decimal(0));
      expect(steps.toFixed()).toBe(total.toFixed());
    }),
    { numRuns: 3_000 },
  );
}, 60_000);

test("whatever is put first, no figure of a plan changes, and commitments come last", () => {
  fc.assert(
    fc.property(estate, fc.array(fc.nat(), { minLength: 9, maxLength: 9 }), (items, draws) => {
      const all = items.map(({ id, type, effects }) => recommendation(id, type, effects));
      const ranks = new Map(
        all
          .toSorted((a, b) => draws[Number(a.id)]! - draws[Number(b.id)]!)
          .map(({ id }, place) => [id, place]),
      );
      const inIdOrder = (plans: ReturnType<typeof planSavings>) =>
        plans.plans.map((plan) => ({
          ...plan,
          steps: plan.steps.toSorted((a, b) => a.stored.id.localeCompare(b.stored.id)),
        }));
      expect(inIdOrder(planSavings(all, ranks))).toEqual(inIdOrder(planSavings(all)));
      for (const { steps } of planSavings(all, ranks).plans) {
        const commits = steps.map(({ stage }) => stage === 3);
        expect(commits).toEqual(commits.toSorted((a, b) => Number(a) - Number(b)));
      }
    }),
    { numRuns: 500 },
  );
}, 60_000);

test("with many reservations in one group the bound is told and holds", () => {
  const many = fc.array(
    fc.record({
      type: fc.constantFrom(
        "reserved_instance" as const,
        "vm_rightsizing" as const,
        "hybrid_benefit" as const,
      ),
      effects: fc.array(effect, { minLength: 2, maxLength: 3 }),
    }),
    { minLength: 13, maxLength: 16 },
  );
  fc.assert(
    fc.property(many, (items) => {
      const choice = chooseRecommendations(items.map((one, index) => ({ id: String(index), ...one })));
      expect(choice.value.lessThanOrEqualTo(choice.bound)).toBe(true);
    }),
    { numRuns: 50 },
  );
}, 60_000);

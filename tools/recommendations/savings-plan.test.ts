import type { StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decimal } from "../kernel/money.ts";
import type { Effect } from "./finding.ts";
import type { RecommendationType } from "./recommendation-types.ts";
import { planSavings } from "./savings-plan.ts";
import { savedTogether } from "./testing/plan-oracle.ts";
import { anyEstate } from "./testing/random-estate.ts";

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
  // Rounded down to cents, as rules tell it.
  const alone = decimal((savedTogether([{ id, type, effects }]) + 1e-7).toFixed(6));
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

test("the total never exceeds what the resources of its steps truly cost, and the steps add up to it", () => {
  fc.assert(
    fc.property(anyEstate, ({ costs, items }) => {
      const [plan] = planSavings(
        items.map(({ id, type, effects }) => recommendation(id, type, effects)),
      ).plans;
      const steps = plan?.steps ?? [];
      const changed = new Set(steps.flatMap(({ stored }) => touchedBy(stored)));
      const ceiling = [...changed]
        .flatMap((resourceId) => Object.values(costs[resourceId]!))
        .reduce((sum, cost) => sum + cost, 0);
      const total = decimal(plan?.monthly ?? "0");
      expect(Number(total)).toBeLessThanOrEqual(ceiling + 1e-6);
      const sum = steps.reduce((added, step) => added.plus(step.monthlySavings), decimal(0));
      expect(sum.toFixed()).toBe(total.toFixed());
    }),
    { numRuns: 1_000 },
  );
}, 60_000);

const touchedBy = ({ metadata }: StoredRecommendation) =>
  (metadata as { effects: Effect[] }).effects.map(({ resourceId }) => resourceId);

test("whatever is put first, no figure of a plan changes, and commitments come last", () => {
  fc.assert(
    fc.property(anyEstate, fc.array(fc.nat(), { minLength: 9, maxLength: 9 }), ({ items }, draws) => {
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

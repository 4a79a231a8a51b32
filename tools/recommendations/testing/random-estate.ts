import fc from "fast-check";
import type { Effect } from "../finding.ts";
import { type RecommendationType, recommendationTypes } from "../recommendation-types.ts";
import { ends, type OracleItem } from "./plan-oracle.ts";

/** An estate of at most four resources: what each truly costs a month by component, and what is recommended. */
export interface OracleEstate {
  costs: Record<string, Record<string, number>>;
  items: OracleItem[];
}

const resourceIds = ["a", "b", "c", "d"] as const;
const components = ["compute", "licence"] as const;

const cents = fc.integer({ min: 0, max: 50_000_000 }).map((count) => count / 100);
const costs = fc.record(
  Object.fromEntries(resourceIds.map((id) => [id, fc.record({ compute: cents, licence: cents })])),
);
/** An effect before its estate is known: which share of the true cost its days saw, and what it takes of that. */
const draft = fc.record({
  resourceId: fc.constantFrom(...resourceIds),
  component: fc.constantFrom(...components),
  seenPercent: fc.integer({ min: 50, max: 100 }),
  kind: fc.constantFrom("share" as const, "amount" as const),
  // An amount may be more than the component costs: a reservation saves where it is used, not where it was seen.
  percent: fc.integer({ min: 0, max: 120 }),
});
type Draft = typeof draft extends fc.Arbitrary<infer Value> ? Value : never;

const onOne = fc
  .tuple(fc.constantFrom(...resourceIds), fc.array(draft, { minLength: 1, maxLength: 2 }))
  .map(([resourceId, drafts]) => drafts.map((one) => ({ ...one, resourceId })));
const onSeveral = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...resourceIds), { minLength: 2, maxLength: 3 }),
    fc.array(draft, { minLength: 3, maxLength: 3 }),
  )
  .map(([ids, drafts]) => ids.map((resourceId, index) => ({ ...drafts[index]!, resourceId })));

function estateOf(
  types: readonly RecommendationType[],
  effects: fc.Arbitrary<Draft[]>,
  size: { minLength?: number; maxLength: number },
): fc.Arbitrary<OracleEstate> {
  const item = fc.record({ type: fc.constantFrom(...types), drafts: effects });
  return fc.record({ costs, items: fc.array(item, size) }).map((estate) => ({
    costs: estate.costs,
    items: estate.items.map(({ type, drafts }, index) => ({
      id: String(index),
      type,
      effects: drafts.map((one) => effectOf(one, estate.costs[one.resourceId]![one.component])),
    })),
  }));
}

function effectOf({ resourceId, component, seenPercent, kind, percent }: Draft, cost: number): Effect {
  const monthlyCost = (cost * seenPercent) / 100;
  return {
    resourceId,
    component,
    monthlyCost: monthlyCost.toFixed(6),
    change:
      kind === "share"
        ? { kind, remaining: (Math.min(percent, 100) / 100).toFixed(2) }
        : { kind, monthlySavings: ((monthlyCost * percent) / 100).toFixed(6) },
  };
}

/** Up to nine recommendations of every type, a quarter of them over several resources. */
export const anyEstate = estateOf(
  recommendationTypes,
  fc.oneof({ weight: 3, arbitrary: onOne }, { weight: 1, arbitrary: onSeveral }),
  { maxLength: 9 },
);

/** 13 or 14 recommendations, each over two or three resources: more than every way of which is tried. */
export const spanningEstate = estateOf(
  recommendationTypes.filter((type) => !ends.includes(type)),
  onSeveral,
  { minLength: 13, maxLength: 14 },
);

/** Sixty recommendations over three of forty resources each, always the same: too tangled to prove a best set of. */
export function manySpanning(): OracleItem[] {
  return fc
    .sample(
      fc.record({
        type: fc.constantFrom(...recommendationTypes.filter((type) => !ends.includes(type))),
        ids: fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 3 }),
        percents: fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 3, maxLength: 3 }),
      }),
      { numRuns: 60, seed: 11 },
    )
    .map(({ type, ids, percents }, index) => ({
      id: String(index),
      type,
      effects: ids.map((id, place) => ({
        resourceId: `vm-${id}`,
        component: "compute" as const,
        monthlyCost: String(id * 10),
        change: { kind: "share" as const, remaining: (percents[place]! / 100).toFixed(2) },
      })),
    }));
}

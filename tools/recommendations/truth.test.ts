import { listRecommendations } from "@cloudoptima/db/queries/recommendations.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { expect, test } from "vitest";
import { generateTenant } from "../clouds/sandbox/generate/generate-tenant.ts";
import { makeTruth } from "../clouds/sandbox/truth.ts";
import { connectSandboxTenant, type ScannedTenant } from "../discovery/testing/scanned-tenant.ts";
import type { SavingsTotal } from "./get-savings-total.tool.ts";
import { StoredDetails } from "./recommendation-output.ts";
import { openStatuses, recommendationTypes } from "./recommendation-types.ts";
import { type PlannedStep, planSavings } from "./savings-plan.ts";
import { monthlyBills } from "./testing/monthly-bills.ts";
import { everyRecommendation, isCounted } from "./testing/planted.ts";

const estates = [
  { seed: "north", resources: 60, days: 31, now: "2026-03-02T23:10:00Z" },
  { seed: "harbour", resources: 130, days: 36, now: "2026-07-19T00:05:00Z" },
  { seed: "meadow", resources: 240, days: 33, now: "2025-12-31T12:00:00Z" },
];

test("the largest estate has waste of every type there is", () => {
  const estate = estates.at(-1)!;
  const now = Temporal.Instant.from(estate.now);
  const { tenant, plants } = generateTenant({ ...estate, now });
  const planted = new Set(makeTruth(tenant, plants, now).waste.map(({ type }) => type));
  expect([...planted].sort()).toEqual(recommendationTypes.toSorted());
});

/** What is billed is summed in floating point here. */
const halfCent = 0.005;

/** A plan saves no more than what the provider bills for the resources that it changes, each and all together. */
async function expectWithinBills(tenant: ScannedTenant, now: string) {
  const { plans } = planSavings(
    await tenant.tools
      .context(tenant.actor)
      .read((transaction) => listRecommendations(transaction, openStatuses)),
  );
  expect(plans).toHaveLength(1);
  const bills = monthlyBills(tenant.generated.tenant, Temporal.Instant.from(now));
  const billed = (ids: Iterable<string>) => [...ids].reduce((sum, id) => sum + (bills.get(id) ?? 0), 0);
  const changedBy = ({ stored: { metadata } }: PlannedStep) =>
    StoredDetails.parse(metadata).effects.map(({ resourceId }) => resourceId);
  const saved = (steps: readonly PlannedStep[]) =>
    steps.reduce((sum, { monthlySavings }) => sum + Number(monthlySavings), 0);
  const { steps } = plans[0]!;
  expect(saved(steps)).toBeLessThanOrEqual(billed(new Set(steps.flatMap(changedBy))) + halfCent);
  const single = steps.filter((step) => new Set(changedBy(step)).size === 1);
  expect(single.length).toBeGreaterThan(10);
  for (const [id, own] of Map.groupBy(single, (step) => changedBy(step)[0]!)) {
    expect(saved(own), id).toBeLessThanOrEqual(billed([id]) + halfCent);
  }
}

describeEachEngine("rules against planted truth", (engine) => {
  // Sums and joins do not change with an estate's size: the larger ones are tried on the faster engine alone, and on
  // the embedded scan.operation.test.ts finds the planted waste of another estate, too.
  test.each(engine.name === "server" ? estates : estates.slice(0, 1))(
    "$seed, $resources resources: every planted waste, no trap, savings within 1 %",
    async (estate) => {
      const tenant = await connectSandboxTenant(engine.database(), estate);
      try {
        await tenant.scan();
        const rows = await everyRecommendation(tenant);
        const planted = tenant.truth.waste;
        expect(rows.map((row) => `${row.type} ${row.resource.id}`).sort()).toEqual(
          planted.map((waste) => `${waste.type} ${waste.resourceId}`).sort(),
        );
        const trapped = new Set(tenant.truth.traps.map(({ type, resourceId }) => `${type} ${resourceId}`));
        expect(rows.filter((row) => trapped.has(`${row.type} ${row.resource.id}`))).toEqual([]);
        for (const waste of planted) {
          const row = rows.find(
            ({ type, resource }) => type === waste.type && resource.id === waste.resourceId,
          )!;
          const off = Number(row.monthlySavings!.value) - Number(waste.monthlySaving);
          expect(Math.abs(off)).toBeLessThanOrEqual(0.01 * Number(waste.monthlySaving));
        }
        const total = await tenant.call<SavingsTotal>("get_savings_total");
        const counted = planted.filter(isCounted);
        const expected = counted.reduce((sum, { monthlySaving }) => sum + Number(monthlySaving), 0);
        expect(total.recommendationCount).toBe(counted.length);
        expect(Math.abs(Number(total.monthlySavings[0]!.value) / expected - 1)).toBeLessThan(0.01);
        await expectWithinBills(tenant, estate.now);
      } finally {
        await tenant.close();
      }
    },
    120_000,
  );
});

import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { expect, test } from "vitest";
import { connectSandboxTenant } from "../discovery/testing/scanned-tenant.ts";
import type { SavingsTotal } from "./get-savings-total.tool.ts";
import { everyRecommendation, isCounted, plantedWaste } from "./testing/planted.ts";

describeEachEngine("rules against planted truth", (engine) => {
  const estates = [
    { seed: "north", resources: 60, days: 31, now: "2026-03-02T23:10:00Z" },
    { seed: "harbour", resources: 130, days: 36, now: "2026-07-19T00:05:00Z" },
    { seed: "meadow", resources: 240, days: 33, now: "2025-12-31T12:00:00Z" },
  ];
  // Sums and joins do not change with an estate's size: the larger ones are tried on the faster engine alone, and on
  // the embedded scan.operation.test.ts finds the planted waste of another estate, too.
  test.each(engine.name === "server" ? estates : estates.slice(0, 1))(
    "$seed, $resources resources: every planted waste, no trap, savings within 1 %",
    async (estate) => {
      const tenant = await connectSandboxTenant(engine.database(), estate);
      try {
        await tenant.scan();
        const rows = await everyRecommendation(tenant);
        const planted = plantedWaste(tenant.truth);
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
      } finally {
        await tenant.close();
      }
    },
    120_000,
  );
});

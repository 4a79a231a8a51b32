import { describeEachEngine, describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { expect, test } from "vitest";
import { vmSizes } from "../clouds/sandbox/generate/catalog.ts";
import { ask, costRow, loadRows } from "../costs/testing/load-rows.ts";
import { connectSandboxTenant } from "../discovery/testing/scanned-tenant.ts";
import { decimal, sumDecimals } from "../kernel/money.ts";
import { createTestTools } from "../testing/test-tools.ts";
import type { Commitments } from "./get-commitments.tool.ts";
import type { Simulation } from "./simulate-commitment.tool.ts";

describeEachEngine("get_commitments", (engine) => {
  test("reads FOCUS charges: used, unused, on demand, spot and what no commitment can pay", async () => {
    const tools = createTestTools({ database: engine.database(), now: "2026-11-23T15:00:00Z" });
    const organization = await tools.createOrganization("Contoso");
    const committed = { commitmentDiscountId: "/reservations/ri-1", commitmentDiscountType: "Reservation" };
    await loadRows(tools, organization, [
      costRow({
        day: "2026-10-01",
        cost: "0",
        effectiveCost: "60",
        listCost: "100",
        ...committed,
        commitmentDiscountStatus: "Used",
      }),
      costRow({
        day: "2026-10-02",
        cost: "0",
        effectiveCost: "20",
        listCost: "0",
        contractedCost: "0",
        ...committed,
        commitmentDiscountStatus: "Unused",
      }),
      costRow({
        day: "2026-10-02",
        cost: "80",
        effectiveCost: "0",
        chargeCategory: "Purchase",
        ...committed,
      }),
      costRow({ day: "2026-10-31", cost: "90", listCost: "100" }),
      costRow({ day: "2026-10-31", cost: "40", listCost: "200", pricingCategory: "Dynamic" }),
      costRow({ day: "2026-10-31", cost: "500", serviceName: "Bandwidth" }),
      costRow({ day: "2026-11-01", cost: "900" }),
    ]);
    const output = await ask<Commitments>(tools, organization, "get_commitments", {});
    expect(output.period).toEqual({ start: "2026-10-01", end: "2026-11-01" });
    const usd = (value: string) => ({ value, currency: "USD" });
    expect(output.totals).toEqual([
      {
        coveragePercent: "50",
        measuredAt: "list",
        coveredCost: usd("100"),
        eligibleCost: usd("200"),
        utilizationPercent: "75",
        usedCost: usd("60"),
        unusedCost: usd("20"),
        effectiveSavingsRatePercent: "15",
        listCostFrom: "delivered",
        listCostKnownPercent: "100",
        actualCost: usd("170"),
        onDemandEquivalent: usd("200"),
        savings: usd("30"),
      },
    ]);
    expect(output.rows).toEqual([
      {
        id: "/reservations/ri-1",
        label: "ri-1",
        kind: "reservation",
        usedCost: usd("60"),
        unusedCost: usd("20"),
        utilizationPercent: "75",
        isFromPayments: false,
      },
    ]);
  });
});

/** By what was planted, not by our prices and hours: every machine that ran all of February, at its size's price. */
function expectDerivedRate(
  { generated }: Awaited<ReturnType<typeof connectSandboxTenant>>,
  total: Commitments["totals"][number],
  rows: Commitments["rows"],
): void {
  const { resources, charges } = generated.tenant;
  let list = decimal(0);
  let actual = sumDecimals(rows.map(({ unusedCost }) => unusedCost.value));
  for (const { id, type, power, properties } of resources) {
    const isMachine = type.toLowerCase() === "microsoft.compute/virtualmachines";
    const { hardwareProfile, priority } = properties as {
      hardwareProfile?: { vmSize: keyof typeof vmSizes };
      priority?: string;
    };
    if (!isMachine || priority === "Spot" || power?.officeHours || power?.state === "deallocated") continue;
    if (power?.offPeriods.some(({ from, to }) => from < "2026-03-01" && to > "2026-02-01")) continue;
    const charge = charges.find(
      ({ resourceId, service, shownIn }) =>
        resourceId === id && service === "Virtual Machines" && shownIn !== "actual",
    );
    if (charge?.amount.kind !== "fixed") continue;
    list = list.plus(decimal(vmSizes[hardwareProfile!.vmSize].hourly).times(24 * 28));
    actual = actual.plus(decimal(charge.amount.daily).times(28));
  }
  expect(total).toMatchObject({ measuredAt: "effective", listCostFrom: "derived" });
  expect(total.onDemandEquivalent!.value).toBe(list.toFixed());
  expect(total.actualCost.value).toBe(actual.toFixed());
  expect(total.savings!.value).toBe(list.minus(actual).toFixed());
  const rate = list.minus(actual).dividedBy(list).times(100);
  expect(total.effectiveSavingsRatePercent).toBe(rate.toDecimalPlaces(2).toFixed());
  expect(Number(total.listCostKnownPercent)).toBeGreaterThan(25);
  expect(Number(total.listCostKnownPercent)).toBeLessThan(60);
}

// The query is tried on both engines above: reading 95 days of an estate is a matter of the scan, not of the engine.
describeOneEngine("server", "get_commitments of a scanned estate", (engine) => {
  test("ties with what the sandbox planted: four of five, one of two and all of a savings plan used", async () => {
    const tenant = await connectSandboxTenant(engine.database(), {
      seed: "pledge",
      // Enough that all three are planted.
      resources: 300,
      days: 95,
      now: "2026-03-05T09:10:00Z",
    });
    try {
      await tenant.scan();
      const output = await tenant.call<Commitments>("get_commitments");
      expect(output.period).toEqual({ start: "2026-02-01", end: "2026-03-01" });
      const { charges } = tenant.generated.tenant;
      const purchases = charges.filter(({ chargeType }) => chargeType === "Purchase");
      expect(purchases.length).toBe(3);
      const planted = new Map(
        purchases.map(({ resourceId, benefitName }) => [resourceId!.toLowerCase(), benefitName]),
      );
      const expected: Record<string, number> = {
        "ri-d16sv5-1y": 80,
        "sp-compute-1y": 100,
        "ri-d4sv5-1y": 50,
      };
      expect(output.rows.map(({ id }) => id).sort()).toEqual([...planted.keys()].sort());
      for (const row of output.rows) {
        const name = Object.keys(expected).find((start) => planted.get(row.id)!.startsWith(start))!;
        expect(row.label).toBe(planted.get(row.id));
        expect(Number(row.utilizationPercent), planted.get(row.id)).toBeCloseTo(expected[name]!, 1);
      }
      // What single commitments were used for, by their payments, is what machines' charges say they paid.
      const used = output.rows.reduce((sum, { usedCost }) => sum.plus(usedCost!.value), decimal(0));
      const [total] = output.totals;
      expect(used.dividedBy(total!.usedCost.value).minus(1).abs().toNumber()).toBeLessThan(1e-4);
      const counted = await tenant.call<Commitments>("get_commitments", { countMachines: true });
      const paid = new Set(
        charges
          .filter(({ benefitName, chargeType }) => benefitName !== "" && chargeType === "Usage")
          .map(({ resourceId }) => resourceId),
      );
      expect(output.machines).toBeNull();
      expect(counted.machines!.coveredCount).toBe(paid.size);
      expect(counted.machines!.machineCount).toBeGreaterThan(paid.size);
      const daily = (benefit: string) =>
        charges
          .filter(({ benefitName, amount }) => benefitName === benefit && amount.kind === "fixed")
          .reduce((sum, { amount }) => sum.plus(amount.kind === "fixed" ? amount.daily : 0), decimal(0));
      const planned = [...planted.values()]
        .reduce((sum, benefit) => sum.plus(daily(benefit!)), decimal(0))
        .times(28);
      expect(planned.dividedBy(total!.usedCost.value).minus(1).abs().toNumber()).toBeLessThan(1e-4);
      expect(Number(total!.coveragePercent)).toBeGreaterThan(0);
      expectDerivedRate(tenant, total!, output.rows);

      // What is committed for already is not simulated again, and a window longer than the data says so.
      const simulated = await tenant.call<Simulation>("simulate_commitment", { days: 90 });
      expect(simulated.settledCount).toBeGreaterThanOrEqual(8);
      expect(simulated).toMatchObject({ days: 90, note: null });
      for (const { terms } of simulated.groups) {
        for (const { best, cautious, breakEvenUsePercent } of terms) {
          if (!best) continue;
          expect(Number(best.usedPercent)).toBeGreaterThanOrEqual(Number(breakEvenUsePercent) - 0.01);
          expect(Number(best.usedPercent)).toBeLessThanOrEqual(100);
          expect(Number(cautious?.monthlySavings.value ?? 0)).toBeLessThanOrEqual(
            Number(best.monthlySavings.value),
          );
        }
      }
      // Over 30 days it says of each group what was worked out when the estate was planted.
      const planted30 = tenant.truth.waste.flatMap(({ commitment, resourceId }) =>
        commitment ? [{ ...commitment, subscription: resourceId.split("/")[2]! }] : [],
      );
      expect(planted30.length).toBeGreaterThan(3);
      for (const { subscription, region, flexibilityGroup, units, oneYear, threeYears } of planted30) {
        const { groups } = await tenant.call<Simulation>("simulate_commitment", { subscription, region });
        const found = groups.find(({ label }) => label === flexibilityGroup)!;
        for (const [years, expected] of [
          [1, { ...oneYear, units }],
          [3, threeYears],
        ] as const) {
          const best = found.terms.find((term) => term.years === years)!.best!;
          expect(best.units, `${region} ${flexibilityGroup}`).toBe(expected.units);
          const off = Number(best.monthlySavings.value) / Number(expected.monthlySaving) - 1;
          expect(Math.abs(off), `${region} ${flexibilityGroup}`).toBeLessThan(0.01);
        }
      }
      const series = await tenant.call<Simulation>("simulate_commitment", { series: "D-series" });
      expect(series.groups.length).toBeGreaterThan(0);
      expect(series.groups.every(({ label }) => /^D/.test(label))).toBe(true);
      const oneYear = series.groups.flatMap(({ terms }) =>
        terms.flatMap(({ years, best }) => (years === 1 && best ? [best] : [])),
      );
      expect(series.totals.find(({ years }) => years === 1)?.monthlySavings.value).toBe(
        sumDecimals(oneYear.map(({ monthlySavings }) => monthlySavings.value)).toFixed(),
      );
      const none = await tenant.call<Simulation>("simulate_commitment", { series: "Lsv3" });
      expect(none).toMatchObject({ groups: [], totals: [] });
      expect(none.note).toContain("Lsv3");
    } finally {
      await tenant.close();
    }
  }, 240_000);
});

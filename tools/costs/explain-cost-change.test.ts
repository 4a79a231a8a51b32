import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { decimal, sumDecimals } from "../kernel/money.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import type { CostComparison, CostExplanation } from "./comparison-shapes.ts";
import type { CostRecord } from "./load/cost-record.ts";
import { ask, costRow, loadRows } from "./testing/load-rows.ts";

const resource = (name: string) => ({
  resourceId: `/subscriptions/sub-1/resourcegroups/rg/providers/x/${name}`,
  resourceName: name,
});
const daysOf = (start: string, count: number) =>
  Array.from({ length: count }, (_, index) => Temporal.PlainDate.from(start).add({ days: index }).toString());

/**
 * August and September 2026: two VMs deallocated on 4 September, a burst of traffic on 15 to 17 September,
 * a service that grows a little each day, a database that is new from the 10th, storage that stays.
 */
function estate(): CostRecord[] {
  return daysOf("2026-08-01", 61).flatMap((day, index) => [
    ...["vm-a", "vm-b", "vm-c"].map((name) =>
      costRow({ day, cost: name !== "vm-c" && day >= "2026-09-04" ? "0.40" : "6.10", ...resource(name) }),
    ),
    costRow({
      day,
      cost: day >= "2026-09-15" && day <= "2026-09-17" ? "331.25" : "2.25",
      serviceName: "Bandwidth",
      ...resource("bandwidth-prod-002"),
    }),
    costRow({
      day,
      cost: (8 + index * 0.13).toFixed(2),
      serviceName: "Azure OpenAI",
      region: "swedencentral",
      ...resource("gpt"),
    }),
    costRow({
      day,
      cost: "1.00000000001",
      serviceName: "Storage",
      region: "northeurope",
      ...resource("logs"),
    }),
    ...(day >= "2026-09-10"
      ? [costRow({ day, cost: "3", serviceName: "SQL Database", ...resource("db") })]
      : []),
    ...(day < "2026-08-20"
      ? [costRow({ day, cost: "0.7", serviceName: "Cache", ...resource("redis") })]
      : []),
  ]);
}

/** Exact sum of an estate's effective cost in a period. */
function truth(
  rows: readonly CostRecord[],
  start: string,
  end: string,
  keep = (_row: CostRecord) => true,
): string {
  const own = rows.filter((row) => {
    const day = row.chargePeriodStart.slice(0, 10);
    return day >= start && day < end && keep(row);
  });
  return sumDecimals(own.map((row) => row.effectiveCost)).toFixed();
}

/** Every sum that an explanation promises, per currency. */
function expectAddsUp(output: CostExplanation): void {
  for (const { currency, change, base, current } of output.changes) {
    const own = (money: { currency: string }) => money.currency === currency;
    const rest = output.everythingElse.filter((part) => own(part.change)).map((part) => part.change.value);
    const drivers = output.drivers.filter((driver) => own(driver.change));
    expect(decimal(current.value).minus(base.value).toFixed()).toBe(change.value);
    expect(sumDecimals([...drivers.map((driver) => driver.change.value), ...rest]).toFixed()).toBe(
      change.value,
    );
    for (const driver of drivers) {
      if (driver.dimension === "resource") continue;
      const parts = [...driver.resources.map((row) => row.change.value), driver.otherResources.change.value];
      expect(sumDecimals(parts).toFixed()).toBe(driver.change.value);
    }
    for (const cut of output.byDimension) {
      const parts = [...cut.rows.map((row) => row.change), ...cut.everythingElse.map((part) => part.change)];
      expect(sumDecimals(parts.filter(own).map(({ value }) => value)).toFixed()).toBe(change.value);
    }
    const days = output.days.filter((day) => own(day.amount)).map((day) => day.amount.value);
    expect(sumDecimals(days).toFixed()).toBe(current.value);
  }
}

describeEachEngine("comparing and explaining", (engine) => {
  let tools: TestTools;
  let contoso: TestOrganization;

  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now: "2026-10-20T09:00:00Z" });
    contoso = await tools.createOrganization("Contoso");
    await loadRows(tools, contoso, estate());
  });

  const explain = (input: Record<string, unknown>) =>
    ask<CostExplanation>(tools, contoso, "explain_cost_change", input);
  const compare = (input: Record<string, unknown>) =>
    ask<CostComparison>(tools, contoso, "compare_costs", input);

  describe("compare_costs", () => {
    it("puts the earlier period first, however it was asked", async () => {
      const asked = { period: { words: "August" }, comparedTo: { words: "September" } };
      const output = await compare(asked);
      expect(output.base.period.start).toBe("2026-08-01");
      expect(output.current.period.start).toBe("2026-09-01");
      const base = truth(estate(), "2026-08-01", "2026-09-01");
      const current = truth(estate(), "2026-09-01", "2026-10-01");
      expect(output.base.total).toEqual([{ value: base, currency: "USD" }]);
      expect(output.current.total).toEqual([{ value: current, currency: "USD" }]);
    });

    it("refuses prices that were never delivered, instead of comparing nothing with nothing", async () => {
      const bare = await tools.createOrganization("No list prices");
      await loadRows(
        tools,
        bare,
        estate().map((row) => ({ ...row, listCost: null, contractedCost: null })),
      );
      for (const costKind of ["list", "contracted"])
        await expect(
          ask(tools, bare, "compare_costs", { period: { words: "September" }, costKind }),
        ).rejects.toMatchObject({
          code: "no_data",
          message: `No ${costKind} cost was delivered with these costs.`,
        });
      await expect(
        ask(tools, bare, "compare_costs", { period: { words: "September" } }),
      ).resolves.toBeDefined();
    });

    it("is fair when the months differ in length", async () => {
      const output = await compare({ period: { words: "September" } });
      expect(output.isSameLength).toBe(false);
      const change = output.changes[0]!;
      expect(output.base.coverage.coveredDays).toBe(31);
      const perDay = Number(change.current.value) / 30 / (Number(change.base.value) / 31) - 1;
      expect(Number(change.perDayChangePercent)).toBeCloseTo(perDay * 100, 5);
    });

    it("names increases, decreases, new and gone, and adds up", async () => {
      const output = await compare({ period: { words: "September" }, top: 2 });
      expect(output.increases.map(({ label, status }) => [label, status])).toEqual([
        ["Bandwidth", "increased"],
        ["Azure OpenAI", "increased"],
      ]);
      expect(output.decreases.map(({ label, status }) => [label, status])).toEqual([
        ["Virtual Machines", "decreased"],
        ["Cache", "gone"],
      ]);
      expect([output.newCount, output.goneCount, output.otherCount]).toEqual([1, 1, 2]);
      const parts = [...output.increases, ...output.decreases].map((row) => row.change.value);
      expect(sumDecimals([...parts, ...output.otherChange.map(({ value }) => value)]).toFixed()).toBe(
        output.changes[0]!.change.value,
      );
    });

    it("compares a month to date with the same days before", async () => {
      const earlier = createTestTools({ database: engine.database(), now: "2026-09-12T09:00:00Z" });
      const output = await ask<CostComparison>(earlier, contoso, "compare_costs", {
        period: { words: "this month" },
      });
      expect(output.base.period).toEqual({ start: "2026-08-01", end: "2026-08-13" });
      expect(output.isSameLength).toBe(true);
    });

    it("compares as many days as there is data, where a month is not all there", async () => {
      const later = createTestTools({ database: engine.database(), now: "2026-10-04T09:00:00Z" });
      const period = { start: "2026-09-21", end: "2026-10-05" };
      const output = await ask<CostComparison>(later, contoso, "compare_costs", { period });
      expect(output.current.coverage).toMatchObject({ isComplete: false, coveredDays: 10 });
      expect(output.base.period).toEqual({ start: "2026-09-11", end: "2026-09-21" });
      expect(output.isSameLength).toBe(true);
    });

    it("refuses to compare with a month that has no data", async () => {
      const asked = compare({ period: { words: "August" } });
      await expect(asked).rejects.toMatchObject({
        code: "no_data",
        message: expect.stringContaining("Jul 2026"),
      });
    });
  });

  describe("explain_cost_change", () => {
    it("names the drivers, when they happened and the resources behind them", async () => {
      const output = await explain({ period: { words: "September" }, top: 4 });
      expectAddsUp(output);
      const summary = output.drivers.map((driver) => [
        driver.label,
        driver.timing.pattern,
        driver.timing.firstDay,
        driver.resources[0]?.label,
        driver.region?.label,
      ]);
      expect(summary).toEqual([
        ["Bandwidth", "spike", "2026-09-15", "bandwidth-prod-002", "West Europe"],
        ["Virtual Machines", "step", "2026-09-04", expect.stringMatching(/^vm-[ab]$/), "West Europe"],
        ["Azure OpenAI", "steady_growth", null, "gpt", "Sweden Central"],
        ["SQL Database", "new", "2026-09-10", "db", "West Europe"],
      ]);
      expect(output.drivers[0]!.timing.days).toEqual([
        { day: "2026-09-15", amount: { value: "331.25", currency: "USD" } },
        { day: "2026-09-16", amount: { value: "331.25", currency: "USD" } },
        { day: "2026-09-17", amount: { value: "331.25", currency: "USD" } },
      ]);
    });

    it("explains one service by its resources", async () => {
      const filters = [{ dimension: "service", values: ["Virtual Machines"] }];
      const output = await explain({ period: { words: "September" }, filters });
      expectAddsUp(output);
      expect(output.driverDimension).toBe("resource");
      expect(output.drivers.map((driver) => driver.label).sort()).toEqual(["vm-a", "vm-b", "vm-c"]);
    });

    it("cuts the change along the other dimensions", async () => {
      const output = await explain({ period: { words: "September" } });
      const regions = output.byDimension.find((cut) => cut.dimension === "region");
      expect(regions?.rows.map((row) => row.label)).toContain("Sweden Central");
      // One subscription and one provider explain nothing.
      expect(output.byDimension.map((cut) => cut.dimension)).toEqual(["region", "resource"]);
    });

    it("draws the change as a waterfall that ends at the current total", async () => {
      const { views, output } = await tools.invoke({
        actor: tools.actor(contoso, "viewer"),
        name: "explain_cost_change",
        input: { period: { words: "September" }, top: 2 },
        source: "web",
      });
      const waterfall = views[0]!;
      if (waterfall.type !== "waterfall") throw new Error("The first view is not a waterfall.");
      const end = sumDecimals([waterfall.start.amount, ...waterfall.steps.map((step) => step.amount)]);
      expect(end.toFixed()).toBe(waterfall.end.amount);
      expect(waterfall.end.amount).toBe((output as CostExplanation).changes[0]!.current.value);
      expect(views.map((view) => view.type)).toEqual(["waterfall", "line"]);
    });
  });
});

describeEachEngine("explanations of any estate", (engine) => {
  const amount = fc
    .integer({ min: -500_000, max: 9_000_000 })
    .map((units) => decimal(units).dividedBy(100_000).toFixed());
  const row = fc
    .record({
      day: fc
        .integer({ min: 0, max: 60 })
        .map((days) => Temporal.PlainDate.from("2026-08-01").add({ days }).toString()),
      cost: amount,
      serviceName: fc.constantFrom("A", "B", "C", "D", ""),
      region: fc.constantFrom("westeurope", "eastus", null),
      currency: fc.constantFrom("USD", "EUR"),
      resourceId: fc.constantFrom("r1", "r2", "r3", "r4", "r5", null),
      resourceGroup: fc.constantFrom("g1", "g2", null),
    })
    .map(costRow);

  it("adds up exactly, per currency and in every cut", async () => {
    const tools = createTestTools({ database: engine.database(), now: "2026-10-20T09:00:00Z" });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom("service", "region", "resource", "resource_group"),
        async (rows, top, groupBy) => {
          const organization = await tools.createOrganization("Any");
          // Data on every day, so that both periods are always covered.
          const ends = [costRow({ day: "2026-08-01", cost: "1" }), costRow({ day: "2026-09-30", cost: "1" })];
          await loadRows(tools, organization, [...ends, ...rows]);
          const output = await ask<CostExplanation>(tools, organization, "explain_cost_change", {
            period: { words: "September" },
            top,
            groupBy,
          });
          expectAddsUp(output);
          for (const { currency, current } of output.changes) {
            const expected = truth(
              [...ends, ...rows],
              "2026-09-01",
              "2026-10-01",
              (of) => of.currency === currency,
            );
            expect(current.value).toBe(expected);
          }
        },
      ),
      { numRuns: 12, seed: 11 },
    );
  });
});

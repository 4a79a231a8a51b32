import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decimal, sumDecimals } from "../kernel/money.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import type { CostBreakdown, CostDimension } from "./cost-shapes.ts";
import { costDimensions } from "./cost-shapes.ts";
import { ask, costRow, loadRows } from "./testing/load-rows.ts";

const vm = (name: string, group = "rg-web") => ({
  resourceId: `/subscriptions/sub-1/resourcegroups/${group}/providers/microsoft.compute/virtualmachines/${name}`,
  resourceName: name,
  resourceGroup: group,
});

const rows = [
  costRow({ day: "2026-09-30", cost: "100", ...vm("vm-1") }),
  costRow({ day: "2026-10-01", cost: "10.25", ...vm("vm-1"), tags: { Env: "prod" } }),
  costRow({
    day: "2026-10-15",
    cost: "5.5",
    ...vm("vm-1", "rg-dev"),
    tags: { env: "dev" },
    region: "eastus",
  }),
  costRow({ day: "2026-10-31", cost: "0.00000000001", serviceName: "Storage", region: null, listCost: "1" }),
  costRow({ day: "2026-10-31", cost: "-2", chargeCategory: "Credit", serviceName: "", resourceGroup: null }),
  costRow({ day: "2026-10-20", cost: "7", currency: "EUR", subAccountId: "sub-2", subAccountName: "Labs" }),
  costRow({ day: "2026-11-20", cost: "3", serviceName: "Bandwidth", ...vm("vm-1") }),
];

describeEachEngine("get_cost_breakdown", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;

  const breakdown = (input: Record<string, unknown>) =>
    ask<CostBreakdown>(tools, organization, "get_cost_breakdown", input);

  it("loads the rows of the tests below", async () => {
    tools = createTestTools({ database: engine.database(), now: "2026-11-23T15:00:00Z" });
    organization = await tools.createOrganization("Contoso");
    await loadRows(tools, organization, rows);
  });

  it("groups a month by service, per currency, with credits inside and apart", async () => {
    const output = await breakdown({ period: { words: "last month" } });
    expect(output.period).toEqual({ start: "2026-10-01", end: "2026-11-01" });
    expect(output.total).toEqual([
      { value: "7", currency: "EUR" },
      { value: "13.75000000001", currency: "USD" },
    ]);
    expect(output.currency).toBeNull();
    expect(output.rows.map((row) => [row.label, row.amount.value, row.amount.currency])).toEqual([
      ["Virtual Machines", "7", "EUR"],
      ["Virtual Machines", "15.75", "USD"],
      ["Storage", "0.00000000001", "USD"],
      ["(none)", "-2", "USD"],
    ]);
    expect(output.charges).toEqual([
      { kind: "credit", label: "credits", amount: { value: "-2", currency: "USD" } },
    ]);
    expect(output.rowCount).toBe(5);
    expect(output.coverage).toMatchObject({ isComplete: true, periodDays: 31, coveredDays: 31 });
  });

  it("sums what the top leaves out", async () => {
    const output = await breakdown({ period: { words: "October" }, top: 1 });
    expect(output.rows.map((row) => row.label)).toEqual(["Virtual Machines", "Virtual Machines"]);
    expect(output.other).toEqual([{ value: "-1.99999999999", currency: "USD" }]);
    expect(output.otherCount).toBe(2);
  });

  it("tells two resources of one name apart", async () => {
    const output = await breakdown({ period: { words: "October" }, groupBy: "resource" });
    expect(output.rows.map((row) => row.label)).toEqual([
      "(none)",
      "vm-1 (rg-web)",
      "vm-1 (rg-dev)",
      "(none)",
    ]);
  });

  it("finds a tag whatever the case of its name, and the untagged", async () => {
    const output = await breakdown({ period: { words: "October" }, groupBy: "tag", tagKey: "ENV" });
    expect(output.rows.map((row) => [row.label, row.amount.value])).toEqual([
      ["(untagged)", "7"],
      ["prod", "10.25"],
      ["dev", "5.5"],
      ["(untagged)", "-1.99999999999"],
    ]);
  });

  it("answers from whole months and single days as from days alone", async () => {
    const input = { groupBy: "resource", period: { start: "2026-09-30", end: "2026-11-21" } };
    const output = await breakdown(input);
    const usd = output.total.find((total) => total.currency === "USD");
    expect(usd?.value).toBe("116.75000000001");
    expect(output.rows.find((row) => row.label === "vm-1 (rg-web)")?.amount.value).toBe("113.25");
  });

  it.each([
    [{ dimension: "region", values: ["West Europe"] }, "8.25"],
    [{ dimension: "region", values: ["west europe"], exclude: true }, "5.50000000001"],
    [{ dimension: "region", values: ["(none)"] }, "0.00000000001"],
    [{ dimension: "subscription", values: ["production"] }, "13.75000000001"],
    [{ dimension: "tag", tagKey: "env", values: ["DEV"] }, "5.5"],
    [{ dimension: "resource", values: ["VM-1"] }, "15.75"],
    [{ dimension: "provider", values: ["Microsoft"] }, "13.75000000001"],
  ])("filters by %j", async (filter, expected) => {
    const output = await breakdown({ period: { words: "October" }, filters: [filter] });
    expect(output.total.find((total) => total.currency === "USD")?.value).toBe(expected);
  });

  it("takes list cost when asked", async () => {
    const output = await breakdown({ period: { words: "October" }, costKind: "list" });
    expect(output.total.find((total) => total.currency === "USD")?.value).toBe("14.75");
  });

  it("says how far the data reaches", async () => {
    const output = await breakdown({ period: { words: "this month" } });
    expect(output.coverage).toEqual({
      isComplete: false,
      periodDays: 23,
      coveredDays: 20,
      dataUntil: "2026-11-20",
      note: "data until 20 Nov 2026",
    });
  });

  it("uses the last whole month when no period is given", async () => {
    expect((await breakdown({})).period).toEqual({ start: "2026-10-01", end: "2026-11-01" });
  });

  it("answers 0 where a known name has no cost in the period", async () => {
    const output = await breakdown({
      period: { words: "October" },
      filters: [{ dimension: "service", values: ["bandwidth"] }],
    });
    expect(output.rows).toEqual([]);
    expect(output.total).toContainEqual({ value: "0", currency: "USD" });
  });

  it("names the nearest when a filter's value is unknown", async () => {
    const asked = breakdown({ filters: [{ dimension: "service", values: ["Virtual Machine"] }] });
    await expect(asked).rejects.toMatchObject({
      code: "not_found",
      hint: "Nearest: Virtual Machines.",
    });
  });

  it("says which days there are when the period has none", async () => {
    await expect(breakdown({ period: { words: "September 2024" } })).rejects.toMatchObject({
      code: "no_data",
      hint: expect.stringContaining("30 Sep - 20 Nov 2026"),
    });
  });

  it("shows another organization nothing", async () => {
    const other = await tools.createOrganization("Other");
    await expect(ask(tools, other, "get_cost_breakdown", {})).rejects.toMatchObject({ code: "no_data" });
  });

  it("draws one bar chart per currency", async () => {
    const { views } = await tools.invoke({
      actor: tools.actor(organization, "viewer"),
      name: "get_cost_breakdown",
      input: { period: { words: "October" }, top: 1 },
      source: "web",
    });
    expect(views.map((view) => view.type === "bar" && [view.currency, view.rows.length])).toEqual([
      ["EUR", 1],
      ["USD", 2],
    ]);
  });

  it("adds up: rows and other make the total, whatever the grouping, top and period", async () => {
    const day = fc.integer({ min: 0, max: 55 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<CostDimension>(...costDimensions),
        fc.integer({ min: 1, max: 4 }),
        day,
        fc.integer({ min: 1, max: 60 }),
        async (groupBy, top, from, length) => {
          const start = Temporal.PlainDate.from("2026-09-28").add({ days: from });
          const period = { start: start.toString(), end: start.add({ days: length }).toString() };
          const output = await breakdown({ groupBy, top, period, tagKey: "env" }).catch((error) => {
            if (error.code === "no_data") return null;
            throw error;
          });
          const expected = new Map<string, string[]>();
          for (const row of rows) {
            const rowDay = row.chargePeriodStart.slice(0, 10);
            if (rowDay < period.start || rowDay >= period.end) continue;
            expected.set(row.currency, [...(expected.get(row.currency) ?? []), row.effectiveCost]);
          }
          for (const { currency, value } of output?.total ?? []) {
            const parts = [...output!.rows.map((row) => row.amount), ...output!.other]
              .filter((amount) => amount.currency === currency)
              .map((amount) => amount.value);
            expect(sumDecimals(parts).toFixed()).toBe(value);
            expect(sumDecimals(expected.get(currency) ?? []).toFixed()).toBe(decimal(value).toFixed());
          }
        },
      ),
      { numRuns: 40, seed: 7 },
    );
  });
});

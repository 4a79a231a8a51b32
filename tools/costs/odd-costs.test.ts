import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, test } from "vitest";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import type { CostBreakdown } from "./cost-shapes.ts";
import { ask, costRow, loadRows } from "./testing/load-rows.ts";

describeEachEngine("costs out of the ordinary", (engine) => {
  let tools: TestTools;
  let organization: TestOrganization;
  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now: "2028-03-14T09:00:00Z" });
    organization = await tools.createOrganization();
    await loadRows(tools, organization, [
      costRow({ day: "2028-02-28", cost: "1" }),
      costRow({ day: "2028-02-29", cost: "2" }),
      costRow({ day: "2028-03-01", cost: "4" }),
      costRow({ day: "2028-02-10", cost: "-3.5", chargeCategory: "Credit" }),
      costRow({ day: "2028-02-10", cost: "-0.25", chargeCategory: "Adjustment" }),
      costRow({ day: "2028-02-10", cost: "100", effectiveCost: "0", chargeCategory: "Purchase" }),
      costRow({ day: "2028-02-11", cost: "0", effectiveCost: "0.75", commitmentDiscountStatus: "Unused" }),
      costRow({ day: "2028-02-12", cost: "9", currency: "EUR" }),
    ]);
  });
  const breakdown = (input: Record<string, unknown>) =>
    ask<CostBreakdown>(tools, organization, "get_cost_breakdown", input);
  const february = { start: "2028-02-01", end: "2028-03-01" };

  test("the leap day belongs to February", async () => {
    const day = await breakdown({ period: { start: "2028-02-29", end: "2028-03-01" } });
    expect(day.total).toEqual([{ value: "2", currency: "USD" }]);
    expect(day.coverage.periodDays).toBe(1);
  });

  test("credits, adjustments and purchases keep their names, negative as they are; nothing is netted unseen", async () => {
    const month = await breakdown({ period: february, groupBy: "charge_category", costKind: "billed" });
    const usd = month.rows.filter(({ amount }) => amount.currency === "USD");
    expect(Object.fromEntries(usd.map(({ key, amount }) => [key, amount.value]))).toEqual({
      Purchase: "100",
      Usage: "3",
      Adjustment: "-0.25",
      Credit: "-3.5",
    });
    expect(month.charges.map(({ kind, amount }) => [kind, amount.value])).toEqual([
      ["adjustment", "-0.25"],
      ["credit", "-3.5"],
      ["purchase", "100"],
    ]);
  });

  test("a cost in another currency is a total of its own, and no currency is claimed for both", async () => {
    const month = await breakdown({ period: february });
    expect(month.currency).toBeNull();
    // Effective: the purchase is spread, the unused commitment counts: 1 + 2 - 3.5 - 0.25 + 0.75.
    expect(month.total).toEqual([
      { value: "9", currency: "EUR" },
      { value: "0", currency: "USD" },
    ]);
  });
});

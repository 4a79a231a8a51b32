import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Tenant } from "../clouds/sandbox/tenant/tenant-schema.ts";
import { gateEstate } from "../clouds/sandbox/testing/gate-estate.ts";
import type { CostBreakdown } from "../costs/cost-shapes.ts";
import { visibleTotals } from "../costs/load/testing.ts";
import type { Reconciliation } from "../costs/reconcile/reconcile-shapes.ts";
import { decimal } from "../kernel/money.ts";
import { loadConnectionCosts } from "./testing/load-connection-costs.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

const estate = gateEstate();
const charge = {
  subscriptionId: estate.subscriptions[0]!.id,
  service: "Storage",
  amount: { kind: "fixed", daily: "10.1" },
};
// One resource billed in two currencies, a leap day, and pages of a few rows.
const tenantOfTwo = Tenant.parse({
  ...estate,
  days: 40,
  charges: [
    ...estate.resources.map(({ id }, index) => ({ ...charge, id: `usd ${index}`, resourceId: id })),
    { ...charge, id: "eur", resourceId: estate.resources[0]!.id, currency: "EUR" },
    {
      ...charge,
      id: "refund",
      resourceId: null,
      currency: "EUR",
      chargeType: "Refund",
      amount: { kind: "series", from: "2028-02-29", amounts: ["-250.5"] },
    },
  ],
});

describeEachEngine("a subscription that is billed in two currencies", (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    tenant = await connectSandboxTenant(engine.database(), {
      seed: "two currencies",
      resources: 20,
      days: 40,
      now: "2028-03-03T09:30:00Z",
      tenant: tenantOfTwo,
      costPageSize: 7,
    });
  }, 60_000);
  afterAll(() => tenant?.close());

  const ctx = () => tenant.tools.context(tenant.actor);
  const days = 40;
  const dollars = decimal("10.1")
    .times(estate.resources.length * days)
    .toFixed();
  const totals = [
    { currency: "EUR", billed: "153.5", effective: "153.5" },
    { currency: "USD", billed: dollars, effective: dollars },
  ];

  test("whose page comes twice, between two tokens: each currency is whole, and none is added to the other", async () => {
    const { faults } = tenant.sandbox();
    const path = "microsoft.costmanagement";
    faults.add({ path, after: 6, kind: "repeated_page" });
    faults.add({ path, after: 9, kind: "expired_token" });
    faults.add({ path, after: 11, kind: "throttle", times: 2, retryAfterSeconds: 20 });
    await loadConnectionCosts(ctx(), tenant.connectionId);
    expect(faults.pending()).toEqual([]);
    for (const level of Object.values(await visibleTotals(ctx()))) expect(level).toMatchObject(totals);
  });

  test("whose page comes twice for good: nothing of it is stored, what was there stays", async () => {
    const { faults } = tenant.sandbox();
    tenant.setNow("2028-03-04T09:30:00Z");
    faults.add({ path: "microsoft.costmanagement", after: 2, kind: "repeated_page", times: 1_000 });
    await expect(loadConnectionCosts(ctx(), tenant.connectionId)).rejects.toMatchObject({
      code: "unavailable",
    });
    faults.clear();
    expect((await visibleTotals(ctx())).cost_data).toMatchObject(totals);
    tenant.setNow("2028-03-03T09:30:00Z");
  });

  test("is answered by currency, ties out, and has its leap day", async () => {
    const period = { start: "2028-02-29", end: "2028-03-01" };
    const day = await tenant.call<CostBreakdown>("get_cost_breakdown", { period });
    expect(day).toMatchObject({
      currency: null,
      total: [
        { currency: "EUR", value: "-240.4" },
        { currency: "USD", value: decimal("10.1").times(estate.resources.length).toFixed() },
      ],
    });
    const february = { start: "2028-02-01", end: "2028-03-01" };
    expect(await tenant.call<Reconciliation>("reconcile_costs", { period: february })).toMatchObject({
      verdict: "to_the_cent",
    });
  });
});

import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { AppError } from "../kernel/errors.ts";
import { ScanFailures } from "./scan-failures.ts";
import type { ScanStatus } from "./scan-status.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

describeOneEngine("server", "what a scan may not or cannot read", (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    const estate = { seed: "failures", resources: 60, days: 20, now: "2026-10-14T09:30:00Z" };
    tenant = await connectSandboxTenant(engine.database(), estate);
  }, 60_000);
  afterAll(() => tenant?.close());

  const planted = (type: string) =>
    tenant.generated.tenant.resources.filter((resource) => resource.type.toLowerCase() === type);
  const subscriptionOf = ({ id }: { id: string }) => id.split("/")[2]!;
  const accounts = "microsoft.storage/storageaccounts";

  /** Types with points in the subscription. */
  async function measuredTypes(subscriptionId: string) {
    const ctx = tenant.tools.context(tenant.actor);
    return ctx.read(async (transaction) => {
      const rows = await transaction
        .selectFrom("resource_metrics")
        .innerJoin("resources", "resources.resource_id", "resource_metrics.resource_id")
        .select("resource_type")
        .where("subscription_id", "=", subscriptionId)
        .groupBy("resource_type")
        .execute();
      return new Set(rows.map(({ resource_type }) => resource_type));
    });
  }
  const scanned = async () => {
    const { connections } = await tenant.scan();
    return tenant.call<ScanStatus>("get_scan", { id: connections[0]!.scanId });
  };

  test("a subscription whose costs are refused, and a type whose metrics are: named, and all else landed", async () => {
    const { permissions, subscriptionIds } = tenant.sandbox();
    const ofAccounts = subscriptionOf(planted("microsoft.compute/virtualmachines")[0]!);
    const withoutCosts = subscriptionIds.find((id) => id !== ofAccounts)!;
    const lift = [
      permissions.deny({
        scope: `/subscriptions/${withoutCosts}`,
        actions: ["Microsoft.CostManagement/*"],
      }),
      ...planted(accounts).map(({ id }) =>
        permissions.deny({ scope: id, actions: ["Microsoft.Insights/metrics/read"] }),
      ),
    ];
    const scan = await scanned();
    for (const end of lift) end();
    const [costs, ...metrics] = scan.failures;
    expect(costs).toMatchObject({
      subscriptionId: withoutCosts,
      stage: "costs",
      resourceType: null,
      code: "forbidden",
      message: expect.stringMatching(
        /may not read the costs of subscription .+\. Missing: 2025-09, .+2026-10\.$/,
      ),
      hint: expect.stringContaining("Cost Management Reader"),
    });
    expect(costs!.months).toHaveLength(14);
    expect(new Set(metrics.map(({ subscriptionId }) => subscriptionId))).toEqual(
      new Set(planted(accounts).map(subscriptionOf)),
    );
    for (const failure of metrics)
      expect(failure).toMatchObject({
        stage: "metrics",
        resourceType: accounts,
        code: "forbidden",
        months: [],
      });
    expect(metrics[0]!.message).toMatch(
      /^The connection's identity may not read the metrics of microsoft\.storage/,
    );
    const { resourceCount, unmanagedDiskCount } = tenant.truth.totals;
    expect(scan).toMatchObject({
      status: "partial",
      counts: { resourceCount: resourceCount + unmanagedDiskCount, costMonthCount: 28 },
    });
    const measured = await measuredTypes(ofAccounts);
    expect(measured).toContain("microsoft.compute/virtualmachines");
    expect(measured).not.toContain(accounts);
  });

  test("what was refused comes with the next scan, once it is allowed", async () => {
    expect(await scanned()).toMatchObject({ status: "done", failures: [] });
    expect(await measuredTypes(subscriptionOf(planted(accounts)[0]!))).toContain(accounts);
    for (const { month, amortized } of tenant.truth.totals.months) {
      const start = Temporal.PlainDate.from(`${month}-01`);
      const period = { start: start.toString(), end: start.add({ months: 1 }).toString() };
      const { total } = await tenant.call<{ total: { value: string }[] }>("get_cost_breakdown", { period });
      expect(Number(total[0]!.value)).toBe(Number(amortized));
    }
  });
});

describe("failures that are alike", () => {
  const subscription = { id: "s1", name: "Production" };
  const unavailable = (text: string) => new AppError("unavailable", text, { hint: "Later." });

  it("are one, with the months that it is about", () => {
    const failures = new ScanFailures();
    for (const month of ["2026-10", "2026-08", "2026-09"])
      failures.add({ stage: "costs", subscription, month }, unavailable("Azure did not answer."));
    failures.add({ stage: "costs", subscription, month: "2026-07" }, unavailable("It does not add up."));
    failures.add(
      { stage: "costs", subscription: null, month: "2026-07" },
      unavailable("Azure did not answer."),
    );
    expect(
      failures.list.map(({ subscriptionId, message, months }) => [subscriptionId, message, months]),
    ).toEqual([
      ["s1", "Azure did not answer. Missing: 2026-08, 2026-09, 2026-10.", ["2026-08", "2026-09", "2026-10"]],
      ["s1", "It does not add up. Missing: 2026-07.", ["2026-07"]],
      [null, "Azure did not answer. Missing: 2026-07.", ["2026-07"]],
    ]);
  });

  it("stay apart where they are about other types, and tell nothing of what nobody foresaw", () => {
    const failures = new ScanFailures();
    failures.add({ stage: "metrics", subscription, resourceType: "a/b" }, new Error("secret=1"));
    failures.add({ stage: "metrics", subscription, resourceType: "a/c" }, new Error("secret=1"));
    expect(failures.list).toHaveLength(2);
    expect(failures.list[0]).toMatchObject({ resourceType: "a/b", code: "internal", months: [] });
    expect(JSON.stringify(failures.list)).not.toContain("secret");
  });
});

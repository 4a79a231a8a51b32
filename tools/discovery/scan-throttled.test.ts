import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CostBreakdown } from "../costs/cost-shapes.ts";
import type { ResourceSearchOutput } from "./search-resources.tool.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

describeOneEngine("server", "a scan of a cloud that refuses calls for a minute", (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    const estate = { seed: "throttled", resources: 60, days: 20, now: "2026-10-14T09:30:00Z" };
    tenant = await connectSandboxTenant(engine.database(), estate);
  }, 60_000);
  afterAll(() => tenant?.close());

  test("of inventory, costs and metrics waits, and brings all of it", async () => {
    const { faults } = tenant.sandbox();
    const again = "x-ms-ratelimit-microsoft.costmanagement-entity-retry-after";
    faults.add({
      path: "microsoft.resourcegraph",
      kind: "throttle",
      after: 1,
      times: 4,
      retryAfterSeconds: 15,
    });
    // Its own header alone says how long: Retry-After names a shorter time, as Azure's may.
    faults.add({
      path: "microsoft.costmanagement",
      kind: "throttle",
      after: 3,
      times: 4,
      retryAfterSeconds: 1,
      headers: { [again]: "60" },
    });
    faults.add({ path: "metrics:getbatch", kind: "throttle", after: 1, times: 4, retryAfterSeconds: 15 });
    const { connections } = await tenant.scan();
    expect(faults.pending()).toEqual([]);
    const { months, ...counts } = tenant.truth.totals;
    const resourceCount = counts.resourceCount + counts.unmanagedDiskCount;
    expect(connections).toMatchObject([{ status: "done", failures: [], resourceCount }]);
    expect(connections[0]!.metricPointCount).toBeGreaterThan(1_000);
    expect((await tenant.call<ResourceSearchOutput>("search_resources")).totalCount).toBe(resourceCount);
    for (const { month, amortized } of months) {
      const start = Temporal.PlainDate.from(`${month}-01`);
      const period = { start: start.toString(), end: start.add({ months: 1 }).toString() };
      const { total } = await tenant.call<CostBreakdown>("get_cost_breakdown", { period });
      expect(Number(total[0]!.value)).toBe(Number(amortized));
    }
  });
});

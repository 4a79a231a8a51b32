import { listConnections } from "@cloudoptima/db/queries/connections.ts";
import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CostBreakdown } from "../costs/cost-shapes.ts";
import { decimal } from "../kernel/money.ts";
import type { RecommendationList } from "../recommendations/list-recommendations.tool.ts";
import type { ResourceSearchOutput } from "./search-resources.tool.ts";
import { preparedScan, rejoinSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

const estate = { seed: "scan", resources: 90, days: 70, now: "2026-10-05T09:30:00Z" };
const costTimeout = 120_000;

// Scans, and loads that replace others, run on both engines in scan.operation.test.ts and load-costs.test.ts: this is
// what the answers of a cloud make of a scan.
describeOneEngine("server", { name: "a scan again", prepared: preparedScan(estate) }, (engine) => {
  let tenant: ScannedTenant;
  beforeAll(async () => {
    tenant = (await rejoinSandboxTenant(engine.database(), estate))!;
    const { resourceCount, unmanagedDiskCount } = tenant.truth.totals;
    knownCount = resourceCount + unmanagedDiskCount;
  });
  afterAll(() => tenant?.close());

  let knownCount: number;
  const recommendations = (input = {}) =>
    tenant.call<RecommendationList>("list_recommendations", { limit: 50, ...input });
  const month = (start: string, end: string) =>
    tenant.call<CostBreakdown>("get_cost_breakdown", { period: { start, end }, groupBy: "subscription" });
  const resources = (input = {}) => tenant.call<ResourceSearchOutput>("search_resources", input);

  test(
    "a late correction replaces what was loaded, and is not added to it",
    async () => {
      const before = await month("2026-09-01", "2026-10-01");
      const corrected = structuredClone(tenant.generated.tenant);
      const disk = tenant.truth.waste.find(({ type }) => type === "unattached_disk")!;
      const charge = corrected.charges.find(
        ({ resourceId }) => resourceId?.toLowerCase() === disk.resourceId,
      )!;
      if (charge.amount.kind !== "fixed") throw new Error("A disk costs the same every day.");
      const daily = decimal(charge.amount.daily);
      charge.amount = { kind: "fixed", daily: daily.times(2).toFixed() };
      await tenant.serve(corrected);
      await tenant.scan();
      const after = await month("2026-09-01", "2026-10-01");
      const more = decimal(after.total[0]!.value).minus(before.total[0]!.value);
      expect(more.toFixed()).toBe(daily.times(30).toFixed());
      expect(after.rowCount).toBe(before.rowCount);
      await tenant.serve(tenant.generated.tenant);
      await tenant.scan();
      expect((await month("2026-09-01", "2026-10-01")).total).toEqual(before.total);
    },
    costTimeout,
  );

  test(
    "a subscription that fails is reported and the rest still lands",
    async () => {
      const [broken] = tenant.sandbox().subscriptionIds;
      tenant.sandbox().faults.add({
        path: `${broken}/providers/microsoft.costmanagement`,
        kind: "error",
        status: 501,
        times: 1000,
      });
      const before = await month("2026-09-01", "2026-10-01");
      const scanned = await tenant.scan();
      tenant.sandbox().faults.clear();
      const [connection] = scanned.connections;
      expect(connection).toMatchObject({ status: "partial", resourceCount: knownCount });
      expect(new Set(connection!.failures.map(({ subscriptionId }) => subscriptionId))).toEqual(
        new Set([broken]),
      );
      expect(connection!.failures[0]).toMatchObject({ stage: "costs", hint: expect.any(String) });
      expect(connection!.costMonthCount).toBeGreaterThan(0);
      expect((await month("2026-09-01", "2026-10-01")).total).toEqual(before.total);
    },
    costTimeout,
  );

  test(
    "a lost page of the inventory marks nothing as gone",
    async () => {
      tenant
        .sandbox()
        .faults.add({ path: "microsoft.resourcegraph", kind: "lost_page", after: 1, times: 1000 });
      const scanned = await tenant.scan();
      tenant.sandbox().faults.clear();
      expect(scanned.connections[0]).toMatchObject({ status: "partial", goneCount: 0 });
      expect(scanned.connections[0]!.failures.every(({ stage }) => stage === "inventory")).toBe(true);
      expect((await resources()).totalCount).toBe(knownCount);
      expect(scanned.recommendations.expiredCount).toBe(0);
    },
    costTimeout,
  );

  test(
    "metrics that cannot be read leave idle machines as they were",
    async () => {
      const before = await recommendations({ type: "idle_vm" });
      tenant.sandbox().faults.add({ path: "metrics:getbatch", kind: "error", status: 501, times: 1000 });
      const scanned = await tenant.scan();
      tenant.sandbox().faults.clear();
      expect(scanned.connections[0]).toMatchObject({ status: "partial" });
      expect(before.totalCount).toBeGreaterThan(0);
      expect((await recommendations({ type: "idle_vm" })).totalCount).toBe(before.totalCount);
    },
    costTimeout,
  );

  test(
    "a scan that brings nothing is an error, and says why",
    async () => {
      tenant
        .sandbox()
        .faults.add({ path: "microsoft.resourcegraph", kind: "error", status: 501, times: 1000 });
      await expect(tenant.scan()).rejects.toMatchObject({ name: "AppError", hint: expect.any(String) });
      tenant.sandbox().faults.clear();
      const [connection] = await tenant.tools.context(tenant.actor).read(listConnections);
      expect(connection).toMatchObject({ status: "error" });
    },
    costTimeout,
  );

  test(
    "a month is read once more when its corrections are over, and then no more",
    async () => {
      const subscriptionCount = tenant.sandbox().subscriptionIds.length;
      const monthCount = async () => (await tenant.scan()).connections[0]!.costMonthCount;
      tenant.setNow("2026-10-12T09:30:00Z");
      expect(await monthCount()).toBe(2 * subscriptionCount);
      // September has not changed, and months without any cost are not asked for again either.
      expect(await monthCount()).toBe(subscriptionCount);
    },
    costTimeout,
  );
});

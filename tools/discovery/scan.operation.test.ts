import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CostBreakdown } from "../costs/cost-shapes.ts";
import { decimal } from "../kernel/money.ts";
import type { UpdateEvent } from "../kernel/update-event.ts";
import type { SavingsTotal } from "../recommendations/get-savings-total.tool.ts";
import { everyRecommendation, isCounted } from "../recommendations/testing/planted.ts";
import type { ResourceSearchOutput } from "./search-resources.tool.ts";
import { connectSandboxTenant, type ScannedTenant, type ScanOutput } from "./testing/scanned-tenant.ts";

const estate = { seed: "scan", resources: 90, days: 70, now: "2026-10-05T09:30:00Z" };
const costTimeout = 120_000;

describeEachEngine("scan", (engine) => {
  let tenant: ScannedTenant;
  let first: ScanOutput;
  const told: UpdateEvent[] = [];
  let toldAtFirst: UpdateEvent[];
  beforeAll(async () => {
    tenant = await connectSandboxTenant(engine.database(), estate);
    tenant.tools.events.subscribe(tenant.actor.organizationId, (event) => told.push(event));
    first = await tenant.scan();
    toldAtFirst = told.splice(0);
  }, costTimeout);
  afterAll(() => tenant?.close());

  const month = (start: string, end: string) =>
    tenant.call<CostBreakdown>("get_cost_breakdown", { period: { start, end }, groupBy: "subscription" });
  const knownCount = () => {
    const { resourceCount, unmanagedDiskCount } = tenant.truth.totals;
    return resourceCount + unmanagedDiskCount;
  };
  const resources = (input = {}) => tenant.call<ResourceSearchOutput>("search_resources", input);

  test("brings every resource and the costs of every month, equal to the cloud's own totals", async () => {
    expect(first.connections).toMatchObject([
      { status: "done", failures: [], resourceCount: knownCount(), goneCount: 0 },
    ]);
    expect((await resources()).totalCount).toBe(knownCount());
    for (const { month: name, amortized } of tenant.truth.totals.months) {
      const start = Temporal.PlainDate.from(`${name}-01`);
      const spent = await month(start.toString(), start.add({ months: 1 }).toString());
      expect(spent.total).toEqual([{ value: decimal(amortized).toFixed(), currency: "USD" }]);
    }
  });

  test("tells watchers how many resources were found and which recommendations are new", async () => {
    const last = (type: UpdateEvent["type"]) => toldAtFirst.findLast((event) => event.type === type)?.data;
    const resourceCount = knownCount();
    expect(last("resource_discovered")).toEqual({ connectionName: "Sandbox", resourceCount });
    const rows = await everyRecommendation(tenant);
    expect(last("recommendation_created")).toEqual({
      connectionName: "Sandbox",
      count: rows.length,
      ids: expect.toSatisfy((ids: string[]) => rows.every(({ id }) => ids.includes(id))),
    });
    const progress = last("scan_progress") as { done: number; total: number };
    expect(progress.done).toBe(progress.total);
  });

  test("brings what the cloud measured of machines, databases and storage", async () => {
    type Series = { metric: string; aggregation: string; points: { time: string }[] };
    const measured = async (type: string) => {
      const { rows } = await resources({ type, status: type === "VM" ? "running" : undefined });
      const { series } = await tenant.call<{ series: Series[] }>("get_resource_metrics", {
        id: rows[0]!.id,
        days: 7,
      });
      return series.map(
        ({ metric, aggregation, points }) => `${metric} ${aggregation} ${points.length > 24}`,
      );
    };
    expect(await measured("VM")).toEqual([
      "cpu_percent average true",
      "cpu_percent maximum true",
      "disk_read_bytes total true",
      "disk_read_operations_per_second maximum true",
      "disk_write_bytes total true",
      "disk_write_operations_per_second maximum true",
      "memory_available_bytes average true",
      "network_in_bytes total true",
      "network_out_bytes total true",
      "memory_percent average true",
    ]);
    expect(await measured("storage account")).toEqual([
      "network_out_bytes total true",
      "read_transactions total true",
      "storage_bytes average true",
      "transactions total true",
    ]);
  });

  test("costs carry the names and tags of the inventory", async () => {
    const byResource = await tenant.call<CostBreakdown>("get_cost_breakdown", {
      period: { start: "2026-09-01", end: "2026-10-01" },
      groupBy: "resource",
      top: 100,
    });
    const named = tenant.generated.tenant.resources.map(({ name }) => name);
    expect(byResource.rows.filter(({ label }) => named.includes(label)).length).toBeGreaterThan(10);
    const byTeam = await tenant.call<CostBreakdown>("get_cost_breakdown", {
      period: { start: "2026-09-01", end: "2026-10-01" },
      groupBy: "tag",
      tagKey: "Team",
    });
    expect(byTeam.rows.filter(({ key }) => key !== "").length).toBeGreaterThan(1);
  });

  test("finds the planted waste and nothing else, with savings within 1 %", async () => {
    const rows = await everyRecommendation(tenant);
    const key = (type: string, id: string) => `${type} ${id}`;
    const planted = tenant.truth.waste;
    expect(rows.map((row) => key(row.type, row.resource.id)).sort()).toEqual(
      planted.map((waste) => key(waste.type, waste.resourceId)).sort(),
    );
    for (const waste of planted) {
      const row = rows.find(({ type, resource }) => type === waste.type && resource.id === waste.resourceId)!;
      const off = Number(row.monthlySavings?.value) - Number(waste.monthlySaving);
      expect(Math.abs(off)).toBeLessThanOrEqual(0.01 * Number(waste.monthlySaving));
      expect(row.evidence.length).toBeGreaterThan(0);
      expect(row.counterEvidence.every((item) => item.found === null)).toBe(true);
      expect(row.steps.length).toBeGreaterThan(1);
    }
    const total = await tenant.call<SavingsTotal>("get_savings_total");
    const expected = planted.filter(isCounted).reduce((sum, waste) => sum + Number(waste.monthlySaving), 0);
    expect(Math.abs(Number(total.monthlySavings[0]!.value) / expected - 1)).toBeLessThan(0.01);
  });

  test(
    "a second scan changes nothing",
    async () => {
      const before = await everyRecommendation(tenant);
      const spent = await month("2026-09-01", "2026-10-01");
      const again = await tenant.scan();
      expect(again.recommendations).toEqual({ ...first.recommendations, newCount: 0, expiredCount: 0 });
      expect(told.map(({ type }) => type)).not.toContain("recommendation_created");
      expect((await everyRecommendation(tenant)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      const after = await month("2026-09-01", "2026-10-01");
      expect({ total: after.total, rowCount: after.rowCount }).toEqual({
        total: spent.total,
        rowCount: spent.rowCount,
      });
      // July and August are final; only September and October are read again.
      expect(again.connections[0]!.costMonthCount).toBe(2 * 3);
    },
    costTimeout,
  );

  test(
    "what disappears is marked as gone and its recommendation expires; what returns opens anew",
    async () => {
      const disk = tenant.truth.waste.find(({ type }) => type === "unattached_disk")!;
      const smaller = structuredClone(tenant.generated.tenant);
      smaller.resources = smaller.resources.filter(({ id }) => id.toLowerCase() !== disk.resourceId);
      tenant.setNow("2026-10-05T10:30:00Z");
      await tenant.serve(smaller);
      const scanned = await tenant.scan();
      expect(scanned.connections[0]).toMatchObject({ goneCount: 1 });
      expect(scanned.recommendations).toMatchObject({ newCount: 0, expiredCount: 1 });
      const left = await everyRecommendation(tenant);
      expect(left.some(({ resource }) => resource.id === disk.resourceId)).toBe(false);
      expect((await resources({ text: disk.resourceId })).totalCount).toBe(0);
      expect((await resources({ text: disk.resourceId, includeGone: true })).rows).toMatchObject([
        { id: disk.resourceId, goneAt: "2026-10-05T10:30:00.000Z" },
      ]);
      tenant.setNow("2026-10-05T11:30:00Z");
      await tenant.serve(tenant.generated.tenant);
      expect((await tenant.scan()).recommendations).toMatchObject({ newCount: 1, expiredCount: 0 });
    },
    costTimeout,
  );

  test(
    "two scans of one connection do not run together",
    async () => {
      const results = await Promise.allSettled([tenant.scan(), tenant.scan()]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const refused = results.find((result) => result.status === "rejected");
      expect(refused?.reason).toMatchObject({ code: "conflict" });
      const connections = await tenant.call<{ connections: { status: string }[] }>("list_connections");
      expect(connections.connections).toMatchObject([
        { status: "active", kind: "sandbox", subscriptionCount: 3 },
      ]);
    },
    costTimeout,
  );
});

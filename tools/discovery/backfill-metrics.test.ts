import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keptDays, metricPlans } from "./metric-plan.ts";
import type { MetricsOutput } from "./metric-shapes.ts";
import type { ResourceSearchOutput } from "./search-resources.tool.ts";
import { preparedScan, rejoinSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

const estate = { seed: "history", resources: 90, days: 100, now: "2026-10-05T09:30:00Z" };
const scanTimeout = 120_000;
const oldest = "2026-07-07";

// Reading and storing are tested on both engines in scan.operation.test.ts and metrics.test.ts: this is how far back.
describeOneEngine("server", { name: "earlier metrics", prepared: preparedScan(estate) }, (engine) => {
  let tenant: ScannedTenant;
  /** Of each type whose history is caught up with, one resource that has any metric. */
  let measured: { id: string; type: string }[];

  beforeAll(async () => {
    tenant = (await rejoinSandboxTenant(engine.database(), estate))!;
    const short = new Set(metricPlans.filter(({ days }) => days < keptDays).map(({ type }) => type));
    const { rows } = await tenant.call<ResourceSearchOutput>("search_resources", { limit: 100 });
    const found = new Map<string, string>();
    for (const { id, type } of rows) {
      if (!short.has(type) || found.has(type)) continue;
      if ((await firstDays(id)).length > 0) found.set(type, id);
    }
    measured = [...found].map(([type, id]) => ({ type, id }));
  });
  afterAll(() => tenant?.close());

  /** First day of each metric of a resource. */
  async function firstDays(id: string): Promise<string[]> {
    const { series } = await tenant.call<MetricsOutput>("get_resource_metrics", { id, days: keptDays });
    return series.map(({ points }) => points[0]!.time.slice(0, 10));
  }

  test("are not read by the first scan, whose newest month is enough to judge by", async () => {
    expect(measured.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        "microsoft.compute/virtualmachines",
        "microsoft.sql/servers/databases",
        "microsoft.storage/storageaccounts",
        "microsoft.web/serverfarms",
      ]),
    );
    for (const { id, type } of measured) expect(await firstDays(id), type).toContain("2026-09-05");
  });

  test(
    "are read by the next scan that can, after one that could not",
    async () => {
      tenant.sandbox().faults.add({ path: "metrics:getBatch", kind: "error", status: 501, times: 10_000 });
      const [failed] = (await tenant.scan()).connections;
      tenant.sandbox().faults.clear();
      expect(failed!.failures.map(({ stage }) => stage)).toContain("metrics");
      const [connection] = (await tenant.scan()).connections;
      expect(connection!.failures).toEqual([]);
      for (const { id, type } of measured) {
        const days = await firstDays(id);
        expect(
          days.filter((day) => day > oldest),
          `${type} ${id}`,
        ).toEqual([]);
      }
    },
    scanTimeout,
  );

  test(
    "are as the cloud has them, and are not asked for again",
    async () => {
      const cloud = await tenant.openCloud();
      const { id } = measured.find(({ type }) => type === "microsoft.sql/servers/databases")!;
      const resource = await cloud.resource(id, AbortSignal.timeout(10_000));
      const [from, to] = ["2026-07-20T00:00:00Z", "2026-07-22T00:00:00Z"].map((at) =>
        Temporal.Instant.from(at),
      );
      const request = {
        resources: [resource!],
        metrics: [{ metric: "storage_bytes", aggregation: "maximum" }] as const,
        from: from!,
        to: to!,
        intervalMinutes: 60 as const,
      };
      const theirs: number[] = [];
      for await (const points of cloud.metrics(request, AbortSignal.timeout(10_000))) {
        theirs.push(...points.map(({ value }) => value));
      }
      const { series } = await tenant.call<MetricsOutput>("get_resource_metrics", {
        id,
        metric: "storage_bytes",
        period: { start: "2026-07-20", end: "2026-07-22" },
      });
      expect(theirs).toHaveLength(48);
      expect(series[0]!.points.map(({ value }) => value)).toEqual(theirs);
      const [again] = (await tenant.scan()).connections;
      // Only the hours that Azure may fill late: since the last midnight but one.
      expect(again!.metricPointCount).toBeLessThan(90 * 10 * 40);
    },
    scanTimeout,
  );
});

import { packMetricDays } from "@cloudoptima/db/pack-metric-days.ts";
import { upsertMetricDays } from "@cloudoptima/db/queries/metrics.ts";
import { describeTimescaleToo } from "@cloudoptima/db/testing/engines.ts";
import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { systemActor } from "../access/system-actor.ts";
import { loadCosts } from "../costs/load/load-costs.ts";
import {
  batchesOf,
  costRecord,
  countEverything,
  createLoadingTenant,
  visibleTotals,
} from "../costs/load/testing.ts";
import { readLeftRows } from "../costs/load/testing-states.ts";
import { createTestTools } from "../testing/test-tools.ts";
import { retentionCutoffs } from "./retention-cutoffs.ts";

const now = "2026-11-20T12:00:00Z";

describe("retentionCutoffs", () => {
  it("counts from the earlier of the two clocks", () => {
    const business = Temporal.Instant.from(now);
    const cutoffs = {
      changesBefore: new Date("2025-10-20T00:00:00Z"),
      metricsBefore: "2026-08-22",
      costsBefore: "2025-10-20",
    };
    expect(retentionCutoffs(business, new Date("2031-01-01T00:00:00Z"))).toMatchObject(cutoffs);
    expect(retentionCutoffs(Temporal.Instant.from("2031-01-01T00:00:00Z"), new Date(now))).toEqual({
      ...cutoffs,
      scansBefore: new Date("2026-08-22T12:00:00Z"),
    });
  });
});

describeTimescaleToo("retention", (engine) => {
  const none = { resourceChanges: 0, scans: 0 };
  const ofMonth = (month: string, next: string) =>
    costRecord({
      billingPeriodStart: month,
      billingPeriodEnd: next,
      periodStart: month,
      periodEnd: next,
    } as never);

  /** An organization with costs of three months and points on both sides of 90 days. */
  async function fill() {
    const { ctx, organization, connectionId } = await createLoadingTenant(engine.database());
    const months = [
      ["2025-08-01", "2025-09-01"],
      ["2025-09-01", "2025-10-01"],
      ["2025-10-01", "2025-11-01"],
    ] as const;
    await loadCosts(ctx, {
      connectionId,
      source: "test",
      batches: batchesOf(months.map(([start, end]) => ofMonth(start, end))),
    });
    const point = (time: string) => ({
      resourceId: "/vm",
      metric: "cpu_percent",
      aggregation: "average",
      time: new Date(time),
      value: 1,
      unit: "percent",
    });
    const hours = Array.from({ length: 2_500 }, (_, hour) =>
      point(new Date(Date.parse("2026-08-22T12:00:00Z") + (hour - 2_499) * 3_600_000).toISOString()),
    );
    await ctx.write((transaction) =>
      upsertMetricDays(
        transaction,
        organization.id,
        packMetricDays([...hours, point("2026-11-20T11:00:00Z")]),
      ),
    );
    const retain = async () => {
      const tools = createTestTools({ database: engine.database(), now });
      const actor = systemActor(organization);
      return (await tools.invoke({ actor, name: "apply_retention", input: {}, source: "worker" })).output;
    };
    const points = async () =>
      ctx.read(async (transaction) => {
        const { rows } = await sql<{ count: string }>`select count(*) from resource_metrics`.execute(
          transaction,
        );
        return Number(rows[0]?.count);
      });
    return { ctx, organization, retain, points };
  }

  it("removes whole billing periods that ended 13 months ago and whole days of points older than 90 days, once", async () => {
    const { ctx, retain, points } = await fill();
    expect(await retain()).toEqual({
      exempt: false,
      metricPoints: 2_487,
      deliveries: 2,
      costRows: 2,
      ...none,
    });
    expect(await points()).toBe(14);
    expect(await countEverything(ctx)).toMatchObject({ cost_data: 1, cost_daily: 1 });
    expect(await retain()).toEqual({ exempt: false, metricPoints: 0, deliveries: 0, costRows: 0, ...none });
  });

  it("leaves an organization alone that keeps its data", async () => {
    const { organization, retain, points } = await fill();
    await engine
      .database()
      .pool.query("update organizations set retention_exempt = true where id = $1", [organization.id]);
    expect(await retain()).toMatchObject({ exempt: true });
    expect(await points()).toBe(2_501);
  });

  it.each([false, true])(
    "removes what a load that died left, also where all is kept (%s)",
    async (isExempt) => {
      const { ctx, organization, retain } = await fill();
      await retain();
      await engine
        .database()
        .pool.query("update organizations set retention_exempt = $2 where id = $1", [
          organization.id,
          isExempt,
        ]);
      const tools = createTestTools({ database: engine.database(), now });
      const isLoading = async () => {
        const call = { actor: tools.actor(organization), name: "get_data_freshness", input: {} };
        return ((await tools.invoke({ ...call, source: "web" })).output as { isLoading: boolean }).isLoading;
      };
      // Its process ends once rows are stored: it can neither go on nor give up.
      let writes = 0;
      const dying: typeof ctx = {
        ...ctx,
        write: (work) => (++writes > 3 ? Promise.reject(new Error("killed")) : ctx.write(work)),
      };
      const { id: connectionId } = await ctx.read((transaction) =>
        transaction.selectFrom("cloud_connections").select("id").executeTakeFirstOrThrow(),
      );
      const load = { connectionId, source: "killed", batches: batchesOf([costRecord()]) };
      await expect(loadCosts(dying, load)).rejects.toThrow("killed");
      expect(await isLoading()).toBe(true);
      expect(await readLeftRows(ctx)).toMatchObject({ cost_deliveries: 1, cost_data: 1 });
      await retain();
      expect(await isLoading(), "it may still be running").toBe(true);
      await ctx.write((transaction) =>
        sql`update cost_deliveries set loaded_at = loaded_at - interval '11 minutes' where status = 'loading'`.execute(
          transaction,
        ),
      );
      expect(await isLoading()).toBe(false);
      expect(await retain()).toMatchObject({ deliveries: 0, costRows: 1 });
      expect(await readLeftRows(ctx)).toEqual({});
    },
  );

  it("runs beside loads and beside itself: what is kept is whole at every level, what is old leaves nothing", async () => {
    const { ctx, retain } = await fill();
    const connectionId = await ctx.read(async (transaction) => {
      const row = await transaction.selectFrom("cloud_connections").select("id").executeTakeFirstOrThrow();
      return row.id;
    });
    const load = (month: string, next: string, billedCost: string) =>
      loadCosts(ctx, {
        connectionId,
        source: "again",
        batches: batchesOf(
          Array.from({ length: 40 }, (_, index) => ({
            ...ofMonth(month, next),
            billedCost,
            resourceId: `/vm-${index}`,
          })),
        ),
      });
    await Promise.all([
      load("2025-10-01", "2025-11-01", "2"),
      retain(),
      load("2025-08-01", "2025-09-01", "7"),
      retain(),
      load("2025-09-01", "2025-10-01", "5"),
      load("2026-10-01", "2026-11-01", "3"),
      retain(),
    ]);
    await retain();
    for (const totals of Object.values(await visibleTotals(ctx))) {
      expect(totals).toMatchObject([{ billed: "200" }]);
    }
    expect(await countEverything(ctx)).toMatchObject({ cost_data: 80 });
    const { rows } = await ctx.read((transaction) =>
      sql<{ period: string; status: string }>`select period_start::text as period, status from cost_deliveries
        order by 1`.execute(transaction),
    );
    expect(rows).toEqual([
      { period: "2025-10-01", status: "published" },
      { period: "2026-10-01", status: "published" },
    ]);
  });
});

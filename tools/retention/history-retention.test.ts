import { randomUUID } from "node:crypto";
import { insertResourceChanges, type ResourceChange } from "@cloudoptima/db/queries/resource-changes.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { expect, it } from "vitest";
import { systemActor } from "../access/system-actor.ts";
import { createLoadingTenant } from "../costs/load/testing.ts";
import { createTestTools } from "../testing/test-tools.ts";

const now = "2026-11-20T12:00:00Z";

describeEachEngine("the history of the inventory", (engine) => {
  /** An organization with changes and scans on both sides of their time. */
  async function fill() {
    const { ctx, organization, connectionId } = await createLoadingTenant(engine.database());
    const change: ResourceChange = {
      resourceId: "/vm",
      kind: "updated",
      field: "status",
      category: "status",
      from: "running",
      to: "stopped",
    };
    const scan = (status: "done" | "running", startedAt: string) => ({
      id: randomUUID(),
      organization_id: organization.id,
      connection_id: connectionId,
      kind: "full" as const,
      status,
      resumes: null,
      started_at: startedAt,
      updated_at: startedAt,
      ended_at: null,
      phases: "[]",
      counts: "{}",
      failures: "[]",
    });
    await ctx.write(async (transaction) => {
      const { id } = organization;
      const old = Array.from({ length: 4_100 }, () => change);
      await insertResourceChanges(transaction, id, new Date("2025-10-19T23:59:59Z"), old);
      await insertResourceChanges(transaction, id, new Date("2025-10-20T00:00:00Z"), [change]);
      await insertResourceChanges(transaction, id, new Date(now), [change]);
      const scans = [
        scan("done", "2026-08-22T11:59:59Z"),
        scan("done", "2026-08-22T12:00:01Z"),
        scan("running", "2026-01-01T00:00:00Z"),
      ];
      await transaction.insertInto("scans").values(scans).execute();
    });
    return { ctx, organization };
  }
  const retain = async (organization: { id: string; name: string }) => {
    const tools = createTestTools({ database: engine.database(), now, realNow: () => new Date(now) });
    const actor = systemActor(organization);
    return (await tools.invoke({ actor, name: "apply_retention", input: {}, source: "worker" })).output;
  };
  const count = ({ ctx }: Awaited<ReturnType<typeof fill>>, table: "resource_changes" | "scans") =>
    ctx.read(async (transaction) => {
      const row = await transaction
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<string>().as("count"))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    });

  it("loses changes after 13 months and scans after 90 days, none that runs, and of this organization alone", async () => {
    const mine = await fill();
    const other = await fill();
    expect(await retain(mine.organization)).toMatchObject({ resourceChanges: 4_100, scans: 1 });
    expect([await count(mine, "resource_changes"), await count(mine, "scans")]).toEqual([2, 2]);
    expect(await retain(mine.organization)).toMatchObject({ resourceChanges: 0, scans: 0 });
    expect([await count(other, "resource_changes"), await count(other, "scans")]).toEqual([4_102, 3]);
  });

  it("stays where the organization keeps its data", async () => {
    const mine = await fill();
    const { pool } = engine.database();
    await pool.query("update organizations set retention_exempt = true where id = $1", [
      mine.organization.id,
    ]);
    expect(await retain(mine.organization)).toMatchObject({ exempt: true, resourceChanges: 0, scans: 0 });
    expect(await count(mine, "resource_changes")).toBe(4_102);
  });
});

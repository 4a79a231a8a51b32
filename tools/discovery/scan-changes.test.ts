import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateTenant } from "../clouds/sandbox/generate/generate-tenant.ts";
import type { WriteContext } from "../kernel/context.ts";
import type { ResourceChangeList } from "./list-resource-changes.tool.ts";
import { scanChanges } from "./scan-changes.ts";
import { scanInventory } from "./scan-inventory.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

const now = "2026-10-14T09:30:00Z";
const size = { seed: "history", resources: 420, days: 2 };
const estate = { ...size, now };
const history = generateTenant({ ...size, now: Temporal.Instant.from(now) }).tenant.history!;
const period = { start: "2026-09-25", end: "2026-10-20" };

describeEachEngine("who changed what", (engine) => {
  let tenant: ScannedTenant;
  let ctx: WriteContext;
  beforeAll(async () => {
    tenant = await connectSandboxTenant(engine.database(), estate);
    ctx = tenant.tools.context(tenant.actor);
    await scan();
  }, 60_000);
  afterAll(() => tenant?.close());

  async function scan({ changesFirst = false } = {}) {
    const cloud = await ctx.cloud(tenant.connectionId);
    for (const subscriptionId of tenant.sandbox().subscriptionIds) {
      const part = { connectionId: tenant.connectionId, subscriptionId };
      if (changesFirst) await scanChanges(ctx, cloud, part);
      await scanInventory(ctx, cloud, { ...part, mode: "auto", onFound: () => {} });
      if (!changesFirst) await scanChanges(ctx, cloud, part);
    }
  }
  const changes = (input: object = {}) =>
    tenant.call<ResourceChangeList>("list_resource_changes", { period, limit: 100, ...input });
  const events = async (id: string) =>
    (
      await tenant.call<{
        events: { at: string; kind: string; changedBy: string | null; fields: object[] }[];
      }>("get_resource_history", { id })
    ).events;

  test("is known after the first scan: when, by whom, from and to, of what is gone, too", async () => {
    const { rows, counts, totalCount } = await changes();
    const kinds = { Create: "created", Update: "updated", Delete: "gone" } as const;
    expect(
      rows.map(({ at, id, kind, changedBy, client }) => [at, id, kind, changedBy, client]).sort(),
    ).toEqual(
      history
        .map(({ at, resourceId, changeType, changedBy, clientType }) => [
          at.replace("Z", ".000Z"),
          resourceId.toLowerCase(),
          kinds[changeType],
          changedBy,
          clientType,
        ])
        .sort(),
    );
    expect(totalCount).toBe(history.length);
    expect(rows.map(({ at }) => at)).toEqual(
      rows
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
    const of = (type: string) => history.filter(({ changeType }) => changeType === type).length;
    expect(counts).toEqual({
      createdCount: of("Create"),
      updatedCount: of("Update"),
      goneCount: of("Delete"),
      returnedCount: 0,
    });
    const scaled = (await changes({ category: "size" })).rows;
    expect(scaled.length).toBeGreaterThan(0);
    const told = history.find(({ changes: [first] }) => first?.path === "sku.capacity")!;
    expect(scaled.at(-1)).toMatchObject({
      id: told.resourceId.toLowerCase(),
      fields: [
        { field: "sku.capacity", from: told.changes[0]!.previousValue, to: told.changes[0]!.newValue },
      ],
    });
    // Deleted before any scan saw it: its id says what it was and where.
    const deleted = (await changes({ kind: "gone", type: "snapshot" })).rows;
    expect(deleted.length).toBe(of("Delete"));
    expect(deleted[0]).toMatchObject({ typeLabel: "Snapshot", changedBy: expect.any(String) });
    expect(deleted[0]!.resourceGroup).toBe(deleted[0]!.id.split("/")[4]);
  });

  test("is the same after another scan, also of all that is still told", async () => {
    const before = await changes();
    await scan();
    expect(await changes()).toEqual(before);
    await ctx.write((transaction) =>
      transaction.updateTable("inventory_marks").set({ changes_until: null }).execute(),
    );
    await scan();
    expect(await changes()).toEqual(before);
  });

  test("is one entry where a scan and the cloud tell of the same change, whichever comes first", async () => {
    const { estate: live } = tenant.sandbox();
    const [first, second, third] = live.resources().filter(({ type }) => type === "Microsoft.Compute/disks");
    for (const [disk, changesFirst, hour] of [
      [first!, false, 10],
      [second!, true, 12],
    ] as const) {
      tenant.setNow(`2026-10-14T${hour}:00:00Z`);
      live.put({ ...disk, tags: { ...disk.tags, Team: `team-${hour}` } });
      tenant.setNow(`2026-10-14T${hour + 1}:00:00Z`);
      await scan({ changesFirst });
      const told = (await events(disk.id)).filter(({ kind }) => kind === "updated");
      expect(told).toEqual([
        expect.objectContaining({
          at: `2026-10-14T${hour}:00:00.000Z`,
          fields: [expect.objectContaining({ field: "tags.Team", to: `team-${hour}` })],
        }),
      ]);
    }
    for (const changesFirst of [false, true]) {
      const made = {
        ...third!,
        id: `${third!.id}-made-${changesFirst}`,
        name: `${third!.name}-made-${changesFirst}`,
      };
      tenant.setNow(changesFirst ? "2026-10-14T16:00:00Z" : "2026-10-14T14:00:00Z");
      live.put(made);
      await scan({ changesFirst });
      live.delete(made.id);
      tenant.setNow(changesFirst ? "2026-10-14T17:00:00Z" : "2026-10-14T15:00:00Z");
      await scan({ changesFirst });
      expect((await events(made.id)).map(({ kind }) => kind)).toEqual(["gone", "created"]);
    }
  });

  test("has what went there and back between two scans, and pages through it by time", async () => {
    const { estate: live } = tenant.sandbox();
    const [, , , disk] = live.resources().filter(({ type }) => type === "Microsoft.Compute/disks");
    tenant.setNow("2026-10-14T18:00:00Z");
    live.put({ ...disk!, tags: { ...disk!.tags, Team: "elsewhere" } });
    tenant.setNow("2026-10-14T18:30:00Z");
    live.put(disk!);
    tenant.setNow("2026-10-14T19:00:00Z");
    await scan();
    expect((await events(disk!.id)).map(({ kind }) => kind)).toEqual(["updated", "updated", "created"]);
    const page = await tenant.call<{ events: { at: string }[]; next: string }>("get_resource_history", {
      id: disk!.id,
      limit: 1,
    });
    const rest = await tenant.call<{ events: { at: string }[]; next: string | null }>(
      "get_resource_history",
      {
        id: disk!.id,
        before: page.next,
      },
    );
    expect([...page.events, ...rest.events].map(({ at }) => at.slice(0, 16))).toEqual([
      "2026-10-14T18:30",
      "2026-10-14T18:00",
      "2026-10-14T09:30",
    ]);
  });

  test("that could not be read whole is a failure of the scan, and read by the next", async () => {
    const { estate: live, faults } = tenant.sandbox();
    tenant.setNow("2026-10-14T20:00:00Z");
    const [, , , , disk] = live.resources().filter(({ type }) => type === "Microsoft.Compute/disks");
    for (let turn = 0; turn < 1_100; turn++) live.put({ ...disk!, tags: { Turn: String(turn) } });
    const cloud = await ctx.cloud(tenant.connectionId);
    const part = { connectionId: tenant.connectionId, subscriptionId: disk!.id.split("/")[2]! };
    faults.add({ path: "microsoft.resourcegraph", kind: "lost_page", after: 1 });
    await expect(scanChanges(ctx, cloud, part)).rejects.toMatchObject({ code: "unavailable" });
    await scanChanges(ctx, cloud, part);
    await scanChanges(ctx, cloud, part);
    const told = await tenant.call<ResourceChangeList>("list_resource_changes", {
      period: { start: "2026-10-14", end: "2026-10-15" },
      resource: disk!.id,
    });
    expect(told.totalCount).toBe(1_100);
  });

  test("stays with its organization", async () => {
    const stranger = tenant.tools.actor(await tenant.tools.createOrganization("Fabrikam"));
    const { output } = await tenant.tools.invoke({
      actor: stranger,
      name: "list_resource_changes",
      input: { period },
      source: "rest",
    });
    expect(output).toMatchObject({ totalCount: 0, rows: [] });
  });
});

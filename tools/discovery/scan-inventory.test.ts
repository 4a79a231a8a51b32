import { readInventoryMark } from "@cloudoptima/db/queries/scans.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import type { CloudRead } from "../clouds/cloud.ts";
import type { WriteContext } from "../kernel/context.ts";
import { type InventoryResult, reachesBack, type ScanMode, scanInventory } from "./scan-inventory.ts";
import type { ResourceSearchOutput } from "./search-resources.tool.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

const estate = { seed: "inventory", resources: 90, days: 2, now: "2026-10-05T09:30:00Z" };

describeEachEngine("an inventory scan", (engine) => {
  let tenant: ScannedTenant;
  let ctx: WriteContext;
  beforeAll(async () => {
    tenant = await connectSandboxTenant(engine.database(), estate);
    ctx = tenant.tools.context(tenant.actor);
  }, 60_000);
  afterAll(() => tenant?.close());

  async function scan(mode: ScanMode = "auto", change: Partial<CloudRead> = {}) {
    const cloud = { ...(await ctx.cloud(tenant.connectionId)), ...change };
    const results: InventoryResult[] = [];
    for (const subscriptionId of tenant.sandbox().subscriptionIds) {
      const { connectionId } = tenant;
      results.push(
        await scanInventory(ctx, cloud, { connectionId, subscriptionId, mode, onFound: () => {} }),
      );
    }
    const sum = (key: "resourceCount" | "readCount" | "goneCount") =>
      results.reduce((total, result) => total + result[key], 0);
    return {
      kinds: [...new Set(results.map(({ kind }) => kind))],
      resourceCount: sum("resourceCount"),
      readCount: sum("readCount"),
      goneCount: sum("goneCount"),
    };
  }
  const stored = async () => {
    const { totalCount } = await tenant.call<ResourceSearchOutput>("search_resources");
    return totalCount;
  };
  const events = async (id: string) => {
    const found = await tenant.call<{ events: { kind: string; fields: unknown[] }[] }>(
      "get_resource_history",
      {
        id,
      },
    );
    return found.events.map(({ kind, fields }) => [kind, ...fields]);
  };
  const planted = (type: string) =>
    tenant.generated.tenant.resources.filter((resource) => resource.type.toLowerCase() === type);

  test("lists everything at first, then reads only what changed", async () => {
    expect(await scan()).toEqual({ kinds: ["full"], resourceCount: 90, readCount: 90, goneCount: 0 });
    expect(await scan()).toEqual({ kinds: ["incremental"], resourceCount: 90, readCount: 0, goneCount: 0 });

    tenant.setNow("2026-10-05T11:00:00Z");
    const { estate: live } = tenant.sandbox();
    const [changed, gone] = planted("microsoft.storage/storageaccounts");
    live.put({ ...changed!, tags: { Owner: "somebody" } });
    live.delete(gone!.id);
    live.put({ ...gone!, id: `${gone!.id}new`, name: `${gone!.name}new` });
    const found = await scan();
    expect(found).toEqual({ kinds: ["incremental"], resourceCount: 90, readCount: 2, goneCount: 1 });
    expect(await stored()).toBe(90);
    expect((await events(changed!.id)).map(([kind]) => kind)).toEqual(["updated", "created"]);
    expect(await events(gone!.id)).toEqual([["gone"], ["created"]]);
    // What is read once more within the overlap is kept once.
    expect(await scan()).toMatchObject({ goneCount: 0 });
    expect((await events(changed!.id)).map(([kind]) => kind)).toEqual(["updated", "created"]);
    live.put(gone!);
    tenant.setNow("2026-10-05T11:10:00Z");
    expect(await scan()).toMatchObject({ kinds: ["incremental"], resourceCount: 91 });
    expect(await events(gone!.id)).toEqual([["returned"], ["gone"], ["created"]]);
    live.delete(`${gone!.id}new`);
    live.put(changed!);
    await scan();
  });

  test("lists everything where the counts differ from what changes told, after a day, and when asked to", async () => {
    const missing = structuredClone(tenant.generated.tenant);
    const [gone] = missing.resources.splice(
      missing.resources.findIndex(({ id }) => id === planted("microsoft.storage/storageaccounts")[2]!.id),
      1,
    );
    tenant.setNow("2026-10-05T12:00:00Z");
    // Another server: its feed has no word of it.
    await tenant.serve(missing);
    expect(await scan()).toMatchObject({
      kinds: expect.arrayContaining(["full"]),
      goneCount: 1,
      resourceCount: 89,
    });
    expect((await events(gone!.id))[0]).toEqual(["gone"]);
    tenant.setNow("2026-10-05T13:00:00Z");
    await tenant.serve(tenant.generated.tenant);
    expect(await scan()).toMatchObject({ resourceCount: 90 });
    expect(await scan("full")).toMatchObject({ kinds: ["full"], readCount: 90 });
    tenant.setNow("2026-10-07T13:00:00Z");
    expect(await scan("incremental")).toMatchObject({ kinds: ["incremental"] });
    expect(await scan()).toMatchObject({ kinds: ["full"] });
    tenant.setNow("2026-10-22T13:00:00Z");
    expect(await scan("incremental")).toMatchObject({ kinds: ["full"] });
  });

  test("that loses or repeats a page, or dies between pages, doubles and loses nothing", async () => {
    tenant.setNow("2026-10-23T13:00:00Z");
    const { faults } = tenant.sandbox();
    const whole = await ctx.cloud(tenant.connectionId);
    const repeats: Partial<CloudRead> = {
      async *resources(ids, signal) {
        for await (const page of whole.resources(ids, signal)) {
          yield page;
          yield page;
        }
      },
    };
    await expect(scan("full", repeats)).rejects.toMatchObject({ code: "unavailable" });
    const dies: Partial<CloudRead> = {
      async *resources(ids, signal) {
        for await (const { items, total } of whole.resources(ids, signal)) {
          yield { items: items.slice(0, 5), total };
          throw new Error("the process ends here");
        }
      },
    };
    await expect(scan("full", dies)).rejects.toThrow("ends here");
    expect(await stored()).toBe(90);
    const mark = await ctx.read((transaction) =>
      readInventoryMark(transaction, tenant.connectionId, tenant.sandbox().subscriptionIds[0]!),
    );
    expect(mark?.fullAt.toISOString()).toBe("2026-10-22T13:00:00.000Z");
    // A failing page is asked for again.
    faults.add({ path: "microsoft.resourcegraph", kind: "error", status: 500, after: 1 });
    expect(await scan("full")).toMatchObject({ resourceCount: 90, readCount: 90, goneCount: 0 });
    expect(await stored()).toBe(90);
  }, 30_000);
});

describe("whether changes reach back far enough", () => {
  const now = Date.parse("2026-10-20T12:00:00Z");
  const mark = (fullAt: string, knownUntil = fullAt) => ({
    fullAt: new Date(fullAt),
    knownUntil: new Date(knownUntil),
  });
  it.each<[string, ScanMode, ReturnType<typeof mark>, boolean]>([
    ["a listing of this day", "auto", mark("2026-10-19T12:00:01Z"), true],
    ["a listing of a day ago", "auto", mark("2026-10-19T12:00:00Z"), false],
    ["the same, when only changes are wanted", "incremental", mark("2026-10-19T12:00:00Z"), true],
    ["everything is wanted", "full", mark("2026-10-20T11:00:00Z"), false],
    ["changes that are still kept", "incremental", mark("2026-10-06T12:31:00Z"), true],
    ["changes that are not, with the overlap", "incremental", mark("2026-10-06T12:30:00Z"), false],
    ["a clock that went back", "auto", mark("2026-10-20T12:00:01Z"), false],
    [
      "a clock that went back since the changes",
      "auto",
      mark("2026-10-20T11:00:00Z", "2026-10-20T12:00:01Z"),
      false,
    ],
  ])("%s", (_, mode, known, expected) => {
    expect(reachesBack(mode, known, now, 14)).toBe(expected);
  });
});

import { countByType } from "@cloudoptima/db/queries/scans.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WriteContext } from "../kernel/context.ts";
import { scanInventory } from "./scan-inventory.ts";
import { addSandboxConnection } from "./testing/add-sandbox-connection.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

const groupOf = ({ id }: { id: string }) => id.split("/").slice(0, 5).join("/");

describeEachEngine("two connections that read the same subscription", (engine) => {
  let tenant: ScannedTenant;
  let ctx: WriteContext;
  let subscriptionId: string;
  let first: string;
  let second: string;
  beforeAll(async () => {
    const estate = { seed: "two connections", resources: 40, days: 2, now: "2026-10-05T09:30:00Z" };
    tenant = await connectSandboxTenant(engine.database(), estate);
    ctx = tenant.tools.context(tenant.actor);
    const groups = (id: string) => new Set(inside(id).map(groupOf)).size;
    subscriptionId = tenant.sandbox().subscriptionIds.toSorted((a, b) => groups(b) - groups(a))[0]!;
    first = tenant.connectionId;
    second = await addSandboxConnection(ctx, "Second");
  }, 60_000);
  afterAll(() => tenant?.close());

  const scan = async (now: string, connectionId: string) => {
    tenant.setNow(now);
    const cloud = await ctx.cloud(connectionId);
    return scanInventory(ctx, cloud, { connectionId, subscriptionId, mode: "auto", onFound: () => {} });
  };
  const inside = (id = subscriptionId) =>
    tenant
      .sandbox()
      .estate.resources()
      .filter((resource) => resource.id.toLowerCase().startsWith(`/subscriptions/${id}/`));
  const known = async (connectionId: string) => {
    const counts = await ctx.read((transaction) => countByType(transaction, connectionId));
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  };

  test("go by what changed, each, once they have listed everything, and see the same", async () => {
    const all = inside().length;
    const listed = { kind: "full", resourceCount: all, goneCount: 0, unreadable: null };
    expect(await scan("2026-10-05T09:30:00Z", first)).toEqual({ ...listed, readCount: all });
    expect(await scan("2026-10-05T10:00:00Z", second)).toEqual({ ...listed, readCount: all });
    const { estate } = tenant.sandbox();
    const [changed, deleted, later] = inside();
    tenant.setNow("2026-10-05T11:00:00Z");
    estate.put({ ...changed!, tags: { Owner: "somebody" } });
    estate.delete(deleted!.id);
    const news = { kind: "incremental", resourceCount: all - 1, readCount: 1, unreadable: null };
    expect(await scan("2026-10-05T11:15:00Z", first)).toEqual({ ...news, goneCount: 1 });
    expect(await scan("2026-10-05T11:20:00Z", second)).toEqual({ ...news, goneCount: 0 });
    expect(await scan("2026-10-05T11:30:00Z", first)).toEqual({ ...news, goneCount: 0 });
    expect([await known(first), await known(second)]).toEqual([all - 1, all - 1]);

    // Each lists everything again after a day; what one of them saw last the other may find gone.
    estate.delete(later!.id);
    const full = { ...listed, resourceCount: all - 2, readCount: all - 2 };
    expect(await scan("2026-10-07T09:30:00Z", first)).toEqual({ ...full, goneCount: 1 });
    expect(await scan("2026-10-07T10:00:00Z", second)).toEqual(full);
  });

  test("do not take what only one of them may read for gone, nor for lost", async () => {
    const all = inside().length;
    const [[scope]] = [...Map.groupBy(inside(), groupOf)].toSorted(([, a], [, b]) => a.length - b.length) as [
      [string, unknown],
    ];
    // The sandbox has one identity: the first is denied what the second, which saw it last, may read.
    const lift = tenant.sandbox().permissions.deny({ scope, actions: ["*/read"] });
    const narrow = await scan("2026-10-09T09:30:00Z", first);
    expect(narrow).toMatchObject({ kind: "full", goneCount: 0, unreadable: null });
    expect(narrow.resourceCount).toBeLessThan(all);
    lift();
    expect(await scan("2026-10-09T10:00:00Z", second)).toMatchObject({
      kind: "full",
      resourceCount: all,
      goneCount: 0,
      unreadable: null,
    });
  });
});

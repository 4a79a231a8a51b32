import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WriteContext } from "../kernel/context.ts";
import { scanInventory } from "./scan-inventory.ts";
import { connectSandboxTenant, type ScannedTenant } from "./testing/scanned-tenant.ts";

const groupOf = ({ id }: { id: string }) => id.toLowerCase().split("/")[4]!;

describeEachEngine("a resource group that the identity may no longer read", (engine) => {
  let tenant: ScannedTenant;
  let ctx: WriteContext;
  let subscriptionId: string;
  beforeAll(async () => {
    const estate = { seed: "lost group", resources: 40, days: 2, now: "2026-10-05T09:30:00Z" };
    tenant = await connectSandboxTenant(engine.database(), estate);
    ctx = tenant.tools.context(tenant.actor);
    subscriptionId = tenant
      .sandbox()
      .subscriptionIds.toSorted((a, b) => groups(b).length - groups(a).length)[0]!;
  }, 60_000);
  afterAll(() => tenant?.close());

  /** Of a subscription, the fullest first. */
  const groups = (id: string) =>
    [
      ...Map.groupBy(
        tenant
          .sandbox()
          .estate.resources()
          .filter((resource) => resource.id.toLowerCase().startsWith(`/subscriptions/${id}/`)),
        groupOf,
      ).values(),
    ].toSorted((a, b) => b.length - a.length);
  const scan = async (now: string) => {
    tenant.setNow(now);
    const { connectionId } = tenant;
    const cloud = await ctx.cloud(connectionId);
    return scanInventory(ctx, cloud, { connectionId, subscriptionId, mode: "auto", onFound: () => {} });
  };
  const newest = async ({ id }: { id: string }) => {
    const { events } = await tenant.call<{ events: { kind: string }[] }>("get_resource_history", { id });
    return events[0]?.kind;
  };

  test("keeps what is known of it, which each scan tells, while what was deleted elsewhere is gone", async () => {
    const [hidden, other] = groups(subscriptionId).map((group) => group.map(({ id }) => ({ id })));
    if (!hidden || !other?.[0]) throw new Error("The estate has too few groups.");
    const [deleted] = other;
    await scan("2026-10-05T09:30:00Z");
    const { estate, permissions } = tenant.sandbox();
    const scope = hidden[0]!.id.split("/").slice(0, 5).join("/");
    const lift = permissions.deny({ scope, actions: ["*/read"] });
    estate.delete(deleted.id);
    const told = {
      code: "forbidden",
      message: `${hidden.length} resources in the resource group ${groupOf(hidden[0]!)} can no longer be read; what was known of them is kept as it was.`,
    };
    // The first sees that the counts differ, the second goes by changes again, the third lists everything once a day.
    for (const [now, kind, goneCount] of [
      ["2026-10-05T10:30:00Z", "full", 1],
      ["2026-10-05T11:30:00Z", "incremental", 0],
      ["2026-10-07T09:30:00Z", "full", 0],
    ] as const) {
      const result = await scan(now);
      expect(result).toMatchObject({ kind, goneCount });
      expect(result.unreadable).toMatchObject(told);
    }
    expect(await newest(hidden[0]!)).toBe("created");
    expect(await newest(deleted)).toBe("gone");

    const { connections } = await tenant.scan();
    expect(connections[0]).toMatchObject({
      status: "partial",
      goneCount: 0,
      failures: expect.arrayContaining([
        expect.objectContaining({ ...told, stage: "inventory", subscriptionId, resourceType: null }),
      ]),
    });

    // Deleted while nobody may look there: that is proven once somebody may.
    for (const resource of hidden) estate.delete(resource.id);
    expect(await scan("2026-10-09T09:30:00Z")).toMatchObject({ goneCount: 0 });
    expect(await newest(hidden[0]!)).toBe("created");
    lift();
    expect(await scan("2026-10-11T09:30:00Z")).toMatchObject({ goneCount: hidden.length, unreadable: null });
    expect(await newest(hidden[0]!)).toBe("gone");
  }, 120_000);
});

import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Resource } from "../clouds/sandbox/tenant/tenant-schema.ts";
import { type FaultWorld, faultTenant, openFaultWorld, scannedFaultEstate } from "./testing/fault-world.ts";
import { idOf, type Kind, pathOf } from "./testing/plain-estate.ts";

const squad = { tags: [{ name: "Squad", value: "blue" }] };
/** Of 500 characters in all, which is as long as an id that somebody names may be. */
const longest = (type: string) => {
  const start = `/subscriptions/33333333-2222-4333-8444-555555555555/resourceGroups/${"g".repeat(90)}/providers/${type}/`;
  return `${start}${"n".repeat(500 - start.length)}`;
};

/** The resource as it would be under another id. */
function under(id: string, kind: Kind, like: Resource): Resource {
  return {
    ...like,
    id,
    name: id.split("/").at(-1)!,
    properties: { ...like.properties, ...(kind === "disk" ? { uniqueId: id } : {}) },
  };
}

const group = "/subscriptions/33333333-2222-4333-8444-555555555555/resourceGroups";
const spellings: [what: string, id: (type: string) => string][] = [
  ["other scripts", (type) => `${group}/rg-Größe-データ/providers/${type}/Ünï-名前-Ж`],
  [
    "80 characters that differ only at their end",
    (type) => `${group}/RG-DEV/providers/${type}/${"Long-".repeat(15)}Name1`,
  ],
  [
    "signs that a path needs written otherwise",
    (type) => `${group}/rg (old) & [new]/providers/${type}/a b+c;d=e,f@g!h'i(j)`,
  ],
  ["500 characters", longest],
];
const cases: { action: string; kind: Kind; input?: Record<string, unknown> }[] = [
  { action: "stop_vm", kind: "machine" },
  { action: "resize_vm", kind: "machine", input: { to: "Standard_D4s_v5" } },
  { action: "delete_disk", kind: "disk" },
  { action: "delete_public_ip", kind: "address" },
  { action: "delete_network_card", kind: "card" },
  { action: "delete_load_balancer", kind: "balancer" },
  { action: "delete_app_service_plan", kind: "plan" },
  { action: "resize_database", kind: "database", input: { to: "GP_Gen5_2" } },
  { action: "add_tags", kind: "disk", input: squad },
];

const kindsOfCases = new Set(cases.map(({ kind }) => kind));

// The gate runs on both engines in gate.test.ts: this is what names do on the way through it.
describeOneEngine("server", { name: "whatever the name", prepared: scannedFaultEstate() }, (engine) => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await openFaultWorld(engine.database());
    const { estate } = world.tenant.sandbox();
    const planted = faultTenant();
    for (const kind of kindsOfCases) {
      const like = planted.resources.find(({ id }) => id.toLowerCase() === idOf(kind, 1))!;
      for (const [, spelling] of spellings) estate.put(under(spelling(pathOf(kind)), kind, like));
    }
    await world.tenant.scan();
  });
  afterAll(() => world.close());

  describe.each(spellings)("of %s", (_what, spelling) => {
    test.each(cases)("$action goes there and back, named in any case", async ({ action, kind, input }) => {
      const id = spelling(pathOf(kind));
      const before = (await world.live(id))!;
      const waiting = await world.approved(
        action,
        [id.replace(/[a-z]/g, (letter) => letter.toUpperCase())],
        input,
      );
      await world.run();
      expect(await world.shown(waiting)).toMatchObject({ status: "completed", statusReason: null });
      if (action === "delete_disk") {
        const { snapshotId } = (await world.shown(waiting)).plan.items[0]!.parameters as {
          snapshotId: string;
        };
        expect(snapshotId.split("/").at(-1)).toMatch(/^[a-z0-9][a-z0-9_.-]{0,78}[a-z0-9_]$/);
        expect([...(await world.live(snapshotId))!.tags["cloudoptima-undo"]!].length).toBeLessThanOrEqual(
          256,
        );
      }
      const undo = await world.rollback(world.member, waiting.id);
      await world.approve(undo);
      await world.run();
      expect(await world.shown(undo)).toMatchObject({ status: "completed", statusReason: null });
      const after = (await world.live(id))!;
      expect([after.name, after.tags, after.status]).toEqual([before.name, before.tags, before.status]);
    });
  });

  test("in capitals it is the same resource, and the same proposal", async () => {
    const id = world.next("disk");
    const first = await world.propose(world.member, "delete_disk", [id.toUpperCase()]);
    expect(await world.propose(world.admin, "delete_disk", [id])).toMatchObject({
      id: first.id,
      merged: true,
    });
    expect((await world.show(first.id)).plan.items).toMatchObject([{ resourceId: id }]);
  });
});

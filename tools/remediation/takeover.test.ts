import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CloudRead } from "../clouds/cloud.ts";
import type { CloudWrite } from "../clouds/cloud-write.ts";
import type { Resource } from "../clouds/sandbox/tenant/tenant-schema.ts";
import { LeaseLost, type RunStore } from "./run-store.ts";
import { type FaultWorld, faultTenant, openFaultWorld, scannedFaultEstate } from "./testing/fault-world.ts";
import type { Waiting } from "./testing/gate-world.ts";

/** Holds a worker up at the n-th thing it does, until it is told to go on. */
function stall(at: number) {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let count = 0;
  const around =
    <Arguments extends unknown[], Result>(work: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      if (++count === at) {
        reached.resolve();
        await released.promise;
      }
      return work(...given);
    };
  return {
    reached: reached.promise,
    release: () => released.resolve(),
    store: (store: RunStore): RunStore => ({
      ...store,
      journal: around(store.journal),
      item: around(store.item),
      move: around(store.move),
      leaveBehind: around(store.leaveBehind),
    }),
    cloud: (cloud: CloudRead & CloudWrite): CloudRead & CloudWrite => ({
      ...cloud,
      resource: around(cloud.resource),
      progress: around(cloud.progress),
    }),
  };
}

describeEachEngine({ name: "several workers", prepared: scannedFaultEstate() }, (engine) => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await openFaultWorld(engine.database());
  });
  afterAll(() => world.close());

  /** It happened once: the writes of one run, one row of the audit log, and nothing open. */
  async function expectOnce(waiting: Waiting, sent: number, writes: number, told = 1): Promise<void> {
    expect(await world.shown(waiting)).toMatchObject({
      status: "completed",
      statusReason: null,
      items: [{ status: "completed" }],
    });
    expect(world.writeCount() - sent).toBe(writes);
    const rows = await world.audited(waiting.id);
    expect(rows).toEqual(Array(told).fill(rows[0]));
    expect(rows[0]).toMatchObject({ outcome: "done", details: { status: "completed", doneCount: 1 } });
  }

  test("that find one plan at the same moment carry it out once", async () => {
    for (const [action, kind, writes] of [
      ["stop_vm", "machine", 1],
      ["delete_disk", "disk", 2],
    ] as const) {
      const waiting = await world.approved(action, [world.next(kind)]);
      const sent = world.writeCount();
      await Promise.all([1, 2, 3].map(() => world.run({ leaseSeconds: 60 })));
      await expectOnce(waiting, sent, writes);
    }
  });

  const stalls = [
    ["keeps something", "store", "stop_vm", "machine", 1],
    ["keeps something", "store", "delete_disk", "disk", 2],
    ["reads the cloud", "cloud", "stop_vm", "machine", 1],
    ["reads the cloud", "cloud", "delete_disk", "disk", 2],
  ] as const;
  // What the database is asked between two writes is the same wherever the cloud is slow: one engine shows that.
  test.each(stalls.filter(([, where]) => where === "store" || engine.name === "server"))(
    "one that stalls whenever it %s (%s, %s) is replaced, and sends nothing when it wakes",
    async (_when, where, action, kind, writes) => {
      let toldTwice = 0;
      for (let at = 1; ; at++) {
        const waiting = await world.approved(action, [world.next(kind)]);
        const stalled = stall(at);
        const { cloud } = await world.freshCloud();
        const sent = world.writeCount();
        const first = world.run({
          ...(where === "store" ? { wrapStore: stalled.store } : {}),
          openCloud: async () => (where === "cloud" ? stalled.cloud(cloud) : cloud),
        });
        const stalledAtAll = await Promise.race([stalled.reached.then(() => true), first.then(() => false)]);
        if (!stalledAtAll) {
          // Who stalls between telling of the end and the end itself leaves the next one to tell it again.
          expect(toldTwice).toBe(where === "store" ? 1 : 0);
          return expectOnce(waiting, sent, writes);
        }
        await world.run();
        const after = await world.shown(waiting);
        stalled.release();
        await first;
        const told = (await world.audited(waiting.id)).length;
        toldTwice += told - 1;
        await expectOnce(waiting, sent, writes, told);
        expect(await world.shown(waiting), `stalled at ${at}`).toEqual(after);
      }
    },
  );

  test("one that stalls in the write itself learns of its successor before it is sent", async () => {
    const waiting = await world.approved("stop_vm", [world.next("machine")]);
    const { cloud } = await world.freshCloud();
    const reached = Promise.withResolvers<void>();
    const sent = world.writeCount();
    const first = world.run({
      openCloud: async () => ({
        ...cloud,
        async deallocate(id, signal) {
          reached.resolve();
          await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
          return cloud.deallocate(id, signal);
        },
      }),
    });
    await reached.promise;
    await world.run();
    await first;
    await expectOnce(waiting, sent, 1);
  });

  test("a cloud that forgot the operation is read: asked again if nothing came of it, not if it did", async () => {
    for (const happened of [false, true]) {
      const id = world.next("machine");
      const waiting = await world.approved("stop_vm", [id]);
      // Killed when the operation is known; then the cloud starts anew and has forgotten it.
      await world.run({
        wrapStore: (store) => ({
          ...store,
          async journal(entry) {
            await store.journal(entry);
            if (entry.state === "submitted") throw new LeaseLost();
          },
        }),
      });
      const estate = faultTenant();
      const power: Resource["power"] = { state: "deallocated", since: "2026-10-01", offPeriods: [] };
      await world.tenant.serve({
        ...estate,
        resources: estate.resources.map((resource) =>
          happened && resource.id.toLowerCase() === id ? { ...resource, power } : resource,
        ),
      });
      await world.run();
      // The new sandbox counts from nought.
      await expectOnce(waiting, 0, happened ? 0 : 1);
    }
  });
});

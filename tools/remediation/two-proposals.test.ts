import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FaultWorld, openFaultWorld, scannedFaultEstate } from "./testing/fault-world.ts";

const squad = { tags: [{ name: "Squad", value: "blue" }] };

describeEachEngine({ name: "two proposals on one resource", prepared: scannedFaultEstate() }, (engine) => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await openFaultWorld(engine.database());
  });
  afterAll(() => world.close());
  const statuses = async (plans: { id: string }[]) =>
    Promise.all(plans.map(async ({ id }) => (await world.show(id)).status));

  test("stop and tag both happen; a tag that makes it production stops the stop", async () => {
    const id = world.next("machine");
    const both = [await world.approved("stop_vm", [id]), await world.approved("add_tags", [id], squad)];
    await Promise.all([world.run({ leaseSeconds: 60 }), world.run({ leaseSeconds: 60 })]);
    expect(await statuses(both)).toEqual(["completed", "completed"]);
    expect(await world.live(id)).toMatchObject({ status: "deallocated", tags: { Squad: "blue" } });

    const other = world.next("machine");
    const stop = await world.propose(world.member, "stop_vm", [other]);
    const tag = await world.approved("add_tags", [other], {
      tags: [{ name: "Environment", value: "production" }],
    });
    await world.run();
    await world.approve(stop);
    await world.run();
    expect(await statuses([tag, stop])).toEqual(["completed", "failed"]);
    expect((await world.show(stop.id)).statusReason).toMatch(/production was false, is true/);
    expect((await world.live(other))?.status).toBe("running");
  });

  test("deleted twice by plans that differ: the second finds it gone, and the first one's snapshot is its own", async () => {
    const id = world.next("disk");
    const plans = [
      await world.approved("delete_disk", [id], { keepSnapshotDays: 1 }),
      await world.approved("delete_disk", [id], { keepSnapshotDays: 60 }),
    ];
    const snapshots = await Promise.all(
      plans.map(
        async (plan) =>
          ((await world.show(plan.id)).plan.items[0]!.parameters as { snapshotId: string }).snapshotId,
      ),
    );
    expect(new Set(snapshots).size).toBe(2);
    await world.run();
    const ended = await Promise.all(plans.map((plan) => world.shown(plan)));
    expect(ended.map(({ status }) => status).toSorted()).toEqual(["completed", "failed"]);
    const failed = ended.find(({ status }) => status === "failed")!;
    expect(failed.statusReason).toBe("It does not exist any more.");
    const done = ended.findIndex(({ status }) => status === "completed");
    expect(await world.live(snapshots[done]!)).not.toBeNull();
    expect(await world.live(snapshots[1 - done]!)).toBeNull();
    expect(await world.live(id)).toBeNull();
  });

  test("a second try never takes an older plan's snapshot for its own", async () => {
    const id = world.next("disk");
    const first = await world.approved("delete_disk", [id], { keepSnapshotDays: 5 });
    const { locks } = world.tenant.sandbox();
    await world.run({
      wrapStore: (store) => ({
        ...store,
        async journal(entry) {
          await store.journal(entry);
          if (entry.state === "done") locks.put({ scope: id, name: "late", level: "CanNotDelete" });
        },
      }),
    });
    expect((await world.shown(first)).status).toBe("failed");
    locks.delete(id, "late");
    const second = await world.approved("delete_disk", [id], { keepSnapshotDays: 5 });
    const sent = world.writeCount();
    await world.run();
    expect((await world.shown(second)).status).toBe("completed");
    // A snapshot of what the disk holds now, and the deletion.
    expect(world.writeCount() - sent).toBe(2);
  });
});

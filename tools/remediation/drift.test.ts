import { withTenant } from "@cloudoptima/db/client.ts";
import { findPersonInOrganization, removePerson } from "@cloudoptima/db/queries/people.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createConnectWrite } from "../clouds/connect-write.ts";
import { actionCases, actionNames, isReversible } from "./testing/action-cases.ts";
import { drifts, property, returns, tag } from "./testing/drifts.ts";
import { type FaultWorld, openFaultWorld, scannedFaultEstate } from "./testing/fault-world.ts";

const { input: squad } = actionCases.add_tags;

describeEachEngine({ name: "between the approval and the run", prepared: scannedFaultEstate() }, (engine) => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await openFaultWorld(engine.database());
  });
  afterAll(() => world.close());

  /** Nothing was sent, it failed for this reason, no item stands open, and the log says so once. */
  async function expectRefused(waiting: { id: string; planHash: string }, reason: RegExp, sent = 0) {
    const before = world.writeCount();
    await world.run();
    const { status, statusReason, items } = await world.shown(waiting);
    expect({ status, items }).toMatchObject({ status: "failed", items: [{ status: "failed" }] });
    expect(statusReason).toMatch(reason);
    expect(world.writeCount() - before).toBe(sent);
    expect(await world.audited(waiting.id)).toMatchObject([
      { outcome: "failed", details: { status: "failed", reason: statusReason, doneCount: 0 } },
    ]);
  }

  // What can have changed is the cloud's, the same on every engine: the embedded, slower one shows one action's.
  describe.each(engine.name === "server" ? actionNames : actionNames.slice(0, 1))(
    "%s stops, nothing changed, when",
    (action) => {
      const { kind, input } = actionCases[action];
      test.each(drifts[action])("it has changed: %s", async (_what, change, reason) => {
        const id = world.next(kind);
        const waiting = await world.approved(action, [id], input);
        world.meanwhile(id, change);
        await expectRefused(waiting, reason);
      });

      test("it is gone, locked, or no longer ours to change", async () => {
        const [gone, locked, forbidden] = [world.next(kind), world.next(kind), world.next(kind)];
        const plans = [];
        for (const id of [gone, locked, forbidden]) plans.push(await world.approved(action, [id], input));
        world.meanwhile(gone, null);
        const { locks, permissions } = world.tenant.sandbox();
        locks.put({ scope: locked, name: "keep", level: "ReadOnly" });
        const allowAgain = permissions.deny({
          scope: forbidden.slice(0, forbidden.lastIndexOf("/providers/")),
          // It may look, but not touch: without its measurements a machine would not even be tried.
          actions: ["*/write", "*/delete", "*/action"],
        });
        const before = world.writeCount();
        await world.run();
        allowAgain();
        // What Azure itself refuses was asked for once.
        expect(world.writeCount() - before).toBe(1);
        const reasons = [
          /^It does not exist any more\./,
          /^It is locked \(ReadOnly\) by \/subscriptions\/.*keep\./,
          /^The connection's identity may not .+ Azure: The client does not have authorization/,
        ];
        for (const [index, waiting] of plans.entries()) {
          const { status, statusReason, items } = await world.shown(waiting);
          expect({ status, items }).toMatchObject({ status: "failed", items: [{ status: "failed" }] });
          expect(statusReason).toMatch(reasons[index]!);
          expect(await world.audited(waiting.id)).toHaveLength(1);
        }
      });
    },
  );

  test.each(actionNames.filter((name) => isReversible(name)))(
    "the undo of %s stops when it has changed since",
    async (action) => {
      const { kind, input } = actionCases[action];
      const { change, reason } = returns[action]!;
      const id = world.next(kind);
      const { estate } = world.tenant.sandbox();
      const original = estate.resource(id)!;
      const waiting = await world.approved(action, [id], input);
      await world.run();
      expect(await world.shown(waiting)).toMatchObject({ status: "completed" });
      const undo = await world.rollback(world.member, waiting.id);
      await world.approve(undo);
      if (change === "made") estate.put({ ...original, tags: { made: "anew" } });
      else world.meanwhile(id, change);
      await expectRefused(undo, reason);
      if (change === "made") expect((await world.live(id))?.tags).toEqual({ made: "anew" });
      // Asked for again, it is refused before anyone has to read it.
      await expect(world.rollback(world.member, waiting.id)).rejects.toMatchObject({ code: "conflict" });
    },
  );

  test("other tags that came meanwhile stay, there and back", async () => {
    const id = world.next("disk");
    const waiting = await world.approved("add_tags", [id], squad);
    world.meanwhile(id, tag("Meanwhile", "yes"));
    await world.run();
    expect((await world.live(id))?.tags).toMatchObject({ Squad: "blue", Meanwhile: "yes" });
    const undo = await world.rollback(world.member, waiting.id);
    await world.approve(undo);
    world.meanwhile(id, tag("Later", "too"));
    await world.run();
    expect((await world.live(id))?.tags).toEqual({
      Owner: "admin@contoso.example",
      Meanwhile: "yes",
      Later: "too",
    });
  });

  test("a dynamic address that nobody was told of holds a stop back", async () => {
    const id = world.next("machine");
    const waiting = await world.approved("stop_vm", [id]);
    const { estate } = world.tenant.sandbox();
    const [card, address] = [world.next("address"), world.next("address")];
    const method = property("publicIPAllocationMethod", "Dynamic");
    world.meanwhile(address, method);
    const nic = card.replace("publicipaddresses", "networkinterfaces");
    estate.put({
      ...estate.resource(card)!,
      id: nic,
      type: "Microsoft.Network/networkInterfaces",
      properties: { ipConfigurations: [{ properties: { publicIPAddress: { id: address } } }] },
    });
    world.meanwhile(id, property("networkProfile", { networkInterfaces: [{ id: nic }] }));
    await expectRefused(waiting, /^It got the dynamic address address-\d+, which a stop gives back\./);
  });

  test("a lock that comes between snapshot and deletion: the disk stays, and the snapshot has its day", async () => {
    const id = world.next("disk");
    const waiting = await world.approved("delete_disk", [id], { keepSnapshotDays: 3 });
    await world.run({
      wrapStore: (store) => ({
        ...store,
        async journal(entry) {
          await store.journal(entry);
          if (entry.step === "snapshot" && entry.state === "done") {
            world.tenant.sandbox().locks.put({ scope: id, name: "late", level: "CanNotDelete" });
          }
        },
      }),
    });
    const { status, statusReason, plan } = await world.shown(waiting);
    expect(status).toBe("failed");
    const { snapshotId, keepUntil } = plan.items[0]!.parameters as { snapshotId: string; keepUntil: string };
    expect(statusReason).toMatch(
      /^It is locked \(CanNotDelete\) by .*late\. undo-disk-\d+-\w+ was made before; it stays until \d{4}-\d\d-\d\d\.$/,
    );
    expect(await world.live(id)).not.toBeNull();
    expect(await world.live(snapshotId)).not.toBeNull();
    const kept = await withTenant(
      engine.database(),
      world.member.organizationId,
      { access: "read" },
      (transaction) =>
        transaction
          .selectFrom("remediation_leftovers")
          .selectAll()
          .where("action_id", "=", waiting.id)
          .execute(),
    );
    expect(kept).toMatchObject([
      { resource_id: snapshotId, delete_at: new Date(keepUntil), deleted_at: null },
    ]);
  });

  test("the approver leaves, or the connection is removed: nothing is sent", async () => {
    const approver = await world.person("admin");
    const left = await world.propose(world.member, "stop_vm", [world.next("machine")]);
    await world.decide(approver, left);
    await withTenant(engine.database(), approver.organizationId, { access: "write" }, async (transaction) => {
      const person = await findPersonInOrganization(transaction, approver.userId);
      await removePerson(transaction, person!, { by: world.admin.userId, at: new Date() });
    });
    await expectRefused(left, /^It was approved by 1, but only 0 of them may approve it now; 1 must\.$/);

    const lost = await world.approved("stop_vm", [world.next("machine"), world.next("machine")]);
    const connect = createConnectWrite({});
    const { read } = world.tenant.tools.context(world.tenant.actor);
    const before = world.writeCount();
    await world.run({
      openCloud: async () => ({
        ...(await world.cloud()),
        ...(await connect({ connectionId: crypto.randomUUID(), read })),
      }),
    });
    const shown = await world.shown(lost);
    expect(shown).toMatchObject({ status: "failed", items: [{ status: "failed" }, { status: "failed" }] });
    expect(shown.statusReason).toBe("0 of 2 done. The run broke off: This connection no longer exists.");
    expect(world.writeCount()).toBe(before);
    expect(await world.audited(lost.id)).toHaveLength(1);
  });

  test("of fifty, those that cannot be changed are left out and told; only the others are undone", async () => {
    const ids = Array.from({ length: 50 }, () => world.next("address"));
    const [locked, changed, gone] = ids as [string, string, string];
    const waiting = await world.approved("add_tags", ids, squad);
    world.tenant.sandbox().locks.put({ scope: locked, name: "keep", level: "ReadOnly" });
    world.meanwhile(changed, tag("Squad", "red"));
    world.meanwhile(gone, null);
    const before = world.writeCount();
    await world.run();
    const shown = await world.shown(waiting);
    expect(shown.status).toBe("failed");
    expect(shown.statusReason).toMatch(/^47 of 50 done\. It is locked \(ReadOnly\)/);
    expect(shown.items.map(({ status }) => status)).toEqual([
      ...Array<string>(3).fill("failed"),
      ...Array<string>(47).fill("completed"),
    ]);
    expect(world.writeCount() - before).toBe(47);
    const undo = await world.rollback(world.member, waiting.id);
    await world.approve(undo);
    await world.run();
    expect(await world.shown(undo)).toMatchObject({ status: "completed" });
    // All of it that was done.
    expect((await world.shown(waiting)).status).toBe("rolled_back");
    expect((await world.live(changed))?.tags).toMatchObject({ Squad: "red" });
    expect((await world.live(ids[3]!))?.tags).toEqual({ Owner: "admin@contoso.example" });
  });
});

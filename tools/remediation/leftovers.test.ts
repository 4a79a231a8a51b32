import { withTenant } from "@cloudoptima/db/client.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLeftoverStore } from "./run-store.ts";
import { type FaultWorld, openFaultWorld, scannedFaultEstate } from "./testing/fault-world.ts";
import type { Waiting } from "./testing/gate-world.ts";

const dayMs = 86_400_000;

describeEachEngine(
  { name: "what a deleted disk leaves behind", prepared: scannedFaultEstate() },
  (engine) => {
    let world: FaultWorld;
    // The database reads its own clock, so it is the product that goes back: of what it deleted three weeks ago the
    // snapshot is past its day.
    let ago = 0;
    beforeAll(async () => {
      world = await openFaultWorld(engine.database(), {
        realNow: () => new Date(Date.now() - ago),
      });
      await rules();
    });
    afterAll(() => world.close());
    const rules = (more: Parameters<FaultWorld["settings"]>[0] = {}) =>
      world.settings({ proposalsPerHour: 500, proposalHours: 720, ...more });

    async function deleted(id: string, keepSnapshotDays: number) {
      const waiting = await world.approved("delete_disk", [id], { keepSnapshotDays });
      await world.run();
      expect(await world.shown(waiting)).toMatchObject({ status: "completed", statusReason: null });
      const { plan } = await world.shown(waiting);
      return { waiting, snapshotId: (plan.items[0]!.parameters as { snapshotId: string }).snapshotId };
    }
    const leftoverOf = ({ id }: Waiting) =>
      withTenant(engine.database(), world.member.organizationId, { access: "read" }, (transaction) =>
        transaction
          .selectFrom("remediation_leftovers")
          .select(["deleted_at", "problem"])
          .where("action_id", "=", id)
          .executeTakeFirstOrThrow(),
      );
    const deletions = async ({ id }: Waiting) =>
      (await world.audited(id)).filter(({ details }) => "deletedLeftover" in details);

    test("stays as long as an undo that was approved in time is at work", async () => {
      ago = 0;
      const { waiting, snapshotId } = await deleted(world.next("disk"), 1);
      const undo = await world.rollback(world.member, waiting.id);
      await world.approve(undo);
      const store = createLeftoverStore(engine.database(), world.member.organizationId, waiting.id);
      await store.settle(0, { problem: "Its day has come.", retryAt: new Date(Date.now() - dayMs) });
      expect(await store.claimDue(new Date())).toEqual([]);
      await world.run();
      expect(await world.shown(undo)).toMatchObject({ status: "completed" });
      expect(await world.live(snapshotId)).not.toBeNull();
      await world.run();
      expect(await leftoverOf(waiting)).toMatchObject({ problem: "Being deleted." });
    });

    test("is deleted at its day by the job, once, however many look", async () => {
      ago = 0;
      const early = await deleted(world.next("disk"), 1);
      ago = 20 * dayMs;
      const due = await deleted(world.next("disk"), 1);
      expect(await world.live(due.snapshotId)).not.toBeNull();
      const sent = world.writeCount();
      for (let look = 0; look < 4; look++) await world.run();
      expect(await world.live(due.snapshotId)).toBeNull();
      expect(world.writeCount() - sent).toBe(1);
      expect(await leftoverOf(due.waiting)).toEqual({ deleted_at: expect.any(Date), problem: null });
      expect(await deletions(due.waiting)).toMatchObject([
        { outcome: "done", details: { deletedLeftover: due.snapshotId } },
      ]);
      expect(await world.live(early.snapshotId)).not.toBeNull();
      expect(await deletions(early.waiting)).toEqual([]);
    });

    test("two jobs at the same moment send one deletion", async () => {
      ago = 0;
      const { waiting, snapshotId } = await deleted(world.next("disk"), 1);
      await withTenant(
        engine.database(),
        world.member.organizationId,
        { access: "read" },
        async () => undefined,
      );
      ago = 0;
      await makeDue(waiting);
      const sent = world.writeCount();
      await Promise.all([world.run(), world.run()]);
      expect(world.writeCount() - sent).toBe(1);
      for (let look = 0; look < 3; look++) {
        await makeDue(waiting);
        await world.run();
      }
      expect(world.writeCount() - sent).toBe(1);
      expect(await world.live(snapshotId)).toBeNull();
      expect(await deletions(waiting)).toHaveLength(1);
    });

    test("stays while the stop switch stands, and when it cannot be deleted, with the reason", async () => {
      ago = 20 * dayMs;
      const { waiting, snapshotId } = await deleted(world.next("disk"), 1);
      await rules({ stopped: { by: "Test admin", at: new Date().toISOString(), reason: "migration" } });
      const sent = world.writeCount();
      await world.run();
      expect(await leftoverOf(waiting)).toEqual({ deleted_at: null, problem: "Stopped by Test admin." });
      await rules();
      const { locks } = world.tenant.sandbox();
      locks.put({ scope: snapshotId, name: "keep", level: "CanNotDelete" });
      await world.run();
      expect(await leftoverOf(waiting)).toEqual({
        deleted_at: null,
        problem: expect.stringMatching(/^A lock does not let us delete undo-disk-/),
      });
      expect(world.writeCount() - sent).toBe(1);
      locks.delete(snapshotId, "keep");
      for (let look = 0; look < 3; look++) await world.run();
      expect(await world.live(snapshotId)).toBeNull();
      expect(await deletions(waiting)).toHaveLength(1);
    });

    test("goes at its day after an undo too, and without it there is no way back any more", async () => {
      ago = 20 * dayMs;
      const late = await deleted(world.next("disk"), 1);
      ago = 0;
      await expect(world.rollback(world.member, late.waiting.id)).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringMatching(
          /^It can no longer be undone: what was kept for it ended on \d{4}-\d\d-\d\d\.$/,
        ),
      });

      const kept = await deleted(world.next("disk"), 30);
      const undo = await world.rollback(world.member, kept.waiting.id);
      await world.approve(undo);
      await world.run();
      expect((await world.shown(kept.waiting)).status).toBe("rolled_back");
      expect(await world.live(kept.snapshotId)).not.toBeNull();
      await makeDue(kept.waiting);
      for (let look = 0; look < 3; look++) {
        await world.run();
        await makeDue(kept.waiting);
      }
      expect(await world.live(kept.snapshotId)).toBeNull();
      expect(await deletions(kept.waiting)).toHaveLength(1);
    });

    test("an undo that waited until somebody deleted the snapshot is refused, nothing made", async () => {
      ago = 0;
      const id = world.next("disk");
      const { waiting, snapshotId } = await deleted(id, 30);
      const undo = await world.rollback(world.member, waiting.id);
      await world.approve(undo);
      world.meanwhile(snapshotId, null);
      const sent = world.writeCount();
      await world.run();
      expect(await world.shown(undo)).toMatchObject({
        status: "failed",
        statusReason: "Its snapshot is gone.",
      });
      expect(world.writeCount()).toBe(sent);
    });

    test("carries our tags, and no rule recommends anything about it, however old it grows", async () => {
      ago = 0;
      const id = world.next("disk");
      const { snapshotId, waiting } = await deleted(id, 90);
      const { plan } = await world.shown(waiting);
      const { keepUntil } = plan.items[0]!.parameters as { keepUntil: string };
      expect((await world.live(snapshotId))?.tags).toEqual({
        "cloudoptima-undo": id,
        "cloudoptima-delete-after": keepUntil,
      });
      world.tenant.setNow("2026-11-20T09:30:00Z");
      await world.tenant.scan();
      const { rows } = await world.tenant.call<{ rows: { resource: { id: string } }[] }>(
        "list_recommendations",
        { limit: 50 },
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter(({ resource }) => resource.id.includes("/snapshots/"))).toEqual([]);
    });

    /** Its day has come. */
    const makeDue = async ({ id }: Waiting) => {
      const store = createLeftoverStore(engine.database(), world.member.organizationId, id);
      await store.settle(0, { problem: "", retryAt: new Date(Date.now() - dayMs) });
    };
  },
);

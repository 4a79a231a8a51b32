import { listDecisions } from "@cloudoptima/db/queries/recommendation-rankings.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LiveResource } from "../clouds/cloud.ts";
import type { Actor } from "../kernel/actor.ts";
import { type GateWorld, openGateWorld, scannedEstate } from "./testing/gate-world.ts";

const signal = () => AbortSignal.timeout(20_000);

describeEachEngine({ name: "the gate", prepared: scannedEstate() }, (engine) => {
  let world: GateWorld;
  let member: Actor;
  let admin: Actor;
  let secondAdmin: Actor;
  beforeAll(async () => {
    world = await openGateWorld(engine.database());
    member = await world.person("member");
    admin = await world.person("admin");
    secondAdmin = await world.person("admin");
  });
  afterAll(() => world.close());

  const wasteOf = (type: string) => world.tenant.truth.waste.filter((waste) => waste.type === type);
  const live = async (id: string) => (await world.cloud()).resource(id, signal());
  const run = () => world.worker().runDue();
  const settings = (remediation: Parameters<GateWorld["settings"]>[0]) => world.settings(remediation);

  describe("from a finding to an undone change", () => {
    it("stops idle machines at their own saving, and starts them again", async () => {
      const waste = wasteOf("idle_vm").slice(0, 2);
      const ids = waste.map(({ resourceId }) => resourceId);
      const before = world.writeCount();
      const waiting = await world.propose(member, "stop_vm", ids);
      const proposed = await world.show(waiting.id);
      expect(proposed).toMatchObject({ status: "proposed", headline: "Stop 2 virtual machines" });
      expect(proposed.plan.items[0]!.evidence.join("\n")).toMatch(/CPU.*%[\s\S]*\(\d+ \w+ - \d+ \w+ 2026\)/);
      const expected = waste.reduce((sum, { monthlySaving }) => sum + Number(monthlySaving), 0);
      expect(Number(proposed.monthlySavings[0]!.value) / expected).toBeCloseTo(1, 2);
      expect(world.writeCount()).toBe(before);

      await world.decide(admin, waiting);
      await run();
      const done = await world.show(waiting.id);
      expect(done).toMatchObject({ status: "completed", statusReason: null });
      for (const id of ids) expect((await live(id))?.status).toBe("deallocated");
      expect(world.writeCount() - before).toBe(2);
      const { rows } = await world.tenant.call<{ rows: { status: string }[] }>("search_resources", {
        text: ids[0]!,
      });
      expect(rows[0]!.status).toBe("deallocated");
      const { rows: left } = await world.tenant.call<{ rows: { resource: { id: string } }[] }>(
        "list_recommendations",
        { type: "idle_vm", limit: 50 },
      );
      expect(left.filter(({ resource }) => ids.includes(resource.id))).toEqual([]);

      const undo = await world.rollback(member, waiting.id);
      await world.decide(admin, undo);
      await run();
      expect(await world.show(undo.id)).toMatchObject({ status: "completed", direction: "undo" });
      expect(await world.show(waiting.id)).toMatchObject({ status: "rolled_back" });
      for (const id of ids) expect((await live(id))?.status).toBe("running");
      await expect(world.rollback(member, waiting.id)).rejects.toMatchObject({ code: "conflict" });
    });

    it("deletes a disk after a snapshot, and restores it with everything but its id and birth", async () => {
      const id = wasteOf("unattached_disk")[0]!.resourceId;
      const before = (await live(id))!;
      const waiting = await world.propose(member, "delete_disk", [id], { keepSnapshotDays: 7 });
      const card = await world.show(waiting.id);
      expect(card.plan.items[0]!.effects[0]).toMatch(
        /kept until \d{4}-\d\d-\d\d; it costs at most \$[\d.]+ a month/,
      );
      await world.decide(admin, waiting);
      await run();
      expect(await world.show(waiting.id)).toMatchObject({ status: "completed" });
      expect(await live(id)).toBeNull();

      const undo = await world.rollback(admin, waiting.id);
      await world.decide(secondAdmin, undo);
      await run();
      expect(await world.show(undo.id)).toMatchObject({ status: "completed" });
      expect(comparable((await live(id))!)).toEqual(comparable(before));
    });

    it("deletes an address only by two people, and makes its definition again", async () => {
      const id = (await freeAddress())!;
      const before = (await live(id))!;
      const waiting = await world.propose(member, "delete_public_ip", [id]);
      expect(await world.show(waiting.id)).toMatchObject({ reversible: false, requiredApprovers: 2 });
      expect(await world.decide(admin, waiting)).toMatchObject({ status: "proposed", approvalCount: 1 });
      await run();
      expect(await live(id)).not.toBeNull();
      await world.decide(secondAdmin, waiting);
      await run();
      expect(await live(id)).toBeNull();

      const undo = await world.rollback(member, waiting.id);
      await world.decide(admin, undo);
      await run();
      expect(comparable((await live(id))!)).toEqual(comparable(before));
    });

    it("sets tags and puts the former ones back", async () => {
      const id = wasteOf("unattached_disk")[1]!.resourceId;
      const before = (await live(id))!;
      const [key] = Object.keys(before.tags);
      const waiting = await world.propose(member, "add_tags", [id], {
        tags: [
          { name: "Squad", value: "blue" },
          ...(key ? [{ name: key.toUpperCase(), value: "changed" }] : []),
        ],
      });
      await approve(waiting);
      await run();
      expect((await live(id))!.tags).toMatchObject({ Squad: "blue" });
      const undo = await world.rollback(member, waiting.id);
      await approve(undo);
      await run();
      expect(lowerKeys((await live(id))!.tags)).toEqual(lowerKeys(before.tags));
    });
  });

  describe("nothing changes when", () => {
    it("the resource drifted after the plan", async () => {
      const id = wasteOf("idle_vm")[2]!.resourceId;
      const waiting = await world.propose(member, "stop_vm", [id]);
      await world.decide(admin, waiting);
      const cloud = await world.cloud();
      await settleOperation(await cloud.deallocate(id, signal()));
      const before = world.writeCount();
      await run();
      const { status, statusReason } = await world.show(waiting.id);
      expect(status).toBe("failed");
      expect(statusReason).toMatch(/changed since it was planned: status was running, is deallocated/);
      expect(world.writeCount()).toBe(before);
      await settleOperation(await cloud.start(id, signal()));
    });

    it("the stop switch stands, an approver was demoted, or left", async () => {
      const id = wasteOf("idle_vm")[2]!.resourceId;
      const before = world.writeCount();
      const cases: [() => Promise<unknown>, RegExp][] = [
        [
          () =>
            settings({ stopped: { by: "Test admin", at: new Date().toISOString(), reason: "migration" } }),
          /stopped by Test admin: migration/,
        ],
        [() => settings({ membersApproveUpTo: "none" }), /only 0 of them may approve it now/],
      ];
      for (const [change, reason] of cases) {
        const waiting = await world.propose(member, "stop_vm", [id]);
        await world.decide(await world.person("member"), waiting);
        await change();
        await run();
        const shown = await world.show(waiting.id);
        expect(shown.status).toBe("failed");
        expect(shown.statusReason).toMatch(reason);
        await settings({});
      }
      expect(world.writeCount()).toBe(before);
    });

    it("it is proposed again, simulated, listed, or asked to execute without approval", async () => {
      const id = wasteOf("unattached_disk")[1]!.resourceId;
      const before = world.writeCount();
      const first = await world.propose(member, "delete_disk", [id]);
      const again = await world.propose(admin, "delete_disk", [id]);
      expect(again).toMatchObject({ id: first.id, merged: true });
      const report = await world.tenant.call<{ ok: boolean }>("simulate_proposal", { id: first.id });
      expect(report.ok).toBe(true);
      expect(await world.show(first.id)).toMatchObject({ status: "simulated" });
      await expect(world.tenant.call("execute_proposal", { id: first.id })).rejects.toMatchObject({
        code: "forbidden",
      });
      const list = await world.tenant.call<{ rows: { id: string }[] }>("list_proposals", { show: "waiting" });
      expect(list.rows.map((row) => row.id)).toContain(first.id);
      await run();
      expect(world.writeCount()).toBe(before);
      await world.decide(admin, first, { decision: "reject", reason: "still needed" });
      expect(await world.show(first.id)).toMatchObject({ status: "rejected", statusReason: "still needed" });
      // What was turned down counts against what it carried out, as it was known then.
      const decisions = await world.tenant.tools
        .context(admin)
        .read((transaction) => listDecisions(transaction, 730));
      expect(decisions.filter(({ known }) => known.resourceId === id)).toMatchObject([
        { outcome: "rejected", known: { type: "unattached_disk", resourceName: expect.any(String) } },
      ]);
    });

    it("the plan expires before anyone decides", async () => {
      await settings({ proposalHours: 1 });
      const id = wasteOf("unattached_disk")[1]!.resourceId;
      let real = new Date();
      const early = await openExpired(id);
      expect(early.status).toBe("expired");
      await settings({});

      async function openExpired(resource: string) {
        const waiting = await world.propose(member, "delete_disk", [resource], { keepSnapshotDays: 3 });
        real = new Date(Date.now() + 2 * 3_600_000);
        await world.decide(admin, waiting).catch(() => undefined);
        // Approved in time, but the worker comes only after the plan's end.
        await world.worker({ realNow: () => real }).runDue();
        return world.show(waiting.id);
      }
    });
  });

  it("audits an approval whose process died before it could, once, when the worker has run it", async () => {
    const waiting = await world.propose(member, "stop_vm", [wasteOf("idle_vm")[2]!.resourceId]);
    const died = async () => {
      throw new Error("the process died");
    };
    await expect(world.decide(admin, waiting, {}, {}, died)).rejects.toThrow("the process died");
    await run();
    await run();
    expect(await world.show(waiting.id)).toMatchObject({ status: "completed" });
    const { output } = await world.tenant.tools.invoke({
      actor: admin,
      name: "list_audit",
      input: { action: "approve_proposal", limit: 100 },
      source: "web",
    });
    const { rows } = output as { rows: { resourceId: string; details: object }[] };
    expect(rows.filter(({ resourceId }) => resourceId === waiting.id)).toMatchObject([
      { details: { auditedLater: true } },
    ]);
  });

  it("keeps the stop switch when somebody saves the rules at the same moment", async () => {
    const call = (name: string, input: Record<string, unknown>) =>
      world.tenant.tools.invoke({ actor: admin, name, input, source: "web" });
    await Promise.all([
      call("set_stop_switch", { stopped: true, reason: "migration" }),
      ...[1, 2, 3].map((hours) => call("update_remediation_settings", { proposalHours: hours * 24 })),
    ]);
    const { output } = await call("get_remediation_settings", {});
    expect(output.stopped).toMatchObject({ reason: "migration" });
    await settings({});
  });

  describe("refuses to plan", () => {
    it("what is used, kept on purpose, named by several or by nobody, and too many in an hour", async () => {
      const trapped = world.tenant.truth.traps.map(({ resourceId }) => resourceId);
      const disks = trapped.filter((id) => id.includes("/disks/"));
      expect(disks.length).toBeGreaterThan(0);
      for (const id of disks) {
        await expect(world.propose(member, "delete_disk", [id])).rejects.toMatchObject({ code: "conflict" });
      }
      await expect(world.propose(member, "stop_vm", ["vm-that-never-was"])).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(world.propose(member, "stop_vm", [disks[0]!])).rejects.toMatchObject({
        code: "invalid_input",
      });
      await settings({ proposalsPerHour: 1 });
      const hasty = await world.person("member");
      const [one, two] = wasteOf("unattached_disk");
      const first = await world.propose(hasty, "add_tags", [one!.resourceId], {
        tags: [{ name: "a", value: "1" }],
      });
      await expect(
        world.propose(hasty, "add_tags", [two!.resourceId], { tags: [{ name: "a", value: "1" }] }),
      ).rejects.toMatchObject({ code: "rate_limited" });
      await world.decide(admin, first, { decision: "reject" });
      await settings({});
    });

    it("for a viewer, and for an organization that does not own the resource", async () => {
      const id = wasteOf("idle_vm")[0]!.resourceId;
      const viewer = await world.person("viewer");
      await expect(world.propose(viewer, "stop_vm", [id])).rejects.toMatchObject({ code: "forbidden" });
      const stranger = await world.tenant.tools.createOrganization("Stranger");
      const other = world.tenant.tools.actor(stranger);
      await expect(world.propose(other, "stop_vm", [id])).rejects.toMatchObject({ code: "not_found" });
      const waiting = await world.propose(member, "stop_vm", [id]);
      for (const name of ["get_proposal", "simulate_proposal", "rollback_proposal", "execute_proposal"]) {
        await expect(
          world.tenant.tools.invoke({ actor: other, name, input: { id: waiting.id }, source: "web" }),
        ).rejects.toMatchObject({ code: "not_found" });
      }
      await expect(world.decide(other, waiting)).rejects.toMatchObject({ code: "not_found" });
      await world.decide(admin, waiting, { decision: "reject" });
    });
  });

  /** Approved by as many others as it needs. */
  async function approve(waiting: { id: string; planHash: string }) {
    await world.decide(admin, waiting);
    if ((await world.show(waiting.id)).status !== "approved") await world.decide(secondAdmin, waiting);
  }

  async function freeAddress(): Promise<string | undefined> {
    for (const { resourceId } of wasteOf("unused_public_ip")) {
      if (!(await live(resourceId))!.properties.ipConfiguration) return resourceId;
    }
    return undefined;
  }

  async function settleOperation({ operation }: { operation: string | null }) {
    const cloud = await world.cloud();
    while (operation && (await cloud.progress(operation, signal())).state === "running");
  }
});

const lowerKeys = (tags: Record<string, string>) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), value]));

/** What must be the same after apply and undo: all that the plan did not call lost. */
function comparable({ type, name, region, tags, properties }: LiveResource) {
  const lost =
    /^(uniqueId|timeCreated|LastOwnershipUpdateTime|creationData|provisioningState|ipAddress|resourceGuid|etag)$/i;
  const kept = Object.entries(properties).filter(([key]) => !lost.test(key));
  return { type, name, region, tags, properties: Object.fromEntries(kept) };
}

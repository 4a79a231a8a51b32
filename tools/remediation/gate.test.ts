import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import { type GateWorld, openGateWorld } from "./testing/gate-world.ts";

describeEachEngine("the gate", (engine) => {
  let world: GateWorld;
  let member: Actor;
  let admin: Actor;
  beforeAll(async () => {
    world = await openGateWorld(engine.database(), { seed: "gate" });
    member = await world.person("member");
    admin = await world.person("admin");
  });
  afterAll(() => world.close());

  const wasteOf = (type: string) => world.tenant.truth.waste.filter((waste) => waste.type === type);

  describe("from a finding to an undone change", () => {
    it("stops idle machines at their own saving, starts them again, and says what became of it", async () => {
      const [first, second] = wasteOf("idle_vm");
      const ids = [first!.resourceId, second!.resourceId];
      const before = world.writeCount();
      const waiting = await world.propose(member, "stop_vm", ids);
      const proposed = await world.show(waiting.id);
      expect(proposed).toMatchObject({
        status: "proposed",
        headline: "Stop 2 virtual machines",
        direction: "apply",
      });
      const expected = Number(first!.monthlySaving) + Number(second!.monthlySaving);
      expect(Number(proposed.monthlySavings[0]!.value) / expected).toBeCloseTo(1, 2);
      expect(world.writeCount()).toBe(before);

      await world.decide(admin, waiting);
      await world.worker().runDue();
      const done = await world.show(waiting.id);
      expect(done.statusReason).toBeNull();
      expect(done).toMatchObject({
        status: "completed",
        items: [{ status: "completed" }, { status: "completed" }],
      });
      const cloud = await world.cloud();
      for (const id of ids) {
        expect((await cloud.resource(id, AbortSignal.timeout(5000)))?.status).toBe("deallocated");
      }
      expect(world.writeCount() - before).toBe(2);
      const searched = await world.tenant.call<{ rows: { status: string }[] }>("search_resources", {
        text: ids[0]!,
      });
      expect(searched.rows[0]!.status).toBe("deallocated");

      const undo = await world.rollback(member, waiting.id);
      await world.decide(admin, undo);
      await world.worker().runDue();
      expect((await world.show(undo.id)).status).toBe("completed");
      expect((await world.show(waiting.id)).status).toBe("rolled_back");
      for (const id of ids) {
        expect((await cloud.resource(id, AbortSignal.timeout(5000)))?.status).toBe("running");
      }
    });
  });
});

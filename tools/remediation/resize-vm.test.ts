import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readText } from "../clouds/read-property.ts";
import type { Faults } from "../clouds/sandbox/server/faults.ts";
import { lookAgain } from "./look-again.ts";
import { type FaultWorld, openFaultWorld, runPace, scannedFaultEstate } from "./testing/fault-world.ts";
import type { Waiting } from "./testing/gate-world.ts";

type Fault = Parameters<Faults["add"]>[0];

const bigger = { to: "Standard_D4s_v5" };

describeEachEngine(
  { name: "a machine that is off for its new size", prepared: scannedFaultEstate() },
  (engine) => {
    let world: FaultWorld;
    beforeAll(async () => {
      world = await openFaultWorld(engine.database());
    });
    afterAll(() => world.close());
    const fail = (fault: Fault) => world.tenant.sandbox().faults.add(fault);
    const again = ({ id }: Waiting) =>
      lookAgain(
        { database: engine.database(), audit: world.tenant.tools.audit.record, realNow: () => new Date() },
        world.admin,
        id,
        "web",
      );

    const failure = { code: "AllocationFailed", message: "No capacity." };
    const resized = async (faults: Fault[]) => {
      const id = world.next("machine");
      const waiting = await world.approved("resize_vm", [id], bigger);
      for (const fault of faults) fail({ ...fault, path: `${id}${fault.path}` });
      await world.run();
      world.tenant.sandbox().faults.clear();
      const shown = await world.shown(waiting);
      const live = (await world.live(id))!;
      return {
        machine: id,
        waiting,
        ...shown,
        state: [live.status, readText(live.properties, "hardwareProfile", "vmSize")],
      };
    };

    test.each<[string, Fault, RegExp]>([
      [
        "refused for good",
        { path: "", method: "PATCH", kind: "error", times: 1000 },
        /^Azure('s resource manager keeps failing|'s answer got lost).* It was started again as it was\.$/,
      ],
      [
        "failing",
        { path: "", method: "PATCH", kind: "operation_fails", ...failure },
        /^The cloud could not do it: No capacity\. \(AllocationFailed\) It was started again as it was\.$/,
      ],
    ])("is started again as it was when the new size is %s", async (_what, fault, said) => {
      const { status, statusReason, items, state } = await resized([fault]);
      expect({ status, items }).toMatchObject({ status: "failed", items: [{ status: "failed" }] });
      expect(statusReason).toMatch(said);
      expect(state).toEqual(["running", "Standard_D2s_v5"]);
    });

    test("an answer that got lost anywhere: off, resized, on, each once", async () => {
      for (const path of ["/deallocate", "", "/start"]) {
        for (const kind of ["cut", "cut_after", "cut_under_way"] as const) {
          const method = path === "" ? "PATCH" : "POST";
          const { status, state } = await resized([{ path, method, kind, polls: 20 }]);
          expect([path, kind, status, ...state]).toEqual([
            path,
            kind,
            "completed",
            "running",
            "Standard_D4s_v5",
          ]);
        }
      }
    });

    test("that cannot be started needs a person, who has it looked at again", async () => {
      const seen = await resized([{ path: "/start", method: "POST", kind: "operation_fails", ...failure }]);
      expect(seen).toMatchObject({ status: "needs_attention", items: [{ status: "needs_attention" }] });
      expect(seen.statusReason).toMatch(/No capacity\. \(AllocationFailed\)/);
      expect(seen.state).toEqual(["deallocated", "Standard_D4s_v5"]);
      await again(seen.waiting);
      await world.run();
      expect(await world.shown(seen.waiting)).toMatchObject({ status: "completed", statusReason: null });
      expect((await world.live(seen.machine))?.status).toBe("running");
    });

    test("stopped by a person in between, it says that the machine is off", async () => {
      const id = world.next("machine");
      const waiting = await world.approved("resize_vm", [id], bigger);
      const { cloud, pace } = await world.freshCloud();
      const deallocate = cloud.deallocate;
      cloud.deallocate = async (...given) => {
        await world.settings({ stopped: { by: "Test admin", at: new Date().toISOString(), reason: "no" } });
        return deallocate(...given);
      };
      await world.run({ openCloud: async () => cloud, pace: runPace(pace) });
      await world.settings({ proposalsPerHour: 500 });
      expect(await world.shown(waiting)).toMatchObject({ status: "needs_attention" });
      expect((await world.live(id))?.status).toBe("deallocated");
      await again(waiting);
      await world.run();
      expect(await world.shown(waiting)).toMatchObject({ status: "completed" });
      expect((await world.live(id))?.status).toBe("running");
    });
  },
);

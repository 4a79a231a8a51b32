import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { CloudRead } from "../clouds/cloud.ts";
import { readText } from "../clouds/read-property.ts";
import type { Actor } from "../kernel/actor.ts";
import { LeaseLost, type RunStore } from "./run-store.ts";
import { type GateWorld, openGateWorld, scannedEstate, type Waiting } from "./testing/gate-world.ts";

const signal = () => AbortSignal.timeout(20_000);

const sizeOf = (machine: { properties: unknown } | null) =>
  readText(machine?.properties, "hardwareProfile", "vmSize");

/** When the worker dies: just before the n-th thing that it keeps, or just after. */
interface Death {
  at: number;
  when: "before" | "after";
}

/** A store that takes the worker's life at one of its writes: nothing runs after it, as after a kill -9. */
function mortal(store: RunStore, death: Death, counted: { writes: number }): RunStore {
  const guard =
    <Arguments extends unknown[], Result>(write: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      counted.writes++;
      if (counted.writes > death.at) throw new LeaseLost();
      if (counted.writes === death.at && death.when === "before") throw new LeaseLost();
      const result = await write(...given);
      if (counted.writes === death.at) throw new LeaseLost();
      return result;
    };
  return {
    ...store,
    journal: guard(store.journal),
    item: guard(store.item),
    move: guard(store.move),
    moveOther: guard(store.moveOther),
    leaveBehind: guard(store.leaveBehind),
  };
}

describeEachEngine({ name: "a worker that is killed", prepared: scannedEstate() }, (engine) => {
  let world: GateWorld;
  let member: Actor;
  let admin: Actor;
  let secondAdmin: Actor;
  beforeAll(async () => {
    world = await openGateWorld(engine.database());
    await world.settings({ proposalsPerHour: 500 });
    member = await world.person("member");
    admin = await world.person("admin");
    secondAdmin = await world.person("admin");
  });
  afterAll(() => world.close());

  const first = (type: string) => world.tenant.truth.waste.find((waste) => waste.type === type)!.resourceId;

  async function approve(waiting: Waiting): Promise<void> {
    await world.decide(admin, waiting);
    if ((await world.show(waiting.id)).status !== "approved") await world.decide(secondAdmin, waiting);
  }

  /** Dies as told, then a new worker takes over; true when it lived to the end. */
  async function runAndDie(death: Death): Promise<boolean> {
    const counted = { writes: 0 };
    const dying = world.worker({
      leaseSeconds: 0,
      wrapStore: (store) => mortal(store, death, counted),
    });
    await dying.runDue();
    await dying.stop();
    if (counted.writes < death.at) return true;
    await world.worker({ leaseSeconds: 0 }).runDue();
    return false;
  }

  const cases: {
    action: string;
    resource: () => string;
    input?: Record<string, unknown>;
    applied: (cloud: CloudRead, id: string) => Promise<boolean>;
    /** Writes of an undisturbed run; one more may be sent where an answer was lost. */
    writes: number;
  }[] = [
    {
      action: "stop_vm",
      resource: () => first("idle_vm"),
      applied: async (cloud, id) => (await cloud.resource(id, signal()))?.status === "deallocated",
      writes: 1,
    },
    {
      action: "resize_vm",
      resource: () =>
        world.tenant.generated.tenant.resources
          .find(({ name }) => name === "vm-vendor-appliance-001")!
          .id.toLowerCase(),
      input: { to: "Standard_D4s_v5" },
      applied: async (cloud, id) => {
        const live = await cloud.resource(id, signal());
        expect(live?.status).toBe("running");
        return sizeOf(live) === "Standard_D4s_v5";
      },
      writes: 3,
    },
    {
      action: "delete_disk",
      resource: () => first("unattached_disk"),
      applied: async (cloud, id) => (await cloud.resource(id, signal())) === null,
      writes: 2,
    },
    {
      action: "delete_public_ip",
      resource: () =>
        world.tenant.generated.tenant.resources
          .find(({ name }) => name.startsWith("pip-old-gateway"))!
          .id.toLowerCase(),
      applied: async (cloud, id) => (await cloud.resource(id, signal())) === null,
      writes: 1,
    },
    {
      action: "add_tags",
      resource: () => first("unattached_disk"),
      input: { tags: [{ name: "Squad", value: "blue" }] },
      applied: async (cloud, id) => (await cloud.resource(id, signal()))?.tags.Squad === "blue",
      writes: 1,
    },
  ];

  it.each(cases)("at any of its writes: $action and its undo happen once", async (testCase) => {
    const { action, input = {}, applied, writes } = testCase;
    const id = testCase.resource();
    const cloud = await world.cloud();
    // The journal's own order decides where a kill can hurt, so both engines need not try both sides of each write.
    const when = engine.name === "embedded" ? "before" : "after";
    for (let at = 1, lived = false; !lived; at++) {
      const death: Death = { at, when };
      const sent = world.writeCount();
      const waiting = await world.propose(member, action, [id], input);
      await approve(waiting);
      lived = await runAndDie(death);
      expect(await world.show(waiting.id), `killed ${when} write ${at}`).toMatchObject({
        status: "completed",
        statusReason: null,
        items: [{ status: "completed" }],
      });
      expect(await applied(cloud, id), `killed ${when} write ${at}`).toBe(true);
      expect(world.writeCount() - sent).toBeLessThanOrEqual(writes + 1);

      const undo = await world.rollback(member, waiting.id);
      await approve(undo);
      await runAndDie(death);
      expect(await world.show(undo.id), `undo killed ${when} write ${at}`).toMatchObject({
        status: "completed",
      });
      expect(await world.show(waiting.id)).toMatchObject({ status: "rolled_back" });
      expect(await applied(cloud, id), `undo killed ${when} write ${at}`).toBe(false);
    }
  });
});

import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { LiveResource } from "../clouds/cloud.ts";
import { readProperty } from "../clouds/read-property.ts";
import { LeaseLost, type RunStore } from "./run-store.ts";
import { actionCases, actionNames, isReversible } from "./testing/action-cases.ts";
import { type FaultWorld, openFaultWorld, scannedFaultEstate } from "./testing/fault-world.ts";

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

describeEachEngine({ name: "a worker that is killed", prepared: scannedFaultEstate() }, (engine) => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await openFaultWorld(engine.database());
  });
  afterAll(() => world.close());

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

  // The journal's own order decides where a kill can hurt, so both engines need not try both sides of each write, nor
  // the slower one those of every action: it has one of one write, and all of several.
  const when = engine.name === "embedded" ? "before" : "after";
  const names = actionNames.filter(
    (name) => when === "after" || name === "stop_vm" || actionCases[name].writes > 1,
  );

  it.each(names)("at any of its writes: %s and its undo happen once", async (action) => {
    const { kind, input = {}, writes, shows = (id) => id } = actionCases[action];
    let id = world.next(kind);
    const before = await world.live(shows(id));
    // Its version and what only tells when it was made differ by an undo, too.
    const isApplied = async () => !looksLike(await world.live(shows(id)), before);
    for (let at = 1, lived = false; !lived; at++) {
      const death: Death = { at, when };
      const sent = world.writeCount();
      const waiting = await world.approved(action, [id], input);
      lived = await runAndDie(death);
      expect(await world.show(waiting.id), `killed ${when} write ${at}`).toMatchObject({
        status: "completed",
        statusReason: null,
        items: [{ status: "completed" }],
      });
      expect(await isApplied(), `killed ${when} write ${at}`).toBe(true);
      expect(world.writeCount() - sent).toBeLessThanOrEqual(writes + 1);
      if (!isReversible(action)) {
        id = world.next(kind);
        continue;
      }
      const undo = await world.rollback(world.member, waiting.id);
      await world.approve(undo);
      await runAndDie(death);
      expect(await world.show(undo.id), `undo killed ${when} write ${at}`).toMatchObject({
        status: "completed",
      });
      expect(await world.show(waiting.id)).toMatchObject({ status: "rolled_back" });
      expect(await isApplied(), `undo killed ${when} write ${at}`).toBe(false);
    }
  });
});

/** Whether two resources are there alike, as far as a change of ours or its undo makes a difference. */
function looksLike(one: LiveResource | null, other: LiveResource | null): boolean {
  const told = (live: LiveResource | null) => {
    const of = live?.properties ?? {};
    const read = (...path: string[]) => String(readProperty(of, ...path) ?? "");
    return (
      live && [
        live.status,
        JSON.stringify(live.tags),
        read("sku", "name"),
        read("hardwareProfile", "vmSize"),
        read("licenseType").replace("None", ""),
        read("accessTier"),
        read("currentServiceObjectiveName"),
      ]
    );
  };
  return JSON.stringify(told(one)) === JSON.stringify(told(other));
}

import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Resource } from "../clouds/sandbox/tenant/tenant-schema.ts";
import { scheduleIdOf, shutdownSchedule } from "./shutdown-schedule.ts";
import { type FaultWorld, openFaultWorld, scannedFaultEstate } from "./testing/fault-world.ts";

const at19 = { to: "19:00 UTC" };

// What a schedule is to Azure is the same on every engine.
describeOneEngine("server", { name: "a nightly shutdown", prepared: scannedFaultEstate() }, (engine) => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await openFaultWorld(engine.database());
  });
  afterAll(() => world.close());

  /** A schedule that somebody made in Azure. */
  async function make(machine: string, time: string, status: string): Promise<Resource> {
    const { estate } = world.tenant.sandbox();
    const { name, type, region, tags, properties } = shutdownSchedule((await world.live(machine))!, time);
    const id = scheduleIdOf(machine);
    const schedule = { id, name, type, location: region, tags, properties: { ...properties, status } };
    estate.put(schedule);
    return schedule;
  }

  test("one that is switched off is replaced, and put back by the undo", async () => {
    const id = world.next("machine");
    const earlier = await make(id, "2230", "Disabled");
    const waiting = await world.approved("schedule_shutdown", [id], at19);
    await world.run();
    const { status, plan } = await world.shown(waiting);
    expect(status).toBe("completed");
    expect(plan.items[0]!.effects.join("\n")).toMatch(
      /19:00 UTC every day[\s\S]*does not start it[\s\S]*replaced/,
    );
    expect((await world.live(scheduleIdOf(id)))?.properties).toMatchObject({
      status: "Enabled",
      dailyRecurrence: { time: "1900" },
      timeZoneId: "UTC",
      targetResourceId: id,
    });
    const undo = await world.rollback(world.member, waiting.id);
    await world.approve(undo);
    await world.run();
    expect((await world.shown(waiting)).status).toBe("rolled_back");
    expect((await world.live(scheduleIdOf(id)))?.properties).toMatchObject(earlier.properties);
  });

  test("one that is on, a time that is none, and what cannot be deallocated are refused", async () => {
    const [on, other, managed] = [world.next("machine"), world.next("machine"), world.next("machine")];
    await make(on, "1800", "Enabled");
    const propose = (id: string, to: string) =>
      world.propose(world.member, "schedule_shutdown", [id], { to });
    await expect(propose(on, "19:00 UTC")).rejects.toThrow(/shut down every day already: 1800 UTC/);
    for (const time of ["25:00", "7pm", "19:00 CET"]) {
      await expect(propose(other, time)).rejects.toThrow(/cannot be shut down at/);
    }
    world.meanwhile(managed, ({ properties }) => ({
      properties: { ...properties, virtualMachineScaleSet: { id: "/vmss/1" } },
    }));
    await expect(propose(managed, "19:00")).rejects.toThrow(/belongs to a scale set/);
  });

  test("one that somebody makes, changes or deletes meanwhile stops the change, or its undo", async () => {
    const id = world.next("machine");
    const waiting = await world.approved("schedule_shutdown", [id], at19);
    await make(id, "1800", "Enabled");
    const sent = world.writeCount();
    await world.run();
    expect((await world.shown(waiting)).statusReason).toMatch(
      /^Somebody changed its shutdown schedule meanwhile\./,
    );
    expect(world.writeCount()).toBe(sent);

    const second = world.next("machine");
    const done = await world.approved("schedule_shutdown", [second], at19);
    await world.run();
    expect(await world.shown(done)).toMatchObject({ status: "completed" });
    await make(second, "1800", "Enabled");
    await expect(world.rollback(world.member, done.id)).rejects.toThrow(/changed its shutdown schedule/i);
  });
});

import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Faults } from "../clouds/sandbox/server/faults.ts";
import { actionCases, actionNames } from "./testing/action-cases.ts";
import { type FaultWorld, openFaultWorld, runPace, scannedFaultEstate } from "./testing/fault-world.ts";

type Fault = Parameters<Faults["add"]>[0];

/** Every write of every action that is like no other. */
const writes = actionNames.flatMap((action) => {
  const { aims, ...rest } = actionCases[action];
  return Object.entries(aims).map(([name, aim]) => ({ name, action, aim, ...rest }));
});

describeEachEngine({ name: "the cloud fails", prepared: scannedFaultEstate() }, (engine) => {
  let world: FaultWorld;
  beforeAll(async () => {
    world = await openFaultWorld(engine.database());
  });
  afterAll(() => world.close());
  beforeEach(() => world.tenant.sandbox().faults.clear());
  const fail = (fault: Fault) => world.tenant.sandbox().faults.add(fault);

  // How a failing cloud reads is the same on every engine; on the embedded, the slower one, one write shows it.
  const tried = engine.name === "server" ? writes : writes.slice(0, 1);
  describe.each(tried)("at: $name", ({ action, kind, input, aim, writes: count, shows = (id) => id }) => {
    async function run(faults: Fault[]) {
      const id = world.next(kind);
      const before = await world.live(shows(id));
      const waiting = await world.approved(action, [id], input);
      for (const fault of faults) fail(fault);
      const sent = world.writeCount();
      const { sleeps } = await world.run();
      world.tenant.sandbox().faults.clear();
      const { status, statusReason, items, journal } = await world.shown(waiting);
      return {
        ...{ id, waiting, before, status, statusReason, sleeps, journal },
        item: items[0]!,
        sent: world.writeCount() - sent,
        after: await world.live(shows(id)),
        audit: await world.audited(waiting.id),
      };
    }

    test("throttled, it waits as long as any header says, and does it once", async () => {
      const faults: Fault[] = [
        { ...aim, kind: "throttle", retryAfterSeconds: 17 },
        { ...aim, kind: "throttle", retryAfterSeconds: null },
        { ...aim, kind: "throttle", retryAfterSeconds: 1, headers: { "retry-after-ms": "21000" } },
        {
          ...aim,
          kind: "throttle",
          retryAfterSeconds: null,
          headers: { "x-ms-user-quota-resets-after": "00:00:25" },
        },
      ];
      const seen = await run(faults);
      expect(seen).toMatchObject({ status: "completed", statusReason: null, item: { status: "completed" } });
      const waits = seen.sleeps.filter((ms) => ms >= 15_000).map((ms) => Math.floor(ms / 1000));
      expect(waits).toEqual([17, 21, 25]);
      expect(seen.sent).toBe(count + faults.length);
      expect(seen.audit).toMatchObject([{ outcome: "done", details: { status: "completed", doneCount: 1 } }]);
    });

    test("one error of the server, or a connection cut before, after or amid the change: it happens once", async () => {
      for (const cut of ["error", "cut", "cut_after", "cut_under_way"] as const) {
        const seen = await run([{ ...aim, kind: cut, polls: 20 }]);
        expect(seen, cut).toMatchObject({ status: "completed", statusReason: null });
        expect(seen.after, cut).not.toEqual(seen.before);
        // The one whose answer was lost is sent again: it names the same state.
        expect(seen.sent, cut).toBeLessThanOrEqual(count + 1);
        expect(seen.audit, cut).toHaveLength(1);
      }
    });

    test("errors without end fail it in words, and change nothing", async () => {
      const seen = await run([{ ...aim, kind: "error", times: 1000 }]);
      expect(seen).toMatchObject({ status: "failed", item: { status: "failed" } });
      expect(seen.statusReason).toMatch(/^Azure('s resource manager keeps failing|'s answer got lost)/);
      expect(seen.after).toEqual(seen.before);
      // The breaker opens after ten: a service that is down is not hammered.
      expect(seen.sent).toBeLessThanOrEqual(count + 10);
      expect(seen.audit).toMatchObject([{ outcome: "failed", details: { status: "failed", doneCount: 0 } }]);
    });
  });

  /** Cases of one kind on one write; the next describe has those of the operation behind it. */
  test("a full minute of refusals passes on a clock of its own, with and without a time to wait", async () => {
    for (const retryAfterSeconds of [10, null]) {
      const waiting = await world.approved("stop_vm", [world.next("machine")]);
      fail({ path: "/deallocate", kind: "throttle", times: 1000, retryAfterSeconds });
      const { cloud, pace } = await world.freshCloud();
      const sleep = pace.sleep;
      // The refusals end with the minute, not with a number of requests.
      pace.sleep = async (ms, signal) => {
        await sleep(ms, signal);
        if (pace.now() >= 60_000) world.tenant.sandbox().faults.clear();
      };
      await world.run({ openCloud: async () => cloud, pace: runPace(pace) });
      expect(pace.now()).toBeGreaterThanOrEqual(60_000);
      expect(await world.shown(waiting)).toMatchObject({ status: "completed", statusReason: null });
      world.tenant.sandbox().faults.clear();
    }
  });

  test("stopped, or changed by somebody, while it waits as it was told to: nothing more is sent", async () => {
    const [stopped, changed] = [world.next("machine"), world.next("machine")];
    const meanwhile: [string, () => unknown, RegExp][] = [
      [
        stopped,
        () => world.settings({ stopped: { by: "Test admin", at: new Date().toISOString(), reason: "no" } }),
        /^Changes were stopped by Test admin: no$/,
      ],
      [
        changed,
        () => world.meanwhile(changed, ({ tags }) => ({ tags: { ...tags, Environment: "Production" } })),
        /production was false, is true/,
      ],
    ];
    for (const [id, happens, reason] of meanwhile) {
      const waiting = await world.approved("stop_vm", [id]);
      fail({ path: "/deallocate", kind: "throttle", retryAfterSeconds: 300 });
      const { cloud, pace } = await world.freshCloud();
      const sleep = pace.sleep;
      pace.sleep = async (ms, signal) => {
        await sleep(ms, signal);
        if (ms >= 300_000) await happens();
      };
      const sent = world.writeCount();
      await world.run({ openCloud: async () => cloud, pace: runPace(pace) });
      await world.settings({ proposalsPerHour: 500 });
      const shown = await world.shown(waiting);
      expect(shown.status).toBe("failed");
      expect(shown.statusReason).toMatch(reason);
      expect(world.writeCount() - sent).toBe(1);
      expect((await world.live(id))?.status).toBe("running");
    }
  });

  test("told to wait for hours, it fails and says so", async () => {
    const id = world.next("machine");
    const waiting = await world.approved("stop_vm", [id]);
    fail({ path: "/deallocate", kind: "throttle", times: 5, retryAfterSeconds: 7200 });
    const sent = world.writeCount();
    await world.run();
    const shown = await world.shown(waiting);
    expect(shown.status).toBe("failed");
    expect(shown.statusReason).toMatch(/^Azure's limits did not let us deallocate machine-\d+ now\./);
    expect(world.writeCount() - sent).toBe(1);
    expect((await world.live(id))?.status).toBe("running");
  });

  describe("the operation behind a write", () => {
    const failure = { code: "AllocationFailed", message: "No capacity\nin this zone." };

    test("is slow: waited for", async () => {
      const waiting = await world.approved("stop_vm", [world.next("machine")]);
      fail({ path: "/deallocate", kind: "operation_slow", polls: 40, retryAfterSeconds: 9 });
      await world.run();
      expect(await world.shown(waiting)).toMatchObject({ status: "completed", statusReason: null });
    });

    test("fails: said in the cloud's words on one line, nothing changed", async () => {
      for (const [action, kind] of [
        ["stop_vm", "machine"],
        ["delete_public_ip", "address"],
      ] as const) {
        const id = world.next(kind);
        const before = await world.live(id);
        const waiting = await world.approved(action, [id]);
        fail({ path: id, kind: "operation_fails", ...failure });
        await world.run();
        const shown = await world.shown(waiting);
        expect(shown).toMatchObject({ status: "failed", items: [{ status: "failed" }] });
        expect(shown.statusReason).toBe(
          "The cloud could not do it: No capacity in this zone. (AllocationFailed)",
        );
        expect({ ...(await world.live(id)), etag: null }).toEqual({ ...before, etag: null });
      }
    });

    test("fails at the snapshot: the disk stays, and a person is asked to look at what is left", async () => {
      const id = world.next("disk");
      const waiting = await world.approved("delete_disk", [id]);
      fail({ path: "/snapshots/undo-", kind: "operation_fails", ...failure });
      const sent = world.writeCount();
      await world.run();
      const shown = await world.shown(waiting);
      expect(shown).toMatchObject({ status: "needs_attention", items: [{ status: "needs_attention" }] });
      expect(shown.statusReason).toMatch(/No capacity in this zone.*It left something unfinished behind\./);
      expect(world.writeCount() - sent).toBe(1);
      expect((await world.live(id))?.status).toBe("unattached");
    });

    test("hangs: after twenty minutes a person is asked, and nothing is sent again", async () => {
      for (const [action, kind, said] of [
        ["stop_vm", "machine", "deallocating"],
        ["delete_disk", "disk", "unattached"],
      ] as const) {
        const id = world.next(kind);
        const waiting = await world.approved(action, [id]);
        fail({ path: kind === "disk" ? "/disks/" : id, kind: "operation_hangs", retryAfterSeconds: 30 });
        const sent = world.writeCount();
        await world.run();
        const shown = await world.shown(waiting);
        expect(shown).toMatchObject({ status: "needs_attention", items: [{ status: "needs_attention" }] });
        expect(shown.statusReason).toMatch(
          /^The cloud has been working on it for 20 minutes without an end\./,
        );
        expect(world.writeCount() - sent).toBe(kind === "disk" ? 2 : 1);
        expect((await world.live(id))?.status).toBe(said);
        expect(await world.audited(waiting.id)).toMatchObject([
          { outcome: "failed", details: { status: "needs_attention" } },
        ]);
      }
    });
  });

  test("reads that fail hold the plan up, say why, and let a later run go on; past its end they end it", async () => {
    const id = world.next("machine");
    const waiting = await world.approved("stop_vm", [id]);
    fail({ path: id, method: "GET", kind: "error", times: 1000 });
    await world.run();
    const held = await world.shown(waiting);
    expect(held.status).toBe("executing");
    expect(held.statusReason).toMatch(
      /^Azure did not answer when we tried to read machine-\d+\. It is tried again\.$/,
    );
    expect(await world.audited(waiting.id)).toEqual([]);
    world.tenant.sandbox().faults.clear();
    await world.run();
    expect(await world.shown(waiting)).toMatchObject({ status: "completed", statusReason: null });

    const other = await world.approved("stop_vm", [world.next("machine")]);
    fail({ path: "/virtualmachines/", method: "GET", kind: "error", times: 1000 });
    await world.run();
    await world.run({ realNow: () => new Date(Date.now() + 100 * 3_600_000) });
    const ended = await world.shown(other);
    expect(ended).toMatchObject({ status: "failed", items: [{ status: "failed" }] });
    expect(ended.statusReason).toMatch(/^The run broke off: Azure did not answer/);
  });

  test("polls that fail are asked again by the next run; nothing is sent twice", async () => {
    const waiting = await world.approved("stop_vm", [world.next("machine")]);
    fail({ path: "/operations/", kind: "error", times: 5 });
    const sent = world.writeCount();
    await world.run();
    expect((await world.shown(waiting)).status).toBe("executing");
    await world.run();
    expect(await world.shown(waiting)).toMatchObject({ status: "completed", statusReason: null });
    expect(world.writeCount() - sent).toBe(1);
  });
});

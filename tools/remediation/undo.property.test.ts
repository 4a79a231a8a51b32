import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LiveResource } from "../clouds/cloud.ts";
import { gateEstate } from "../clouds/sandbox/testing/gate-estate.ts";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import { type ActionName, actionCases, actionNames } from "./testing/action-cases.ts";
import { type GateWorld, openGateWorld } from "./testing/gate-world.ts";
import { randomEstate, randomTags } from "./testing/random-estate.ts";

/**
 * What each action may lose by its undo, and the words of the plan that must have said so. Everything else of the
 * resource has to be exactly as before, its name's case included.
 */
interface Undone {
  type: string | null;
  input?: Record<string, unknown>;
  lost: { property: string; said: RegExp }[];
}
const cases: Readonly<Record<ActionName, Undone | "There is no way back from it.">> = {
  add_tags: { type: null, lost: [] },
  delete_disk: {
    type: "microsoft.compute/disks",
    lost: [
      { property: "uniqueId", said: /another unique id/ },
      { property: "timeCreated", said: /another unique id and creation time/ },
      { property: "LastOwnershipUpdateTime", said: /no longer knows when it was last attached/ },
      { property: "creationData", said: /snapshot is made first/ },
    ],
  },
  delete_public_ip: {
    type: "microsoft.network/publicipaddresses",
    lost: [
      { property: "ipAddress", said: /can most likely not be had again/ },
      { property: "resourceGuid", said: /can most likely not be had again/ },
    ],
  },
  stop_vm: {
    type: "microsoft.compute/virtualmachines",
    lost: [
      { property: "status", said: /shut down now; starting it again makes it run/ },
      { property: "extended", said: /shut down now; starting it again makes it run/ },
      { property: "instanceView", said: /shut down now; starting it again makes it run/ },
    ],
  },
  resize_database: { type: "microsoft.sql/servers/databases", input: { to: "GP_Gen5_2" }, lost: [] },
  make_database_serverless: {
    type: "microsoft.sql/servers/databases",
    input: { to: "GP_S_Gen5_4" },
    lost: [],
  },
  resize_vm: { type: "microsoft.compute/virtualmachines", input: { to: "Standard_D4s_v5" }, lost: [] },
  schedule_shutdown: {
    type: "microsoft.compute/virtualmachines",
    input: { to: "19:00 UTC" },
    lost: [],
  },
  use_own_licence: { type: "microsoft.compute/virtualmachines", lost: [] },
  change_disk_kind: { type: "microsoft.compute/disks", input: { to: "E10" }, lost: [] },
  change_access_tier: {
    type: "microsoft.storage/storageaccounts",
    input: { to: "Cool" },
    lost: [],
  },
  delete_network_card: {
    type: "microsoft.network/networkinterfaces",
    lost: [{ property: "macAddress", said: /another hardware address/ }],
  },
  delete_load_balancer: { type: "microsoft.network/loadbalancers", lost: [] },
  delete_app_service_plan: { type: "microsoft.web/serverfarms", lost: [] },
  delete_snapshot: "There is no way back from it.",
};

const tried = actionNames.flatMap((name) => {
  const one = cases[name];
  return typeof one === "string"
    ? []
    : [{ name, ...one, shows: actionCases[name].shows ?? ((id: string) => id) }];
});

describeEachEngine("applied, then undone", (engine) => {
  let world: GateWorld;
  let member: Actor;
  let admins: Actor[];
  beforeAll(async () => {
    world = await openGateWorld(engine.database(), { seed: "undone", tenant: gateEstate() });
    await world.settings({ proposalsPerHour: 500 });
    member = await world.person("member");
    admins = [await world.person("admin"), await world.person("admin")];
  });
  afterAll(() => world.close());

  test("a resource is as it was, except what the plan said is lost", async () => {
    const seen = new Map(tried.map(({ name }) => [name, { changed: 0, refused: 0 }]));
    await fc.assert(
      fc.asyncProperty(randomEstate, randomTags, async (estate, tags) => {
        await world.tenant.serve(estate);
        await world.tenant.scan();
        for (const action of tried) {
          const ids = estate.resources
            .filter(({ type }) => action.type === null || type.toLowerCase() === action.type)
            .map(({ id }) => id);
          const before = await readAll(ids, action.shows);
          const input = action.name === "add_tags" ? { tags } : (action.input ?? {});
          const done = await applyAndUndo(action, ids, input, before);
          const after = await readAll(ids, action.shows);
          for (const id of ids) expectRestored(action, id, before.get(id), after.get(id), done.get(id));
          const counts = seen.get(action.name)!;
          counts.changed += done.size;
          counts.refused += ids.length - done.size;
        }
      }),
      {
        // What an undo brings back is the cloud's; most of the estates are tried on the faster engine.
        numRuns: engine.name === "server" ? 3 : 1,
        seed: engine.name === "server" ? 20 : 21,
        endOnFailure: true,
      },
    );
    const untried = [...seen].filter(([, { changed }]) => changed === 0).map(([name]) => name);
    // No change was refused everywhere, nor a machine with an ephemeral disk or a used address let through.
    if (engine.name === "server") expect(untried).toEqual([]);
    expect([...seen.values()].some(({ refused }) => refused > 0)).toBe(true);
  }, 300_000);

  /** The effects that each changed resource's plan named; resources that were refused are not in it. */
  async function applyAndUndo(
    { name, shows }: (typeof tried)[number],
    ids: string[],
    input: Record<string, unknown>,
    before: Map<string, LiveResource>,
  ): Promise<Map<string, string[]>> {
    const waiting = await world.propose(member, name, ids, input).catch((error: unknown) => {
      if (error instanceof AppError && error.code !== "internal") return undefined; // all were refused
      throw error;
    });
    if (!waiting) return new Map();
    await approveAndRun(waiting);
    const { plan } = await world.show(waiting.id);
    const changed = new Map(plan.items.map((item) => [item.resourceId, item.effects]));
    const between = await readAll(ids, shows);
    for (const id of ids) {
      const is = between.get(id);
      if (changed.has(id.toLowerCase())) expect(is, id).not.toEqual(before.get(id));
      else expect(is, id).toEqual(before.get(id));
    }
    await approveAndRun(await world.rollback(member, waiting.id));
    expect((await world.show(waiting.id)).status).toBe("rolled_back");
    return new Map(
      ids.flatMap((id) => (changed.has(id.toLowerCase()) ? [[id, changed.get(id.toLowerCase())!]] : [])),
    );
  }

  async function approveAndRun(waiting: { id: string; planHash: string }): Promise<void> {
    for (const admin of admins) {
      if ((await world.show(waiting.id)).status === "proposed") await world.decide(admin, waiting);
    }
    await world.worker().runDue();
    expect(await world.show(waiting.id)).toMatchObject({ status: "completed", statusReason: null });
  }

  /** By the id of what was changed, what shows it. */
  async function readAll(
    ids: readonly string[],
    shows: (id: string) => string,
  ): Promise<Map<string, LiveResource>> {
    const cloud = await world.cloud();
    const found = await Promise.all(ids.map((id) => cloud.resource(shows(id), AbortSignal.timeout(20_000))));
    return new Map(ids.flatMap((id, index) => (found[index] ? [[id, found[index]]] : [])));
  }
});

function expectRestored(
  { lost }: Undone,
  id: string,
  before: LiveResource | undefined,
  after: LiveResource | undefined,
  effects: readonly string[] | undefined,
): void {
  const differing = differences(flat(before), flat(after));
  const said = (effects ?? []).join("\n");
  const unsaid = differing.filter(
    (name) => !lost.some(({ property, said: words }) => property === name && words.test(said)),
  );
  expect(unsaid, `${id} lost what its plan did not say:\n${said}`).toEqual([]);
}

/** All of a resource by name; its version alone may always differ. Nothing of one that is not there. */
function flat(live: LiveResource | undefined): Record<string, unknown> {
  if (!live) return {};
  const { properties, etag: _etag, ...rest } = live;
  return { ...rest, ...properties };
}

function differences(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  return Object.keys({ ...before, ...after }).filter(
    (name) => JSON.stringify(sorted(before[name])) !== JSON.stringify(sorted(after[name])),
  );
}

/** Keys in one order: Azure names tags and properties in any. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

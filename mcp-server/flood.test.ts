import { openAccess } from "@cloudoptima/db/access.ts";
import { withTenant } from "@cloudoptima/db/client.ts";
import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { ProposalResult } from "@cloudoptima/tools/remediation/propose-all.ts";
import {
  type GateWorld,
  openGateWorld,
  scannedEstate,
} from "@cloudoptima/tools/remediation/testing/gate-world.ts";
import { serveGateWorld } from "@cloudoptima/tools/testing/serve-gate-world.ts";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectStdio } from "./testing/connect-stdio.ts";
import { serviceOfGateWorld } from "./testing/gate-service.ts";
import { makeKey } from "./testing/keys.ts";
import { call, type ServedMcp, serveMcp } from "./testing/serve-mcp.ts";

const perHour = 30;

describeOneEngine("server", { name: "a flood of proposals", prepared: scannedEstate() }, (engine) => {
  let world: GateWorld;
  let served: ServedMcp;
  /** One of each subscription, in which a proposal is a plan of its own. */
  let oneOfEach: string[];

  beforeAll(async () => {
    world = await openGateWorld(engine.database());
    await world.settings({ proposalsPerHour: perHour });
    served = await serveMcp(serviceOfGateWorld(engine.database(), world));
    const disks = world.tenant.generated.tenant.resources.filter(
      ({ type }) => type.toLowerCase() === "microsoft.compute/disks",
    );
    const bySubscription = Map.groupBy(disks, ({ id }) => id.split("/")[2]!.toLowerCase());
    oneOfEach = [...bySubscription.values()].map(([first]) => first!.id);
    expect(oneOfEach.length).toBeGreaterThan(1);
  });
  afterAll(async () => {
    await served?.close();
    await world?.close();
  });

  /** Assistants of these people, several for each, each with a key and a connection of its own. */
  async function assistantsOf(people: readonly Actor[], each: number): Promise<Client[]> {
    const owners = people.flatMap((person) => Array<Actor>(each).fill(person));
    const keys = await Promise.all(owners.map((owner) => makeKey(world, owner)));
    return Promise.all(keys.map(async ({ key }) => (await served.connect(key)).client));
  }
  const tag = (client: Client, value: string, resources: string[]) =>
    call(client, "propose_change", {
      change: "add_tags",
      resources,
      tags: [{ name: "Squad", value }],
    });
  const proposalsOf = ({ structuredContent }: CallToolResult) =>
    (structuredContent as unknown as ProposalResult | undefined)?.proposals ?? [];
  const codeOf = ({ _meta }: CallToolResult) => _meta?.["cloudoptima/error"];

  /** What is stored of these people's proposals: each whole, or not there. */
  async function stored(people: readonly Actor[]) {
    const ids = people.map(({ userId }) => userId);
    return withTenant(
      engine.database(),
      world.tenant.actor.organizationId,
      { access: "read" },
      async (transaction) => {
        const proposals = await transaction
          .selectFrom("remediation_actions")
          .select(["id", "status", "plan", "proposed_by"])
          .where("proposed_by", "in", ids)
          .execute();
        const items = await transaction.selectFrom("remediation_items").select("action_id").execute();
        const audit = await transaction
          .selectFrom("audit_log")
          .select(["outcome"])
          .where("user_id", "in", ids)
          .where("action", "=", "propose_change")
          .execute();
        for (const { id, plan, status } of proposals) {
          expect(status).toBe("proposed");
          expect(items.filter(({ action_id }) => action_id === id)).toHaveLength(
            JSON.parse(plan).items.length,
          );
        }
        const audited = (outcome: string) => audit.filter((row) => row.outcome === outcome).length;
        return {
          ids: proposals.map(({ id }) => id).sort(),
          done: audited("done"),
          failed: audited("failed"),
        };
      },
    );
  }

  it("of one change is one proposal, whoever sends it however often at the same moment", async () => {
    const people = await Promise.all([1, 2, 3].map(() => world.person("member")));
    const assistants = await assistantsOf(people, 2);
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, index) => tag(assistants[index % 6]!, "same", [oneOfEach[0]!])),
    );
    const proposals = answers.flatMap(proposalsOf);
    expect(answers.map(codeOf)).toEqual(Array(120).fill(undefined));
    expect(new Set(proposals.map(({ id }) => id)).size).toBe(1);
    expect(proposals.filter(({ merged }) => !merged)).toHaveLength(1);
    expect(await stored(people)).toEqual({ ids: [proposals[0]!.id], done: 120, failed: 0 });
  });

  it("of different changes ends at what a person may propose in an hour, by however many keys, and others go on", async () => {
    const [hasty, other, reader] = await Promise.all(
      ["member" as const, "member" as const, "viewer" as const].map((role) => world.person(role)),
    );
    const assistants = await assistantsOf([hasty!], 3);
    const [others] = await assistantsOf([other!], 1);
    const [reads] = await assistantsOf([reader!], 1);
    let left = 200;
    const flood = Promise.all(
      Array.from({ length: left }, async (_, index) => {
        const answer = await tag(assistants[index % 3]!, `value ${index}`, [oneOfEach[0]!]);
        left--;
        return answer;
      }),
    );
    const read = await call(reads!, "list_proposals");
    const leftAtRead = left;
    const proposed = await tag(others!, "another person's", [oneOfEach[0]!]);
    const leftAtProposal = left;
    const answers = await flood;

    expect({ read: codeOf(read), proposed: proposalsOf(proposed).length }).toEqual({ proposed: 1 });
    // Whoever comes during the flood does not wait for its end.
    expect(leftAtRead).toBeGreaterThan(0);
    expect(leftAtProposal).toBeGreaterThan(0);
    const taken = answers.filter((answer) => codeOf(answer) === undefined);
    expect(taken).toHaveLength(perHour);
    expect(new Set(answers.map(codeOf))).toEqual(new Set([undefined, "rate_limited"]));
    const ids = taken.flatMap(proposalsOf).map(({ id }) => id);
    expect(await stored([hasty!])).toEqual({ ids: ids.sort(), done: perHour, failed: 200 - perHour });
    // What waits already is still told to whoever asks for it again.
    const again = await tag(assistants[0]!, `value ${answers.indexOf(taken[0]!)}`, [oneOfEach[0]!]);
    expect(proposalsOf(again)).toMatchObject([{ id: proposalsOf(taken[0]!)[0]!.id, merged: true }]);
  });

  it("beyond that is refused before the cloud is asked, which has a quota of its own", async () => {
    const person = await world.person("member");
    const assistants = await assistantsOf([person], 2);
    await world.settings({ proposalsPerHour: 1 });
    expect(proposalsOf(await tag(assistants[0]!, "the only one", [oneOfEach[0]!]))).toHaveLength(1);
    const requests = world.tenant.sandbox().stats().requestCount;
    const vms = world.tenant.generated.tenant.resources.filter(({ type }) =>
      /\/virtualMachines$/i.test(type),
    );
    const refused = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        tag(assistants[index % 2]!, `late ${index}`, [vms[index % vms.length]!.id]),
      ),
    );
    expect(new Set(refused.map(codeOf))).toEqual(new Set(["rate_limited"]));
    expect(world.tenant.sandbox().stats().requestCount).toBe(requests);
    await world.settings({ proposalsPerHour: perHour });
  });

  it("of changes over several subscriptions proposes each of them or none, and names all that it proposed", async () => {
    const person = await world.person("member");
    const assistants = await assistantsOf([person], 2);
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => tag(assistants[index % 2]!, `over ${index}`, oneOfEach)),
    );
    const taken = answers.filter((answer) => codeOf(answer) === undefined);
    const sizes = new Set(taken.map((answer) => proposalsOf(answer).length));
    expect(sizes).toEqual(new Set([oneOfEach.length]));
    const ids = taken.flatMap(proposalsOf).map(({ id }) => id);
    expect(ids.length).toBeLessThanOrEqual(perHour);
    expect(ids.length).toBeGreaterThan(perHour - oneOfEach.length);
    expect(await stored([person])).toEqual({
      ids: ids.sort(),
      done: taken.length,
      failed: 40 - taken.length,
    });
  });

  it("on stdio ends there too, with a key and without one, and each call is answered", async () => {
    const gate = await serveGateWorld(engine.database(), world);
    const person = await world.person("member");
    const { key } = await makeKey(world, person);
    const { organizationName } = world.tenant.actor;
    const assistants = [
      await connectStdio(gate.dataDir, { CLOUDOPTIMA_API_KEY: key }),
      await connectStdio(gate.dataDir, { CLOUDOPTIMA_ORGANIZATION: organizationName }),
    ];
    try {
      const floods = await Promise.all(
        assistants.map((assistant, index) =>
          Promise.all(
            // Each change is sent twice.
            Array.from({ length: 80 }, (_, call) =>
              tag(assistant, `stdio ${index} ${call % 40}`, [oneOfEach[0]!]),
            ),
          ),
        ),
      );
      for (const answers of floods) {
        expect(new Set(answers.map(codeOf))).toEqual(new Set([undefined, "rate_limited"]));
        const proposals = answers.flatMap(proposalsOf);
        expect(proposals.filter(({ merged }) => !merged)).toHaveLength(perHour);
        expect(new Set(proposals.map(({ id }) => id)).size).toBe(perHour);
      }
      const own = floods[0]!.flatMap(proposalsOf);
      const ids = [...new Set(own.map(({ id }) => id))].sort();
      expect(await stored([person])).toEqual({ ids, done: own.length, failed: 80 - own.length });
    } finally {
      await Promise.all(assistants.map((assistant) => assistant.close()));
      await gate.close();
    }
  });

  it("ends at what a key may ask in a minute, to the request, however many come at once", async () => {
    const { id, key } = await makeKey(world, await world.person("member"));
    const most = 25;
    await openAccess(engine.database())
      .updateTable("api_keys")
      .set({ rate_limit_max: most })
      .where("id", "=", id)
      .execute();
    const list = { jsonrpc: "2.0", id: 1, method: "tools/list" };
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => served.send(list, { headers: { Authorization: `Bearer ${key}` } })),
    );
    const statuses = Map.groupBy(answers, ({ status }) => status);
    expect({ taken: statuses.get(200)?.length, refused: statuses.get(429)?.length }).toEqual({
      taken: most,
      refused: 100 - most,
    });
    for (const refused of statuses.get(429)!) {
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await refused.json()).error.message).toMatch(/^This API key is used too often\. Wait \d+ s\.$/);
    }
  });
});

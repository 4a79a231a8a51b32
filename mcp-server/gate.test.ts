import { describeOneEngine } from "@cloudoptima/db/testing/engines.ts";
import { registry } from "@cloudoptima/tools/registry.gen.ts";
import type { ProposalResult } from "@cloudoptima/tools/remediation/propose-all.ts";
import {
  type GateWorld,
  openGateWorld,
  scannedEstate,
  type Waiting,
} from "@cloudoptima/tools/remediation/testing/gate-world.ts";
import { readPersonOnlyState } from "@cloudoptima/tools/remediation/testing/person-only-state.ts";
import { type ServedGateWorld, serveGateWorld } from "@cloudoptima/tools/testing/serve-gate-world.ts";
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { connectStdio } from "./testing/connect-stdio.ts";
import { forgedNames } from "./testing/forged-names.ts";
import { makeKey, revokeKey } from "./testing/keys.ts";
import { call, textOf } from "./testing/serve-mcp.ts";

const address = "http://127.0.0.1:4321";

// Keys and the gate run on both engines in tools/access and tools/remediation: this is what stdio lets through.
describeOneEngine(
  "server",
  { name: "an assistant on stdio before the gate", prepared: scannedEstate() },
  (engine) => {
    let world: GateWorld;
    let served: ServedGateWorld;
    let idleVms: string[];
    const clients: Client[] = [];

    beforeAll(async () => {
      world = await openGateWorld(engine.database());
      served = await serveGateWorld(engine.database(), world, { address });
      idleVms = world.tenant.truth.waste
        .filter(({ type }) => type === "idle_vm")
        .map(({ resourceId }) => resourceId);
    });
    afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));
    afterAll(async () => {
      await served?.close();
      await world?.close();
    });

    async function connect(more: Record<string, string>): Promise<Client> {
      const client = await connectStdio(served.dataDir, more);
      clients.push(client);
      return client;
    }
    const withKey = (key: string) => connect({ CLOUDOPTIMA_API_KEY: key });
    const withoutKey = () => connect({ CLOUDOPTIMA_ORGANIZATION: world.tenant.actor.organizationName });

    const proposalOf = (result: CallToolResult) =>
      (result.structuredContent as unknown as ProposalResult).proposals[0]!;

    it("proposes as the key's person, and says where a person approves", async () => {
      const member = await world.person("member");
      const client = await withKey((await makeKey(world, member)).key);
      const writes = world.writeCount();
      const result = await call(client, "propose_change", { change: "stop_vm", resources: [idleVms[0]] });
      const { id } = proposalOf(result);
      expect(textOf(result)).toContain(
        `Nothing changes until a person approves it here:\n${address}/approvals/${id}`,
      );
      expect(textOf(result)).toMatch(/^Stop 1 virtual machine\n {2}proposal /);
      const shown = await world.show(id);
      expect(shown).toMatchObject({
        status: "proposed",
        proposedBy: { id: member.userId, name: member.name },
        proposedThrough: "mcp",
      });
      const asked = await call(client, "get_proposal", { id });
      expect(asked.structuredContent).toMatchObject({ mayDecide: false });
      expect(world.writeCount()).toBe(writes);
    });

    it("without a key sees what a viewer sees and may propose; nobody can then say they proposed it themselves", async () => {
      const client = await withoutKey();
      const { id } = proposalOf(
        await call(client, "propose_change", { change: "stop_vm", resources: [idleVms[1]] }),
      );
      const { proposedBy } = await world.show(id);
      const admin = await world.person("admin");
      expect(proposedBy.id).not.toBe(admin.userId);
      expect(proposedBy.name).toBe("an assistant or former member");
    });

    it("has the key's role and no more: a viewer's key proposes nothing", async () => {
      const client = await withKey((await makeKey(world, await world.person("admin"), "viewer")).key);
      expect((await call(client, "list_proposals")).isError).toBeFalsy();
      const refused = await call(client, "propose_change", { change: "stop_vm", resources: [idleVms[2]] });
      expect(refused._meta).toEqual({ "cloudoptima/error": "forbidden" });
      expect(textOf(refused)).toContain("remediation:propose");
    });

    it("stops at a wrong key, and at once when a key is revoked, and says why", async () => {
      const sentence = /^The API key in CLOUDOPTIMA_API_KEY does not count \(any more\)\. .*Account page/;
      const wrong = await call(await withKey(`co_${"x".repeat(43)}`), "list_proposals");
      expect(textOf(wrong)).toMatch(sentence);
      expect(textOf(await call(await withKey("nonsense"), "list_proposals"))).toMatch(sentence);

      const admin = await world.person("admin");
      const { id, key } = await makeKey(world, admin);
      const client = await withKey(key);
      expect((await call(client, "list_proposals")).isError).toBeFalsy();
      await revokeKey(world, admin, id);
      const revoked = await call(client, "list_proposals");
      expect(textOf(revoked)).toMatch(sentence);
      expect(revoked._meta).toEqual({ "cloudoptima/error": "unauthenticated" });
    });

    it("refuses a key together with another organization's name", async () => {
      const { key } = await makeKey(world, await world.person("member"));
      const client = await connect({ CLOUDOPTIMA_API_KEY: key, CLOUDOPTIMA_ORGANIZATION: "Fabrikam" });
      const refused = await call(client, "list_proposals");
      expect(textOf(refused)).toMatch(/^This API key is of Estate gate.*, not of "Fabrikam"\./);
    });

    it("decides, executes, undoes, stops and changes nothing, by whatever name, with or without an admin's key", async () => {
      const waiting: Waiting = await world.propose(await world.person("member"), "stop_vm", [idleVms[3]!]);
      const { key } = await makeKey(world, await world.person("admin"));
      const assistants = [await withKey(key), await withoutKey()];
      const before = await readPersonOnlyState(world);
      expect(before.tables.users).toContain("@contoso.example");
      expect(before.tables.api_keys).toContain("Assistant");
      const input = {
        id: waiting.id,
        proposalId: waiting.id,
        planHash: waiting.planHash,
        decision: "approve",
        stopped: true,
        selfApproval: true,
      };
      const names = [...forgedNames, ...registry.operations.map(({ name }) => name)];
      for (const client of assistants) {
        for (const name of names) {
          for (const attempt of [input, { id: waiting.id }, {}]) {
            const result = await call(client, name, attempt).catch((error: Error) => error);
            expect({ name, refused: result instanceof Error || result.isError }).toEqual({
              name,
              refused: true,
            });
          }
        }
        // The tools that it has, with fields that would decide if anything listened to them.
        for (const { name } of registry.tools) {
          await call(client, name, { ...input, resources: [idleVms[3]], approve: true });
          await call(client, name, { id: waiting.id });
        }
      }
      await world.worker().runDue();
      expect(await readPersonOnlyState(world)).toEqual(before);
    });
  },
);

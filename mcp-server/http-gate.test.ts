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
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { forgedNames } from "./testing/forged-names.ts";
import { serviceOfGateWorld, webAddress } from "./testing/gate-service.ts";
import { makeKey, revokeKey } from "./testing/keys.ts";
import { call, type ServedMcp, serveMcp, textOf } from "./testing/serve-mcp.ts";

// Keys and the gate run on both engines in tools/access and tools/remediation: this is what HTTP lets through.
describeOneEngine(
  "embedded",
  { name: "an assistant on HTTP before the gate", prepared: scannedEstate() },
  (engine) => {
    let world: GateWorld;
    let served: ServedMcp;
    let idleVms: string[];

    beforeAll(async () => {
      world = await openGateWorld(engine.database());
      served = await serveMcp(serviceOfGateWorld(engine.database(), world));
      idleVms = world.tenant.truth.waste
        .filter(({ type }) => type === "idle_vm")
        .map(({ resourceId }) => resourceId);
    });
    afterAll(async () => {
      await served?.close();
      await world?.close();
    });

    const proposalOf = (result: CallToolResult) =>
      (result.structuredContent as unknown as ProposalResult).proposals[0]!;

    it("answers with structured content that fits the schema, and short text beside it", async () => {
      const { client, faults } = await served.connect(
        (await makeKey(world, await world.person("viewer"))).key,
      );
      // The client checks structured content against the schemas that it has seen.
      await client.listTools();
      const result = await call(client, "get_cost_breakdown", { period: { words: "last month" }, top: 3 });
      expect(result.isError).toBeFalsy();
      expect(result.structuredContent).toMatchObject({ total: [{ currency: "USD" }], rows: { length: 3 } });
      expect(textOf(result)).toContain(
        (result.structuredContent as { rows: { label: string }[] }).rows[0]!.label,
      );
      expect(faults).toEqual([]);
    });

    it("proposes as the key's person, says where a person approves, and nothing is approved or written", async () => {
      const member = await world.person("member");
      const { client } = await served.connect((await makeKey(world, member)).key);
      const writes = world.writeCount();
      const result = await call(client, "propose_change", { change: "stop_vm", resources: [idleVms[0]] });
      const { id } = proposalOf(result);
      expect(textOf(result)).toContain(
        `Nothing changes until a person approves it here:\n${webAddress}/approvals/${id}`,
      );
      await world.worker().runDue();
      expect(await world.show(id)).toMatchObject({
        status: "proposed",
        proposedBy: { id: member.userId, name: member.name },
        proposedThrough: "mcp",
      });
      const asked = await call(client, "get_proposal", { id });
      expect(asked.structuredContent).toMatchObject({ mayDecide: false });
      expect(world.writeCount()).toBe(writes);
    });

    it("has the key's role and no more: a viewer's key proposes nothing, an auditor's reads no costs", async () => {
      const admin = await world.person("admin");
      const viewer = (await served.connect((await makeKey(world, admin, "viewer")).key)).client;
      expect((await call(viewer, "list_proposals")).isError).toBeFalsy();
      const change = { change: "stop_vm", resources: [idleVms[2]] };
      const refused = await call(viewer, "propose_change", change);
      expect(refused._meta).toEqual({ "cloudoptima/error": "forbidden" });
      expect(textOf(refused)).toContain("remediation:propose");
      const auditor = (await served.connect((await makeKey(world, admin, "auditor")).key)).client;
      expect((await call(auditor, "get_cost_breakdown"))._meta).toEqual({ "cloudoptima/error": "forbidden" });
    });

    it("ends at the next request after its key was revoked, whatever it had open", async () => {
      const admin = await world.person("admin");
      const { id, key } = await makeKey(world, admin);
      const { client } = await served.connect(key);
      expect((await call(client, "list_proposals")).isError).toBeFalsy();
      await revokeKey(world, admin, id);
      await expect(call(client, "list_proposals")).rejects.toMatchObject({
        code: 401,
        message: expect.stringMatching(/does not count \(any more\)\. .*Account page/),
      });
      await expect(served.connect(key)).rejects.toMatchObject({ code: 401 });
    });

    it("decides, executes, undoes, stops and changes nothing, by whatever name, with an admin's key", async () => {
      const waiting: Waiting = await world.propose(await world.person("member"), "stop_vm", [idleVms[3]!]);
      const { client } = await served.connect((await makeKey(world, await world.person("admin"))).key);
      const before = await readPersonOnlyState(world);
      expect(before.tables.api_keys).toContain("Assistant");
      const input = {
        id: waiting.id,
        proposalId: waiting.id,
        planHash: waiting.planHash,
        decision: "approve",
        stopped: true,
        selfApproval: true,
      };
      const methods = ["tools/call", "tools/invoke", "prompts/get", "resources/read", "completion/complete"];
      for (const name of [...forgedNames, ...registry.operations.map(({ name }) => name)]) {
        const result = await call(client, name, input).catch((error: Error) => error);
        expect({ name, refused: result instanceof Error || result.isError }).toEqual({ name, refused: true });
      }
      for (const method of methods.slice(1)) {
        const name = "decide_proposal";
        await expect(
          client.request({ method, params: { name, uri: name, arguments: input } } as never, {} as never),
        ).rejects.toThrow("Method not found");
      }
      // The tools that it has, with fields that would decide if anything listened to them.
      for (const { name } of registry.tools) {
        await call(client, name, { ...input, resources: [idleVms[3]], approve: true });
        await call(client, name, { id: waiting.id });
      }
      await world.worker().runDue();
      expect(await readPersonOnlyState(world)).toEqual(before);
    });
  },
);

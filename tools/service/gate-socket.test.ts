import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { putDatabase } from "@cloudoptima/db/testing/put-database.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import type { AppError } from "../kernel/errors.ts";
import { openProduct, type Product } from "../product.ts";
import { registry } from "../registry.gen.ts";
import {
  type GateWorld,
  openGateWorld,
  scannedEstate,
  type Waiting,
} from "../remediation/testing/gate-world.ts";
import { readPersonOnlyState } from "../remediation/testing/person-only-state.ts";
import { type ServedGateWorld, serveGateWorld } from "../testing/serve-gate-world.ts";
import { callOwner } from "./call-owner.ts";
import { readOwnerRecord } from "./owner-record.ts";
import type { Caller } from "./protocol.ts";

describeEachEngine({ name: "a script on the private socket", prepared: scannedEstate() }, (engine) => {
  let world: GateWorld;
  let served: ServedGateWorld;
  let waiting: Waiting;
  let callers: Record<"local" | "mcp" | "api_key", Caller>;
  beforeAll(async () => {
    world = await openGateWorld(engine.database());
    served = await serveGateWorld(engine.database(), world);
    const admin = await world.person("admin");
    const organizationName = admin.organizationName;
    const made = await world.tenant.tools.invoke({
      actor: admin,
      name: "create_api_key",
      input: { name: "Script" },
      source: "web",
    });
    callers = {
      local: { via: "local", organizationName },
      mcp: { via: "mcp", organizationName },
      api_key: { via: "api_key", key: made.output.key as string },
    };
    const idle = world.tenant.truth.waste.find(({ type }) => type === "idle_vm")!.resourceId;
    waiting = await world.propose(await world.person("member"), "stop_vm", [idle]);
  });
  afterAll(async () => {
    await served?.close();
    await world?.close();
  });

  /** What the owner answered over the real socket. */
  async function ask(name: string, body: object): Promise<{ result?: unknown; refused?: string }> {
    try {
      return { result: await callOwner({ socketPath: served.socketPath, name: name as "ping", body }) };
    } catch (error) {
      return { refused: (error as AppError).code };
    }
  }
  const refusalsOf = (action: string) =>
    world.tenant.tools.context(world.tenant.actor).read(async (transaction) => {
      const rows = await transaction
        .selectFrom("audit_log")
        .select("id")
        .where("action", "=", action)
        .where("outcome", "=", "refused")
        .execute();
      return rows.length;
    });

  it("is refused whatever only a person may do, each time audited, as the operator, an assistant or a key", async () => {
    const before = await readPersonOnlyState(world);
    const operations = registry.operations.filter((operation) => operation.personOnly);
    expect(operations.map(({ name }) => name)).toContain("set_stop_switch");
    for (const [via, caller] of Object.entries(callers)) {
      for (const { name } of operations) {
        const earlier = await refusalsOf(name);
        const input = { id: waiting.id, stopped: true };
        const answer = await ask("invoke", { caller, name, input, source: "terminal" });
        expect({ via, name, ...answer }).toEqual({ via, name, refused: "forbidden" });
        expect(await refusalsOf(name)).toBe(earlier + 1);
      }
    }
    await world.worker().runDue();
    expect(await readPersonOnlyState(world)).toEqual(before);
  });

  it("cannot say that it is a browser, a chat or the product itself, nor reach a decision by a name", async () => {
    const before = await readPersonOnlyState(world);
    const decision = { proposalId: waiting.id, planHash: waiting.planHash, decision: "approve" };
    for (const via of ["session", "slack", "teams", "token", "system"]) {
      const caller = { ...callers.local, via };
      const input = { stopped: true };
      expect(await ask("invoke", { caller, name: "set_stop_switch", input, source: "web" })).toEqual({
        refused: "invalid_input",
      });
    }
    for (const name of ["decide", "decideProposal", "lookAgain", "owner", "constructor", "../decide"]) {
      expect(await ask(name, { caller: callers.local, ...decision })).toEqual({ refused: "not_found" });
    }
    for (const name of ["approve_proposal", "decide", "decideProposal"]) {
      const answer = await ask("invoke", {
        caller: callers.local,
        name,
        input: decision,
        source: "terminal",
      });
      expect(answer).toEqual({ refused: "not_found" });
    }
    await world.worker().runDue();
    expect(await readPersonOnlyState(world)).toEqual(before);
  });

  it("cannot make the owner hold whatever it sends", async () => {
    const input = { text: "x".repeat(2 ** 21) };
    const request = { caller: callers.local, name: "search_resources", input, source: "terminal" };
    expect(await ask("invoke", request)).toEqual({ refused: "invalid_input" });
  });

  it("cannot say whose name it acts in: the owner looks that up, for a key each time", async () => {
    const list = { name: "get_data_freshness", input: {}, source: "slack" };
    const member = await world.person("member");
    for (const claim of [
      { caller: { ...callers.local, userId: member.userId } },
      { caller: { ...callers.mcp, role: "admin" } },
      { actor: { ...member, via: "local" } },
      { caller: { via: "api_key", organizationName: member.organizationName } },
    ]) {
      expect(await ask("invoke", { ...list, ...claim })).toEqual({ refused: "invalid_input" });
    }
    const forged = { via: "api_key", key: "co_0000000000000000000000000000000000000000" };
    expect(await ask("invoke", { ...list, caller: forged })).toEqual({ refused: "unauthenticated" });
    expect(await ask("invoke", { ...list, caller: callers.api_key })).toHaveProperty("result");
  });
});

describe("a decision over the private socket", () => {
  const email = "admin@contoso.example";
  const password = "a long password";
  let dataDir: string;
  let product: Product;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "co-person-"));
    await putDatabase(dataDir);
    product = await openProduct({
      env: { CLOUDOPTIMA_DATA_DIR: dataDir, CLOUDOPTIMA_DEMO: "0" },
      needOwner: true,
      logLevel: "error",
    });
    await product.owner().people.joining.setUp({ name: "Ada", email, password });
  });
  afterAll(async () => {
    await product?.service.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it("counts with the password alone, and each refusal is in the audit log", async () => {
    const { socketPath } = (await readOwnerRecord(dataDir))!;
    const decide = {
      kind: "decide",
      proposalId: crypto.randomUUID(),
      planHash: "0".repeat(64),
      decision: "approve",
    };
    const ask = (given: object) =>
      callOwner({
        socketPath,
        name: "asPerson",
        body: { email, source: "terminal", call: decide, ...given },
      });
    await expect(ask({ password: "a wrong one" })).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(ask({})).rejects.toMatchObject({ code: "invalid_input" });
    // The right password opens the door; what is not there cannot be decided on.
    await expect(ask({ password })).rejects.toMatchObject({ code: "not_found" });
    const actor: Actor = { ...(await product.service.localActor("local")), via: "session" };
    const { output } = await product.service.invoke({
      actor,
      name: "list_audit",
      input: { outcome: "refused" },
      source: "web",
    });
    const { rows } = output as { rows: { action: string; source: string }[] };
    expect(rows.map(({ action, source }) => `${action} ${source}`).toSorted()).toEqual([
      "approve_proposal terminal",
      "sign_in terminal",
    ]);
  });
});

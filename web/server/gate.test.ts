import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { createPeople, type People } from "@cloudoptima/tools/access/people.ts";
import { createLog } from "@cloudoptima/tools/log.ts";
import type { OwnerFeatures } from "@cloudoptima/tools/product.ts";
import { registry } from "@cloudoptima/tools/registry.gen.ts";
import { lookAgain } from "@cloudoptima/tools/remediation/look-again.ts";
import {
  type GateWorld,
  openGateWorld,
  scannedEstate,
  type Waiting,
} from "@cloudoptima/tools/remediation/testing/gate-world.ts";
import { readPersonOnlyState } from "@cloudoptima/tools/remediation/testing/person-only-state.ts";
import { createTestService } from "@cloudoptima/tools/testing/test-service.ts";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiEnvironment, createApi } from "./api.ts";
import { openApiDocument } from "./open-api.ts";
import { routesOf } from "./routes-of.ts";

const password = "a long password";

describeEachEngine({ name: "a program before the gate", prepared: scannedEstate() }, (engine) => {
  let world: GateWorld;
  let server: Server;
  let waiting: Waiting;
  let completed: string;
  let browser: Record<string, string>;
  const programs: Record<string, Record<string, string>> = {};

  beforeAll(async () => {
    world = await openGateWorld(engine.database());
    const { tools, actor: somebody } = world.tenant;
    const audit = tools.audit.record;
    const people: People = createPeople({
      database: engine.database(),
      settings: { dataDir: "", demo: true, sessionKey: "k".repeat(32), registrationOpen: false },
      audit,
      log: createLog({ level: "error" }),
      secure: false,
      demoSignIn: async () => false,
    });
    const features: OwnerFeatures = {
      people,
      decide: (by, door, decision) =>
        world.decide(by, { ...decision, id: decision.proposalId }, decision, door),
      lookAgain: (by, id, source) =>
        lookAgain({ database: engine.database(), audit, realNow: () => new Date() }, by, id, source),
    };
    const api = createApi({
      service: createTestService(tools, { actor: somebody, now: "2026-10-14T09:30:00Z" }),
      owner: () => features,
      demoSignIn: async () => false,
      setupLink: null,
      log: {
        error(details: Record<string, unknown>) {
          throw new Error("A request failed on our side.", { cause: details.err });
        },
      },
    } as unknown as ApiEnvironment);
    server = createServer(getRequestListener(api.fetch, { overrideGlobalObjects: false }));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

    const admin = await world.person("admin");
    const email = `${admin.userId}@contoso.example`;
    const session = await people.sessions.open(
      admin.userId,
      { demo: false, action: "sign_in" },
      { address: "192.0.2.7", userAgent: "Test", source: "web" },
    );
    browser = { Cookie: session.setCookies.map((cookie) => cookie.split(";")[0]).join("; ") };
    expect((await send(browser, "PUT", "/account/password", { next: password })).status).toBe(200);
    const made = await send(browser, "POST", "/v1/api-keys", { name: "Script" });
    const tokens = await send({}, "POST", "/v1/auth/login", { email, password });
    programs["an API key"] = { "X-API-Key": made.body.key };
    programs["an access token"] = { Authorization: `Bearer ${tokens.body.accessToken}` };

    const idle = world.tenant.truth.waste.filter(({ type }) => type === "idle_vm");
    const member = await world.person("member");
    const done = await world.propose(member, "stop_vm", [idle[0]!.resourceId]);
    await world.decide(admin, done);
    await world.worker().runDue();
    completed = done.id;
    expect((await world.show(completed)).status).toBe("completed");
    waiting = await world.propose(member, "stop_vm", [idle[1]!.resourceId]);
  });
  afterAll(async () => {
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    await world?.close();
  });

  async function send(who: Record<string, string>, method: string, path: string, body?: unknown) {
    const { port } = server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/api${path}`, {
      method,
      headers: { "Content-Type": "application/json", ...who },
      ...(method === "GET" || method === "DELETE" ? {} : { body: JSON.stringify(body ?? {}) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: an answer of any route
    return { status: response.status, body: (await response.json()) as any };
  }

  /** What the audit log says was refused, newest last. */
  async function refusals() {
    return world.tenant.tools
      .context(world.tenant.actor)
      .read(async (transaction) =>
        transaction
          .selectFrom("audit_log")
          .select(["action", "source"])
          .where("outcome", "=", "refused")
          .orderBy("sequence")
          .execute(),
      );
  }

  /** Every route that only a person may use, with an input that would work for one. */
  function attempts(): { action: string; method: string; path: string; body: object }[] {
    const decision = `/remediation/actions/${waiting.id}/decision`;
    const { planHash } = waiting;
    const byHand = [
      { action: "approve_proposal", method: "POST", path: decision, body: { planHash, decision: "approve" } },
      { action: "reject_proposal", method: "POST", path: decision, body: { planHash, decision: "reject" } },
      {
        action: "look_again",
        method: "POST",
        path: `/remediation/actions/${completed}/look-again`,
        body: {},
      },
    ];
    const inputs: Record<string, object> = {
      rollback_proposal: { id: completed },
      set_stop_switch: { stopped: true, reason: "because" },
      update_remediation_settings: { selfApproval: true, membersApproveUpTo: "medium" },
    };
    const personOnly = registry.operations.filter((operation) => operation.personOnly);
    const named = personOnly.flatMap((operation) =>
      routesOf(operation).map(({ method, path }) => ({
        action: operation.name,
        method,
        path: path.replaceAll(/\{\w+\}/g, waiting.id),
        body: inputs[operation.name] ?? {},
      })),
    );
    return [...byHand, ...named];
  }

  it("is refused, each time audited with its reason, whatever only a person may do; nothing changes", async () => {
    const before = await readPersonOnlyState(world);
    const tried = attempts();
    expect(tried.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["rollback_proposal", "set_stop_switch", "change_role", "create_api_key"]),
    );
    for (const [name, credentials] of Object.entries(programs)) {
      for (const { action, method, path, body } of tried) {
        const earlier = (await refusals()).length;
        const answer = await send(credentials, method, `/v1${path}`, body);
        expect({ name, action, status: answer.status, code: answer.body.error?.code }).toEqual({
          name,
          action,
          status: 403,
          code: "forbidden",
        });
        const audited = (await refusals()).slice(earlier);
        expect(audited.map((row) => row.action)).toEqual([action]);
      }
    }
    await world.worker().runDue();
    expect(await readPersonOnlyState(world)).toEqual(before);
  });

  it("cannot execute what nobody approved, nor use the browser's own routes", async () => {
    const before = await readPersonOnlyState(world);
    for (const credentials of Object.values(programs)) {
      const executed = await send(credentials, "POST", "/v1/remediation/execute", { id: waiting.id });
      expect(executed.status).toBe(403);
      const called = await send(credentials, "POST", "/trpc/set_stop_switch", { stopped: true });
      expect(called.status).toBe(401);
      expect((await send(credentials, "PUT", "/account/password", { next: "another one" })).status).toBe(401);
    }
    await world.worker().runDue();
    expect(await readPersonOnlyState(world)).toEqual(before);
  });

  it("lets the same person do the same in a browser", async () => {
    const path = `/v1/remediation/actions/${waiting.id}/decision`;
    const decided = await send(browser, "POST", path, { planHash: waiting.planHash, decision: "approve" });
    expect(decided).toMatchObject({ status: 200, body: { status: "approved" } });
  });

  it("says in the OpenAPI document which routes take a browser's session alone", () => {
    const { paths } = openApiDocument([...registry.tools, ...registry.operations]) as {
      paths: Record<string, Record<string, { security?: object[] }>>;
    };
    for (const { method, path } of attempts()) {
      // A path of fixed words goes before one with a parameter, as it does when it is served.
      const described = Object.entries(paths)
        .toSorted(([a], [b]) => Number(a.includes("{")) - Number(b.includes("{")))
        .find(([template]) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path));
      expect({ path, security: described?.[1][method.toLowerCase()]?.security }).toEqual({
        path,
        security: [{ session: [] }],
      });
    }
  });
});

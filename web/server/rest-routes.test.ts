import { randomUUID } from "node:crypto";
import { createAskQuestion } from "@cloudoptima/agent/ask-question.operation.ts";
import { selectModel } from "@cloudoptima/agent/models/select-model.ts";
import { requestLink } from "@cloudoptima/db/queries/chat-links.ts";
import { addPeople } from "@cloudoptima/db/queries/organizations.ts";
import { insertProposal } from "@cloudoptima/db/queries/proposals.ts";
import { beginScan } from "@cloudoptima/db/queries/scans.ts";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { addPlainResource } from "@cloudoptima/tools/discovery/testing/plain-resource.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { AnyDefinition } from "@cloudoptima/tools/kernel/define-tool.ts";
import { definitions } from "@cloudoptima/tools/registry.gen.ts";
import { freezePlan } from "@cloudoptima/tools/remediation/frozen-plan.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { createTestService } from "@cloudoptima/tools/testing/test-service.ts";
import { createTestTools, type TestTools } from "@cloudoptima/tools/testing/test-tools.ts";
import { Validator } from "@seriousme/openapi-schema-validator";
import { beforeAll, expect, test } from "vitest";
import { handWrittenRoutes } from "./hand-written-routes.ts";
import { routesOf } from "./routes-of.ts";
import { openRoutes, type RoutesUnderTest } from "./testing/routes-under-test.ts";

const now = "2026-10-05T09:30:00Z";

/** A cloud connection whose secret no answer may hold. */
const principal = {
  name: "Production",
  tenantId: "contoso.example",
  clientId: "11111111-2222-4333-8444-555555555555",
  clientSecret: "the-client-secret-that-nobody-reads",
};

const policyYaml = "policy: { name: Owners, severity: low, condition: { required_tags: [Owner] } }";

/** What a route needs beside the id, so that the id alone decides. */
const bodies: Record<string, object> = {
  set_cost_source: { kind: "query" },
  rename_conversation: { title: "Taken over" },
  update_recommendation: { status: "in_progress" },
  change_report_schedule: { paused: true },
  change_role: { role: "viewer" },
  update_allocation_rule: { name: "Rest", match: { namePattern: "y*" }, split: "proportional" },
};

describeEachEngine("REST", (engine) => {
  let tools: TestTools;
  let service: ToolService;
  let routes: RoutesUnderTest;
  let mine: Actor;
  let stranger: Actor;
  /** An id of mine for each kind of thing, by the part of the path before it. */
  let ids: Record<string, string>;

  beforeAll(async () => {
    const askQuestion = createAskQuestion({ service: () => service, model: selectModel({}) });
    const all: AnyDefinition[] = [...definitions, askQuestion];
    tools = createTestTools({ database: engine.database(), now, definitions: all });
    const organization = await tools.createOrganization("Contoso");
    mine = tools.actor(organization);
    stranger = tools.actor(await tools.createOrganization("Fabrikam"));
    service = createTestService(tools, { actor: mine, now, operations: [askQuestion] });
    routes = openRoutes(service);
    ids = await makeOneOfEach();
  });

  const get = async (actor: Actor | null, path: string) => routes.send(actor, "GET", `/api/v1${path}`);
  const make = async (path: string, body: object) => {
    const response = await routes.send(mine, "POST", `/api/v1${path}`, body);
    expect({ path, status: response.status }).toEqual({ path, status: 200 });
    return response.json();
  };

  async function makeOneOfEach(): Promise<Record<string, string>> {
    const { organizationId, userId } = mine;
    const ctx = tools.context(mine);
    const colleague = randomUUID();
    const chatLink = randomUUID();
    await ctx.write(async (transaction) => {
      const person = { organization_id: organizationId, name: "A person", role: "admin" as const };
      await addPeople(transaction, [
        { ...person, id: userId, email: "admin@contoso.example" },
        { ...person, id: colleague, email: "second@contoso.example" },
      ]);
      const account = { platform: "slack" as const, teamId: "T1", chatUserId: "U1", chatName: "ann" };
      await requestLink(transaction, {
        ...account,
        id: chatLink,
        organizationId,
        userId,
        demo: false,
        minutes: 10,
      });
    });
    const resource = await addPlainResource(tools, { id: organizationId, name: "Contoso" }, new Date(now));
    const scan = randomUUID();
    const cloud = await make("/connections", principal);
    await ctx.write((transaction) =>
      beginScan(transaction, {
        id: scan,
        organizationId,
        connectionId: cloud.id,
        kind: "full",
        at: new Date(now),
      }),
    );
    const quiet = { type: "spot_instance", reason: "Not now" };
    const rule = { name: "Rest", match: { namePattern: "x*" }, split: "proportional" };
    const conversation = (await make("/conversations", { title: "Mine" })).id;
    const pin = { title: "Costs", toolName: "get_cost_breakdown", toolInput: {} };
    return {
      "/conversations": conversation,
      "/ai/conversations": (await make("/conversations", { title: "Mine too" })).id,
      "/pins": (await make("/pins", pin)).id,
      "/resources": resource.id,
      "/recommendations": resource.recommendationId,
      "/remediation/actions": await propose(resource.id),
      "/api-keys": (await make("/api-keys", { name: "CI" })).apiKey.id,
      "/people": colleague,
      "/people/invitations": await invite(),
      "/chat-links": chatLink,
      "/connections": cloud.id,
      "/discovery/scans": scan,
      "/analysis/status": (await make("/analysis/scan", {})).analysisId,
      "/recommendations/suppressions": (await make("/recommendations/suppressions", quiet)).suppression.id,
      "/policies": (await make("/policies", { policyYaml })).id,
      "/reports": (await make("/reports/generate", { reportType: "compliance" })).reportId,
      "/reports/schedules": (await make("/reports/schedules", { every: "week" })).id,
      "/knowledge": (await make("/knowledge", { title: "Runbook", text: "How we do it." })).id,
      "/costs/allocation-rules": (await make("/costs/allocation-rules", rule)).id,
    };
  }

  async function invite(): Promise<string> {
    await make("/people/invitations", { email: "new@contoso.example", role: "viewer" });
    return (await (await get(mine, "/people")).json()).invitations[0].id;
  }

  async function propose(resourceId: string): Promise<string> {
    const id = randomUUID();
    const expiresAt = new Date(Date.now() + 3_600_000);
    const plan = {
      organizationId: mine.organizationId,
      connectionId: randomUUID(),
      subscriptionId: "sub-1",
      action: "stop_vm",
      version: 1,
      direction: "apply" as const,
      headline: "Stop 1 virtual machine",
      items: [
        {
          resourceId,
          resourceName: "vm-secret-name",
          parameters: {},
          driftFields: { powerState: "running" },
          evidence: [],
          effects: [],
          undo: "Start it again.",
          monthlySavings: null,
          createdMonthlyCost: null,
        },
      ],
      monthlySavings: [],
      createdMonthlyCost: [],
      risk: "low" as const,
      reversible: true,
      proposedBy: mine.userId,
      requiredApprovers: 1,
      selfApproval: false,
      expiresAt: expiresAt.toISOString(),
      undoOf: null,
    };
    const { bytes, hash, subjectHash } = freezePlan(plan, {});
    await tools.context(mine).write((transaction) =>
      insertProposal(transaction, {
        id,
        organizationId: mine.organizationId,
        recommendationIds: [],
        actionType: plan.action,
        plan: bytes,
        planHash: hash,
        subjectHash,
        riskLevel: plan.risk,
        reversible: plan.reversible,
        requiredApprovers: plan.requiredApprovers,
        selfApproval: plan.selfApproval,
        proposedBy: mine.userId,
        proposedThrough: "web",
        undoOf: null,
        expiresAt,
        resourceIds: [resourceId],
        createdAt: new Date(),
      }),
    );
    return id;
  }

  /** Every route of the registry that names one thing by its id, in the path or in the body. */
  function routesWithAnId() {
    const order = ["GET", "PUT", "POST", "DELETE"];
    return [...service.registry.tools, ...service.registry.operations]
      .filter((definition) => "id" in definition.input.shape)
      .flatMap((definition) => routesOf(definition).map((route) => ({ name: definition.name, ...route })))
      .map(({ name, method, path }) => {
        const inPath = path.includes("{id}");
        const kind = inPath ? path.slice(0, path.indexOf("/{id}")) : "/remediation/actions";
        const id = ids[kind];
        if (!id) throw new Error(`This test knows no id for ${method} ${path}: make one in makeOneOfEach.`);
        return {
          name,
          method,
          address: `/api/v1${path.replace("{id}", encodeURIComponent(id))}`,
          body: { ...bodies[name], ...(inPath ? {} : { id }) },
        };
      })
      .toSorted((a, b) => order.indexOf(a.method) - order.indexOf(b.method));
  }

  const call = (actor: Actor, { method, address, body }: ReturnType<typeof routesWithAnId>[number]) =>
    routes.send(actor, method, address, method === "GET" || method === "DELETE" ? undefined : body);

  test("tells another organization nothing of mine: 404 on every route that takes an id", async () => {
    const walked = routesWithAnId();
    expect(walked.length).toBeGreaterThanOrEqual(20);
    for (const route of walked) {
      const response = await call(stranger, route);
      const text = await response.text();
      expect({ ...route, status: response.status, text }).toMatchObject({
        status: 404,
        text: expect.stringContaining('"code":"not_found"'),
      });
      const { message, details } = JSON.parse(text).error;
      expect(JSON.stringify([message, details])).not.toMatch(/Contoso|vm-|Mine|secret/);
    }
    // The same ids are there for their own people, so the 404s above are no accident.
    for (const route of walked) {
      const { status } = await call(mine, route);
      expect({ route, status }).not.toEqual({ route, status: 404 });
    }
  });

  test("never gives back the secret of a connection, whichever way it is asked for", async () => {
    const { id } = await make("/connections", { ...principal, name: "Second" });
    const one = `/api/v1/connections/${id}`;
    const asked: [string, string, object?][] = [
      ["GET", "/api/v1/connections"],
      ["GET", one],
      ["PUT", one, { ...principal, name: "Third" }],
      ["PUT", one, { ...principal, tenantId: "?" }],
      ["POST", "/api/v1/connections", { ...principal, name: "Second", extra: 1 }],
      ["POST", `${one}/test`, {}],
      ["DELETE", one],
    ];
    const answers: Response[] = [];
    for (const [method, path, body] of asked) answers.push(await routes.send(mine, method, path, body));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 400, 400, 200, 200]);
    for (const answer of answers) expect(await answer.text()).not.toContain(principal.clientSecret);
  });

  test("takes no body at all where nothing must be said, and no text that does not say it is JSON", async () => {
    const { id } = await make("/connections", { ...principal, name: "Bodiless" });
    const test = `/api/v1/connections/${id}/test`;
    const plain = { "Content-Type": "text/plain" };
    const json = { "Content-Type": "application/json" };
    expect((await routes.send(mine, "POST", test)).status).toBe(200);
    expect((await routes.send(mine, "POST", test, undefined, json)).status).toBe(200);
    expect((await routes.send(mine, "POST", test, undefined, plain)).status).toBe(400);
    expect((await routes.send(mine, "POST", test, "{}", plain)).status).toBe(400);
    for (const scan of ["/api/v1/discovery/scan", "/api/v1/analysis/scan"]) {
      const answer = await (await routes.send(mine, "POST", scan)).json();
      expect(answer.error?.code).not.toBe("invalid_input");
    }
    expect((await routes.send(mine, "POST", "/api/v1/connections")).status).toBe(400);
    const { paths } = await (await get(mine, "/openapi.json")).json();
    expect(paths["/connections/{id}/test"].post.requestBody.required).toBe(false);
    expect(paths["/connections"].post.requestBody.required).toBe(true);
  });

  test("sends a report as the file itself, to be saved and never shown", async () => {
    const { reportId } = await make("/reports/generate", { reportType: "compliance" });
    const address = `/reports/${reportId}`;
    const download = (query = "") => get(mine, `${address}/download${query}`);
    await expect
      .poll(async () => (await (await get(mine, address)).json()).status, { timeout: 30_000 })
      .toBe("ready");
    for (const [query, type, begins] of [
      ["", "application/pdf", "%PDF-1."],
      ["?format=html", "text/html; charset=utf-8", "<!docty"],
      ["?format=json", "application/json", '{\n  "ve'],
    ] as const) {
      const file = await download(query);
      expect({ status: file.status, type: file.headers.get("content-type") }).toEqual({ status: 200, type });
      expect(file.headers.get("content-disposition")).toMatch(
        /^attachment; filename="compliance-2026-09-01-to-2026-09-30-[0-9a-f]{8}\.(pdf|html|json)"$/,
      );
      expect((await file.text()).slice(0, 7)).toBe(begins);
    }
    expect((await download("?format=docx")).status).toBe(400);
    const { paths } = await (await get(mine, "/openapi.json")).json();
    expect(paths["/reports/{id}/download"].get.responses[200].content).toEqual({ "*/*": {} });
  });

  test("tells in a report the figure that the chat answers with", async () => {
    const question = "What did we spend in September 2026?";
    const told = await (
      await routes.send(mine, "POST", "/api/v1/ai/query", { question, conversationId: null })
    ).json();
    const period = { words: "September 2026" };
    const { reportId } = await make("/reports/generate", { reportType: "cost_analysis", period });
    const report = async () => (await get(mine, `/reports/${reportId}`)).json();
    await expect.poll(async () => (await report()).status, { timeout: 30_000 }).toBe("ready");
    const [answer] = (await report()).content.sections[0].answers;
    const [{ value, unit }] = answer.figures;
    expect({ value, unit }).toEqual({ value: told.figures[0].value, unit: told.figures[0].unit });
    expect(answer.output.total).toEqual(told.toolCalls[0].output.total);
    expect(answer.output.rows).toEqual(told.toolCalls[0].output.rows);
  });

  test("finds a resource by its id, and the search beside it", async () => {
    const found = await get(mine, `/resources/${encodeURIComponent(ids["/resources"]!)}`);
    expect(await found.json()).toMatchObject({ id: ids["/resources"], knownFrom: "inventory" });
    const searched = await get(mine, "/resources/search?type=VM");
    expect(await searched.json()).toMatchObject({ totalCount: 1, rows: [{ id: ids["/resources"] }] });
    expect(await (await get(stranger, "/resources")).json()).toMatchObject({ totalCount: 0 });
    const both = ["/recommendations", "/analysis/recommendations"].map((path) => get(mine, path));
    for (const response of await Promise.all(both)) expect(response.status).toBe(200);
  });

  test("answers a question in one request, keeps it, and goes on in a conversation of one's own alone", async () => {
    const ask = (actor: Actor, body: object) => routes.send(actor, "POST", "/api/v1/ai/query", body);
    const first = await (await ask(mine, { question: "What did we spend last month?" })).json();
    expect(first).toMatchObject({ model: "built-in analyst", conversationId: expect.any(String) });
    expect(first.figures[0]).toMatchObject({ value: "75", unit: "USD" });
    expect(first.toolCalls[0].output.total).toEqual([{ value: "75", currency: "USD" }]);
    expect(first.views.length).toBeGreaterThan(0);
    const { conversationId } = first;
    const next = await (await ask(mine, { question: "and by region?", conversationId })).json();
    expect(next.toolCalls[0].input).toMatchObject({ groupBy: "region" });
    const kept = await (await get(mine, `/ai/conversations/${conversationId}`)).json();
    expect(kept.messages).toHaveLength(4);

    const listed = async () => (await (await get(mine, "/ai/conversations")).json()).conversations.length;
    const before = await listed();
    const single = await ask(mine, { question: "how much?", conversationId: null });
    expect((await single.json()).conversationId).toBeNull();
    expect((await ask(stranger, { question: "and by region?", conversationId })).status).toBe(404);
    expect((await ask({ ...mine, role: "auditor" }, { question: "how much?" })).status).toBe(403);
    expect((await ask(mine, { question: " " })).status).toBe(400);
    expect(await listed()).toBe(before);
  });

  test("is documented whole, as a validator of its own reads OpenAPI 3.1", async () => {
    const document = await (await get(null, "/openapi.json")).json();
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    const described = Object.entries(
      document.paths as Record<string, Record<string, { operationId: string }>>,
    ).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({
        route: `${method.toUpperCase()} ${path}`,
        operationId,
      })),
    );
    const named = [...service.registry.tools, ...service.registry.operations].flatMap(routesOf);
    expect(described.map(({ route }) => route).sort()).toEqual(
      [...named, ...handWrittenRoutes].map(({ method, path }) => `${method} ${path}`).sort(),
    );
    expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(described.length);
    const broken = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)]
      .map(([, reference]) => reference!)
      .filter((reference) => {
        const steps = reference.slice(2).split("/");
        const found = steps.reduce<unknown>(
          (node, step) => (node as Record<string, unknown> | undefined)?.[step],
          document,
        );
        return !reference.startsWith("#/components/") || found === undefined;
      });
    expect(broken).toEqual([]);
  });
});

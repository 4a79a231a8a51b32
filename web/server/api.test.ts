import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putDatabase } from "@cloudoptima/db/testing/put-database.ts";
import { openProduct } from "@cloudoptima/tools/product.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ActiveAnswers } from "./active-answers.ts";
import { type ApiEnvironment, createApi } from "./api.ts";
import { createSetupLink } from "./setup-link.ts";
import type { SessionVariables } from "./with-session.ts";

const folder = mkdtempSync(join(tmpdir(), "cloudoptima-api-"));
let service: ToolService;
let api: Hono<SessionVariables>;
let environment: ApiEnvironment;
let cookie: string;

beforeAll(async () => {
  const env = { ...process.env, CLOUDOPTIMA_DATA_DIR: folder, CLOUDOPTIMA_DEMO: "0", DATABASE_URL: "" };
  await putDatabase(folder);
  const product = await openProduct({ env, needOwner: true });
  service = product.service;
  environment = {
    service,
    owner: product.owner,
    answers: new ActiveAnswers(),
    openAnswer: ({ message }) =>
      new ReadableStream({
        start(controller) {
          controller.enqueue({ type: "start" });
          controller.enqueue({ type: "text-start", id: "1" });
          controller.enqueue({ type: "text-delta", id: "1", delta: `You asked: ${message}` });
          controller.enqueue({ type: "text-end", id: "1" });
          controller.enqueue({ type: "finish" });
          controller.close();
        },
      }),
    modelLabel: "test model",
    demoSignIn: async () => false,
    setupLink: createSetupLink(),
    loading: { current: () => [], problem: () => null },
    log: { error: () => undefined },
  };
  api = createApi(environment);
  const admin = { name: "Ada", email: "ada@contoso.example", password: "a long password" };
  const response = await send("POST", "/session/setup", { ...admin, token: environment.setupLink!.token });
  cookie = response.headers.get("set-cookie")!.split(";")[0]!;
});

afterAll(async () => {
  await service?.close();
  rmSync(folder, { recursive: true, force: true });
});

const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  api.request(`/api${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const ask = (method: string, path: string, body?: unknown) => send(method, path, body, { Cookie: cookie });

describe("who may come in", () => {
  test("nobody reads anything without a session", async () => {
    for (const path of ["/state", "/v1/conversations", "/v1/pins", "/chat/x/stream"]) {
      const response = await send("GET", path);
      expect(response.status, path).toBe(401);
    }
    expect((await send("GET", "/v1/health")).status).toBe(200);
  });

  test("the demo's routes are absent without a demo", async () => {
    expect((await send("POST", "/session/demo", {})).status).toBe(404);
    expect((await ask("POST", "/session/organization", { organizationId: "x" })).status).toBe(404);
  });

  test("the set-up link made the first admin", async () => {
    const session = await (await ask("GET", "/session")).json();
    expect(session).toMatchObject({ person: { role: "admin" }, organizations: [], model: "test model" });
  });

  test("a body that is not declared as JSON is refused, as a foreign form would send it", async () => {
    const response = await api.request("/api/v1/conversations", {
      method: "POST",
      headers: { Cookie: cookie, "Content-Type": "text/plain" },
      body: JSON.stringify({ title: "x" }),
    });
    expect(response.status).toBe(400);
  });
});

describe("errors", () => {
  test("have one shape, with a request id and a hint", async () => {
    const response = await ask("GET", `/v1/conversations/${randomUUID()}`);
    expect(response.status).toBe(404);
    const { error } = await response.json();
    expect(error).toMatchObject({
      code: "not_found",
      path: expect.stringContaining("/api/v1/conversations/"),
    });
    expect(error.details.requestId).toBe(response.headers.get("x-request-id"));
    expect(error.details.hint).toBeTruthy();
    expect(new Date(error.timestamp).getTime()).toBeGreaterThan(0);
  });

  test("keep a caller's request id that is well-formed, and replace one that is not", async () => {
    const idOf = async (given: string) =>
      (await send("GET", "/v1/pins", undefined, { "X-Request-Id": given })).headers.get("x-request-id");
    expect(await idOf("build-42_a")).toBe("build-42_a");
    for (const given of ["a b", "<script>", "x".repeat(129)])
      expect(await idOf(given)).toMatch(/^[\w-]{36}$/);
    expect((await ask("GET", "/state")).headers.get("x-request-id")).toBeTruthy();
  });

  test("bad input is 400 and says which field", async () => {
    const response = await ask("POST", "/chat", { conversationId: "not-an-id", message: "hi" });
    expect(response.status).toBe(400);
    expect((await response.json()).error.message).toContain("conversationId");
    expect((await ask("POST", "/chat", { message: "   " })).status).toBe(400);
  });

  test("a body that is nested deeper than anything we take is 400 at every door", async () => {
    const body = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    for (const path of ["/api/chat", "/api/v1/knowledge", "/api/trpc/add_knowledge"]) {
      const headers = { Cookie: cookie, "Content-Type": "application/json" };
      const response = await api.request(path, { method: "POST", headers, body });
      expect({ path, status: response.status }).toEqual({ path, status: 400 });
      expect((await response.json()).error.message).toBe("The body is nested too deep.");
    }
  });

  // Over a real connection: the sender is still sending when it is told.
  test("a body over the limit is 413, in the same shape, whether its size is said before or not", async () => {
    const server = createServer(getRequestListener(api.fetch, { overrideGlobalObjects: false }));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/chat`;
      const large = JSON.stringify({ message: "x".repeat(4 * 1024 * 1024) });
      const bodies = {
        said: large,
        streamed: new Blob([large]).stream(),
        barely: `"${"x".repeat(262_143)}"`,
      };
      for (const [name, body] of Object.entries(bodies)) {
        const response = await fetch(address, {
          method: "POST",
          headers: { Cookie: cookie, "Content-Type": "application/json" },
          body,
          ...{ duplex: "half" }, // which a stream needs, and the browser's types do not know
        });
        expect({ name, status: response.status }).toEqual({ name, status: 413 });
        const { error } = await response.json();
        expect(error).toEqual({
          code: "invalid_input",
          message: "The body is larger than 256 KiB.",
          details: {
            largestBodyBytes: 262_144,
            hint: expect.any(String),
            requestId: response.headers.get("x-request-id"),
          },
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          path: "/api/chat",
        });
      }
      const largest = await fetch(address, {
        method: "POST",
        headers: { Cookie: cookie, "Content-Type": "application/json" },
        body: `"${"x".repeat(262_142)}"`,
      });
      expect(largest.status).toBe(400);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

describe("conversations", () => {
  test("are made, listed, renamed and deleted", async () => {
    const { id } = await (await ask("POST", "/v1/conversations", { title: "First" })).json();
    await ask("PUT", `/v1/conversations/${id}`, { title: "Renamed" });
    const { conversations } = await (await ask("GET", "/v1/conversations")).json();
    expect(conversations).toMatchObject([{ id, title: "Renamed" }]);
    expect(await (await ask("GET", `/v1/conversations/${id}`)).json()).toMatchObject({ messages: [] });
    expect((await ask("DELETE", `/v1/conversations/${id}`)).status).toBe(200);
    expect((await ask("GET", `/v1/conversations/${id}`)).status).toBe(404);
  });

  test("an answer is streamed", async () => {
    const { id } = await (await ask("POST", "/v1/conversations", { title: "Chat" })).json();
    const response = await ask("POST", "/chat", { conversationId: id, message: "how much?" });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(await response.text()).toContain("You asked: how much?");
    expect((await ask("GET", `/chat/${id}/stream`)).status).toBe(204);
    expect(await (await ask("POST", `/chat/${id}/stop`, {})).json()).toEqual({ stopped: false });
  });
});

describe("REST", () => {
  test("serves what the registry names, and its document", async () => {
    const document = await (await ask("GET", "/v1/openapi.json")).json();
    expect(document.openapi).toBe("3.1.0");
    expect(document.paths["/conversations/{id}"].get.parameters[0]).toMatchObject({ name: "id", in: "path" });
    expect((await ask("GET", "/v1/conversations?limit=5")).status).toBe(200);
  });

  test("reads numbers from the query by the schema, and refuses what is none", async () => {
    const response = await ask("GET", "/v1/conversations?limit=many");
    expect(response.status).toBe(400);
    expect((await response.json()).error).toMatchObject({ code: "invalid_input" });
  });

  test("refuses a misspelt or repeated query parameter and names the known ones", async () => {
    for (const [query, name] of [
      ["perid.words=last%20month", "perid.words"],
      ["period[words]=last%20month", "period[words]"],
      ["groupBy=region&groupBy=service", "groupBy"],
    ]) {
      const response = await ask("GET", `/v1/costs/breakdown?${query}`);
      expect(response.status, query).toBe(400);
      const { error } = await response.json();
      expect(error).toMatchObject({ code: "invalid_input", message: expect.stringContaining(`"${name}"`) });
      expect(error.details.hint).toContain("period, costKind, filters, groupBy");
    }
    expect((await ask("POST", "/v1/conversations?title=x", { title: "y" })).status).toBe(400);
    expect((await ask("POST", "/v1/conversations", { title: "y", titel: "z" })).status).toBe(400);
  });
});

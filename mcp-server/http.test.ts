import { once } from "node:events";
import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { registry } from "@cloudoptima/tools/registry.gen.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import type { Progress } from "@modelcontextprotocol/sdk/types.js";
import { afterEach, describe, expect, it } from "vitest";
import { call, type ServedMcp, serveMcp, textOf } from "./testing/serve-mcp.ts";

const actor: Actor = {
  userId: "6f1c1d8e-1111-4111-8111-111111111111",
  name: "Ada",
  organizationId: "6f1c1d8e-2222-4222-8222-222222222222",
  organizationName: "Contoso",
  role: "member",
  via: "api_key",
};
const key = "co_right";
const bearer = { Authorization: `Bearer ${key}` };
const initialize = {
  jsonrpc: "2.0",
  id: 0,
  method: "initialize",
  params: {
    protocolVersion: "2025-06-18",
    capabilities: {},
    clientInfo: { name: "test", version: "1" },
  },
};
const list = { jsonrpc: "2.0", id: 1, method: "tools/list" };
const read = (id: number, more: object = {}) => ({
  jsonrpc: "2.0",
  id,
  method: "tools/call",
  params: { name: "get_cost_breakdown", arguments: {}, ...more },
});

let served: ServedMcp | undefined;
afterEach(() => served?.close());

/** The door alone, before a service that does what the test says. */
async function serve(service: Partial<ToolService> = {}): Promise<ServedMcp> {
  served = await serveMcp({
    keyActor: async (given) => (given === key ? actor : null),
    address: async () => "http://127.0.0.1:4321",
    dataReady: async () => {},
    invoke: async () => {
      throw new AppError("no_data", "There is no cost data yet.");
    },
    ...service,
  } as ToolService);
  return served;
}

/** A read that goes on until it is stopped, and what became of each. */
function endlessReads() {
  const signals: AbortSignal[] = [];
  const dataReady: ToolService["dataReady"] = async (onProgress, signal) => {
    signals.push(signal!);
    for (let done = 1; !signal!.aborted; done++) {
      onProgress?.({ message: `Reading part ${done}`, done, total: 1_000_000 });
      await delay(20);
    }
    signal!.throwIfAborted();
  };
  const stopped = async (index: number) => {
    await expect.poll(() => signals.length).toBeGreaterThan(index);
    if (!signals[index]!.aborted) await once(signals[index]!, "abort");
  };
  return { signals, dataReady, stopped };
}

describe("MCP over HTTP", () => {
  it("offers the same tools as stdio, and no operation", async () => {
    const { client, faults } = await (await serve()).connect(key);
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name).sort()).toEqual(registry.tools.map(({ name }) => name).sort());
    expect(textOf(await call(client, "create_conversation"))).toContain("create_conversation");
    await client.ping();
    expect(faults).toEqual([]);
  });

  it("answers without a key, with a wrong one, or with a browser's cookie by 401 and what to do", async () => {
    const { send, url } = await serve();
    const wrong: Record<string, string>[] = [
      {},
      { Authorization: "Bearer co_wrong" },
      { Authorization: "Bearer" },
      { Authorization: `Basic ${key}` },
      { Authorization: key },
      { Authorization: `Bearer ${key} ${key}` },
      { Cookie: "cloudoptima_session=anything" },
      { "X-API-Key": key },
    ];
    for (const headers of wrong) {
      const answer = await send(list, { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const { error, id, jsonrpc } = await answer.json();
      expect({ id, jsonrpc, code: error.data.code }).toEqual({
        id: null,
        jsonrpc: "2.0",
        code: "unauthenticated",
      });
      expect(error.message).toContain("Account page");
      expect(error.message).toContain('"Authorization: Bearer co_...".');
    }
    expect((await send(list, { headers: { Authorization: `bearer ${key}` } })).status).toBe(200);
    expect(url).toMatch(/\/mcp$/);
  });

  it("says how long to wait when a key is used too often, and that the database is away", async () => {
    const failures = [
      new AppError("rate_limited", "This API key is used too often.", { details: { retryAfterSeconds: 30 } }),
      new AppError("unavailable", "The database does not answer right now."),
      new Error("secret inside"),
    ];
    const { send, logged } = await serve({
      keyActor: async () => {
        throw failures.shift()!;
      },
    });
    const limited = await send(list, { headers: bearer });
    expect({ status: limited.status, wait: limited.headers.get("retry-after") }).toEqual({
      status: 429,
      wait: "30",
    });
    expect((await send(list, { headers: bearer })).status).toBe(503);
    const broken = await send(list, { headers: bearer });
    expect(broken.status).toBe(500);
    expect(await broken.text()).not.toContain("secret inside");
    expect(logged).toHaveLength(1);
  });

  it("refuses what is no message of the protocol, each with its status and a sentence", async () => {
    const { send } = await serve();
    const deep = `${"[".repeat(100)}${"]".repeat(100)}`;
    const cases: [number, RegExp, unknown, Record<string, string>?, string?][] = [
      [405, /Only POST/, undefined, {}, "GET"],
      [405, /Only POST/, undefined, {}, "DELETE"],
      [405, /Only POST/, list, {}, "PUT"],
      [415, /Content-Type: application\/json/, list, { "Content-Type": "text/plain" }],
      [415, /Content-Type: application\/json/, list, { "Content-Type": "application/json-patch+json" }],
      [400, /not valid JSON/, "{"],
      [400, /not valid JSON/, ""],
      [400, /JSON-RPC/, "3"],
      [400, /JSON-RPC/, "null"],
      [400, /JSON-RPC/, { ...list, jsonrpc: "1.0" }],
      [400, /JSON-RPC/, { jsonrpc: "2.0", id: { a: 1 }, method: "tools/list" }],
      [400, /each by itself/, [list, { ...list, id: 2 }]],
      [400, /each by itself/, []],
      [400, /nested too deep/, `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${deep}}}`],
      [404, /initialize/, list, { "Mcp-Session-Id": "of another server" }],
      [406, /text\/event-stream/, list, { Accept: "application/json" }],
      [400, /supported versions: .*2025-06-18/, list, { "MCP-Protocol-Version": "1999-01-01" }],
      [413, /larger than 256 KiB/, { ...list, params: { a: "x".repeat(300_000) } }],
    ];
    for (const [status, sentence, body, headers = {}, method = "POST"] of cases) {
      const answer = await send(body, { method, headers: { ...bearer, ...headers } });
      const { error, id } = await answer.json();
      expect({ status: answer.status, id, message: error.message }).toEqual({
        status,
        id: null,
        message: expect.stringMatching(sentence),
      });
    }
    // Half of a body may still be on its way: the next request must not be read from it.
    expect((await send(list, { headers: bearer })).status).toBe(200);
  });

  it("stops taking a body that never says how large it is, and keeps nothing of one that breaks off", async () => {
    const { url, logged, send } = await serve();
    const open = () => {
      const sending = request(url, {
        method: "POST",
        headers: { "Content-Type": "application/json", ...bearer },
      });
      sending.on("error", () => {});
      return sending;
    };
    const endless = open();
    const answered = once(endless, "response");
    for (let sent = 0; sent < 20; sent++) endless.write("x".repeat(20_000));
    const [answer] = await answered;
    expect(answer.statusCode).toBe(413);
    expect(answer.headers.connection).toBe("close");
    endless.destroy();

    const broken = open();
    broken.write('{"jsonrpc":');
    await delay(50);
    broken.destroy();
    expect((await send(list, { headers: bearer })).status).toBe(200);
    expect(logged).toEqual([]);
  });

  it("answers an unknown method, unknown arguments and a notification as the protocol says", async () => {
    const { send, connect } = await serve();
    const unknown = await send({ ...list, method: "resources/list" }, { headers: bearer });
    expect(unknown.status).toBe(200);
    expect(await unknown.text()).toContain('"code":-32601');
    const told = await send(
      { jsonrpc: "2.0", method: "notifications/initialized" },
      { headers: { ...bearer } },
    );
    expect(told.status).toBe(202);
    const { client } = await connect(key);
    const misspelt = await call(client, "get_cost_breakdown", { group_by: "region" });
    expect(misspelt.isError).toBe(true);
    expect(textOf(misspelt)).toContain("group_by");
  });

  it("needs no session: any replica answers any request, with or without the id that another one gave", async () => {
    const first = await serve();
    const given = await first.send(initialize, { headers: bearer });
    const session = given.headers.get("mcp-session-id")!;
    expect(session).toMatch(/^[0-9a-f-]{36}$/);
    await given.text();
    await first.close();
    const second = await serve();
    for (const headers of [{ ...bearer, "Mcp-Session-Id": session }, bearer]) {
      const answer = await second.send(list, { headers });
      expect({ status: answer.status, text: await answer.text() }).toEqual({
        status: 200,
        text: expect.stringContaining('"get_cost_breakdown"'),
      });
    }
  });

  it("tells how far a read is, and stops it when the client cancels", async () => {
    const { dataReady, signals, stopped } = endlessReads();
    const { client, faults } = await (await serve({ dataReady })).connect(key);
    const seen: Progress[] = [];
    const cancelling = new AbortController();
    const asked = client.callTool({ name: "get_cost_breakdown", arguments: {} }, undefined, {
      signal: cancelling.signal,
      onprogress(progress) {
        seen.push(progress);
        if (seen.length === 3) cancelling.abort("seen enough");
      },
    });
    await expect(asked).rejects.toThrow("seen enough");
    expect(seen.every(({ message }) => /^Reading part \d+$/.test(message!))).toBe(true);
    expect(seen.map(({ progress }) => progress)).toEqual(
      seen.map(({ progress }) => progress).toSorted((a, b) => a - b),
    );
    await stopped(0);
    expect(signals).toHaveLength(1);
    await client.ping();
    expect(faults).toEqual([]);
  });

  it("stops a read whose client goes away, and no other", async () => {
    const { dataReady, signals, stopped } = endlessReads();
    const { connect, logged } = await serve({ dataReady });
    const [leaving, staying] = [await connect(key), await connect(key)];
    const left = call(leaving.client, "get_cost_breakdown").catch((error: Error) => error);
    await expect.poll(() => signals.length).toBe(1);
    const stayed = call(staying.client, "get_cost_breakdown").catch((error: Error) => error);
    await expect.poll(() => signals.length).toBe(2);
    await leaving.client.close();
    await stopped(0);
    expect(await left).toBeInstanceOf(Error);
    expect(signals[1]!.aborted).toBe(false);
    await staying.client.close();
    await stopped(1);
    await stayed;
    expect(logged).toEqual([]);
  });

  it("stops by a notice only what the same person asked in the same session", async () => {
    const { dataReady, signals, stopped } = endlessReads();
    const other = { ...actor, userId: "6f1c1d8e-3333-4333-8333-333333333333" };
    const { send } = await serve({
      dataReady,
      keyActor: async (given) => (given === key ? actor : given === "co_other" ? other : null),
    });
    const sessions = ["1", "2"].map((digit) => `0000000${digit}-0000-4000-8000-000000000000`);
    const asking = sessions.map((session) =>
      send(read(7), { headers: { ...bearer, "Mcp-Session-Id": session } }),
    );
    await expect.poll(() => signals.length).toBe(2);
    const notice = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 7 } };
    const cancel = async (headers: Record<string, string>, id: unknown = 7) =>
      expect((await send({ ...notice, params: { requestId: id } }, { headers })).status).toBe(202);
    await cancel({ Authorization: "Bearer co_other", "Mcp-Session-Id": sessions[0]! });
    await cancel({ ...bearer });
    await cancel({ ...bearer, "Mcp-Session-Id": sessions[0]! }, "7");
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    await cancel({ ...bearer, "Mcp-Session-Id": sessions[0]! });
    await Promise.race([stopped(0), stopped(1)]);
    expect(signals.filter(({ aborted }) => aborted)).toHaveLength(1);
    await cancel({ ...bearer, "Mcp-Session-Id": sessions[1]! });
    await Promise.all([stopped(0), stopped(1)]);
    // Whoever cancelled gets an end, and no answer.
    for (const answer of await Promise.all(asking)) expect(await answer.text()).not.toContain('"id":7');
  });

  it("ends what it is answering when the server closes", async () => {
    const { dataReady, signals, stopped } = endlessReads();
    const { connect, close } = await serve({ dataReady });
    const { client } = await connect(key);
    const asked = call(client, "get_cost_breakdown").catch((error: Error) => error);
    await expect.poll(() => signals.length).toBe(1);
    await close();
    await stopped(0);
    expect(await asked).toBeInstanceOf(Error);
  });

  it("logs what fails on our side, and tells the assistant no more than that", async () => {
    const { connect, logged } = await serve({
      invoke: async () => {
        throw new Error("secret inside");
      },
    });
    const { client } = await connect(key);
    const failed = await call(client, "get_cost_breakdown");
    expect(failed._meta).toEqual({ "cloudoptima/error": "internal" });
    expect(JSON.stringify(failed)).not.toContain("secret inside");
    expect(logged).toMatchObject([{ tool: "get_cost_breakdown", err: { message: "secret inside" } }]);
  });
});

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createEventHub } from "@cloudoptima/tools/events.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { Role } from "@cloudoptima/tools/kernel/permissions.ts";
import type { UpdateEvent } from "@cloudoptima/tools/kernel/update-event.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createUpdateSockets, type UpdateSockets } from "./socket.ts";
import type { SocketLimits } from "./socket-client.ts";

const contoso = randomUUID();
const fabrikam = randomUUID();
const updated: UpdateEvent = { type: "remediation_updated", data: { id: randomUUID(), status: "approved" } };
const found: UpdateEvent = {
  type: "recommendation_created",
  data: { connectionName: "Azure", count: 50, ids: Array.from({ length: 50 }, () => randomUUID()) },
};

const hub = createEventHub({ log: { warn: () => undefined } });
let people: Map<string, Actor>;
let refuseTokens: boolean;
let server: Server;
let sockets: UpdateSockets;

beforeEach(() => start({}));
afterEach(stop);

async function start(limits: Partial<SocketLimits>): Promise<void> {
  people = new Map();
  refuseTokens = false;
  sockets = createUpdateSockets({
    async identify({ authorization }) {
      if (refuseTokens) throw new AppError("unauthenticated", "This token ran out.");
      return people.get(authorization?.replace("Bearer ", "") ?? "") ?? null;
    },
    subscribe: hub.subscribe,
    log: { error: () => undefined },
    limits: { trustMs: 0, ...limits },
  });
  server = createServer();
  server.on("upgrade", sockets.upgrade);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
}

async function stop(): Promise<void> {
  await sockets.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

function addPerson(role: Role, organizationId = contoso): string {
  const token = randomUUID();
  people.set(token, {
    userId: randomUUID(),
    name: "A person",
    organizationId,
    organizationName: "Contoso",
    role,
    via: "session",
  });
  return token;
}

function connect(token: string, path = "/ws/v1/updates", options = {}): WebSocket {
  const { port } = server.address() as AddressInfo;
  const headers = { Authorization: `Bearer ${token}` };
  return new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers, ...options });
}

async function listen(token: string): Promise<{ socket: WebSocket; next(): Promise<unknown> }> {
  const socket = connect(token);
  const messages: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on("message", (data) => {
    const message: unknown = JSON.parse(String(data));
    const resolve = waiting.shift();
    if (resolve) resolve(message);
    else messages.push(message);
  });
  await once(socket, "open");
  return {
    socket,
    next: () =>
      messages.length > 0
        ? Promise.resolve(messages.shift())
        : new Promise((resolve) => waiting.push(resolve)),
  };
}

/** The status and error of an upgrade that was refused. */
async function refusal(socket: WebSocket): Promise<{ status: number; code: string; requestId: string }> {
  const [, response] = (await once(socket, "unexpected-response")) as [unknown, IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const { error } = JSON.parse(Buffer.concat(chunks).toString());
  expect(error.details.requestId).toBe(response.headers["x-request-id"]);
  return { status: response.statusCode!, code: error.code, requestId: error.details.requestId };
}

test("tells what happens in the person's organization, and nothing of another", async () => {
  const mine = await listen(addPerson("viewer"));
  const other = await listen(addPerson("admin", fabrikam));
  hub.publish(contoso, found);
  hub.publish(contoso, updated);
  expect(await mine.next()).toEqual(found);
  expect(await mine.next()).toEqual({ type: "remediation_updated", data: updated.data });
  hub.publish(fabrikam, { type: "resync", data: {} });
  expect(await other.next()).toEqual({ type: "resync", data: {} });
});

test("refuses strangers, those whose role may read nothing of it, and other addresses", async () => {
  expect(await refusal(connect("nobody"))).toMatchObject({ status: 401, code: "unauthenticated" });
  expect(await refusal(connect(addPerson("auditor")))).toMatchObject({ status: 403, code: "forbidden" });
  expect(await refusal(connect(addPerson("admin"), "/ws/v1/other"))).toMatchObject({ status: 404 });
});

test("holds a few sockets a person, and a place is free again when one leaves", async () => {
  await stop();
  await start({ socketsPerPerson: 2 });
  const token = addPerson("member");
  const first = await listen(token);
  await listen(token);
  expect(await refusal(connect(token))).toMatchObject({ status: 429, code: "rate_limited" });
  await listen(addPerson("member"));
  first.socket.close();
  await once(first.socket, "close");
  await listen(token);
});

test("tells nothing more once the session ended, and says so", async () => {
  const token = addPerson("member");
  const mine = await listen(token);
  const closed = once(mine.socket, "close");
  people.delete(token);
  hub.publish(contoso, updated);
  expect((await closed)[0]).toBe(4401);
  const waiting = Promise.race([mine.next(), Promise.resolve("nothing")]);
  expect(await waiting).toBe("nothing");
});

test("takes a token that is refused for an ended session", async () => {
  const token = addPerson("member");
  const mine = await listen(token);
  const closed = once(mine.socket, "close");
  refuseTokens = true;
  hub.publish(contoso, updated);
  expect((await closed)[0]).toBe(4401);
});

test("tells nothing more to a person who became an auditor or works elsewhere now", async () => {
  const changes = [
    [{ role: "auditor" as const }, 4403],
    [{ organizationId: fabrikam }, 4401],
  ] as const;
  for (const [change, code] of changes) {
    const token = addPerson("member");
    const mine = await listen(token);
    const closed = once(mine.socket, "close");
    people.set(token, { ...people.get(token)!, ...change });
    hub.publish(contoso, updated);
    expect((await closed)[0]).toBe(code);
  }
});

test("notices an ended session by itself, and a client that does not answer", async () => {
  await stop();
  await start({ heartbeatMs: 20 });
  const token = addPerson("member");
  const mine = await listen(token);
  people.delete(token);
  expect((await once(mine.socket, "close"))[0]).toBe(4401);
  const silent = connect(addPerson("member"), undefined, { autoPong: false });
  expect((await once(silent, "close"))[0]).toBe(1006);
});

test("lets go of a client that does not read, instead of keeping everything for it", async () => {
  await stop();
  await start({ trustMs: 60_000, bufferedBytes: 64 * 1024 });
  const slow = await listen(addPerson("member"));
  const { _socket: connection } = slow.socket as unknown as { _socket: { pause(): void; resume(): void } };
  connection.pause();
  let told = 0;
  const end = hub.subscribe(contoso, () => told++);
  // Far more than the kernel takes for a connection: about 2 KB each.
  for (let i = 0; i < 20_000; i++) hub.publish(contoso, found);
  end();
  expect(told).toBe(20_000);
  const closed = once(slow.socket, "close");
  connection.resume();
  expect((await closed)[0]).toBe(1006);
});

test("ends a client that talks", async () => {
  const mine = await listen(addPerson("member"));
  mine.socket.send("hello");
  expect((await once(mine.socket, "close"))[0]).toBe(1008);
});

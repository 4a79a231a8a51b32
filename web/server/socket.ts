import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { WebSocketServer } from "ws";
import { errorBody, statusOf } from "./error-response.ts";
import { maySubscribe, type SocketLimits, serveClient } from "./socket-client.ts";

export interface UpdateSocketsOptions {
  /** Who sent these headers: by the session's cookie or a bearer token; null when nobody we know. */
  identify(headers: Pick<IncomingHttpHeaders, "cookie" | "authorization">): Promise<Actor | null>;
  subscribe: ToolService["subscribe"];
  log: { error(details: Record<string, unknown>, message: string): void };
  limits?: Partial<SocketLimits>;
}

export interface UpdateSockets {
  /** Takes an upgrade request whose Host and Origin were checked. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

const path = "/ws/v1/updates";
const goodbyeMs = 500;
const defaults: SocketLimits = {
  heartbeatMs: 20_000,
  trustMs: 1_000,
  bufferedBytes: 256 * 1024,
  socketsPerPerson: 10,
  sockets: 1_000,
};

/** WS /ws/v1/updates: messages `{ type, data }` about the person's organization, as far as their role may read. */
export function createUpdateSockets(options: UpdateSocketsOptions): UpdateSockets {
  const limits = { ...defaults, ...options.limits };
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false });
  const open = new Map<string, number>();

  /** Counts from before the handshake, so that many at once are not each the first. */
  function take(userId: string): () => void {
    const mine = open.get(userId) ?? 0;
    const all = [...open.values()].reduce((sum, count) => sum + count, 0);
    if (mine >= limits.socketsPerPerson || all >= limits.sockets) {
      throw new AppError("rate_limited", "Too many connections for updates are open.", {
        hint: "Close some of the pages or programs that listen.",
      });
    }
    open.set(userId, mine + 1);
    return () => {
      const left = (open.get(userId) ?? 1) - 1;
      if (left > 0) open.set(userId, left);
      else open.delete(userId);
    };
  }

  async function accept(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (request.url?.split("?")[0] !== path) {
      throw new AppError("not_found", "There is nothing at this address.");
    }
    const { cookie, authorization } = request.headers;
    const identify = () => options.identify({ cookie, authorization });
    const actor = await identify();
    if (!actor) throw new AppError("unauthenticated", "You are not signed in.", { hint: "Sign in first." });
    if (!maySubscribe(actor)) {
      throw new AppError("forbidden", `The role ${actor.role} may not be told updates.`);
    }
    if (socket.destroyed) return;
    const leave = take(actor.userId);
    socket.once("close", leave);
    server.handleUpgrade(request, socket, head, (client) =>
      serveClient(client, actor, { identify, subscribe: options.subscribe, limits }),
    );
  }

  return {
    upgrade(request, socket, head) {
      const lost = () => socket.destroy();
      socket.on("error", lost);
      accept(request, socket, head)
        .catch((error: unknown) => refuse(request, socket, error, options.log))
        .finally(() => socket.off("error", lost));
    },
    async close() {
      const gone = [...server.clients].map((client) => once(client, "close"));
      for (const client of server.clients) client.close(1001, "The server is closing.");
      // One that does not say goodbye must not hold the process.
      await Promise.race([Promise.all(gone), delay(goodbyeMs, undefined, { ref: false })]);
      for (const client of server.clients) client.terminate();
    },
  };
}

/** The answer to an upgrade that is not made: an error of the API's shape. */
function refuse(
  request: IncomingMessage,
  socket: Duplex,
  thrown: unknown,
  log: UpdateSocketsOptions["log"],
): void {
  const requestId = randomUUID();
  const error = AppError.from(thrown);
  if (error.code === "internal")
    log.error({ requestId, err: thrown, path: request.url }, "An upgrade failed");
  const body = JSON.stringify(errorBody(error, request.url?.split("?")[0] ?? "", requestId));
  socket.on("error", () => socket.destroy());
  socket.end(
    [
      `HTTP/1.1 ${statusOf(error)} Refused`,
      "Connection: close",
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      "",
      body,
    ].join("\r\n"),
  );
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { authenticate } from "./authenticate.ts";
import { Refusal, sendRefusal } from "./http-refusal.ts";
import { readMessage } from "./read-message.ts";
import type { McpLog } from "./register-tools.ts";
import type { MessageServer } from "./serve-message.ts";
import { createTurns } from "./turns.ts";

export interface McpHandlerOptions {
  service: ToolService;
  /** Where people reach the product; null: where it told this machine that it listens. */
  webAddress: string | null;
  log: McpLog;
}

export interface McpHandler {
  (request: IncomingMessage, response: ServerResponse): void;
  /** Ends what is still being answered. */
  close(): Promise<void>;
}

/**
 * MCP over streamable HTTP, for the composition root to mount after its checks of `Host` and `Origin`.
 *
 * Each request is answered by itself: nothing of a client is kept between two, so that any replica behind a load
 * balancer can answer any request, and a restart loses nothing. Progress and the answer come on the response to the
 * request that asked; there is no stream of the server's own (GET), because the server never speaks first.
 */
export function createMcpHandler(options: McpHandlerOptions): McpHandler {
  const { service, log } = options;
  let loading: Promise<MessageServer> | undefined;
  // The protocol's library is a fifth of a second that a start without assistants does not need.
  const load = () =>
    (loading ??= import("./serve-message.ts").then(({ createMessageServer }) =>
      createMessageServer(options),
    ));

  /** Of keys that are being looked up: hundreds of requests at once would take the database from everybody else. */
  const turns = createTurns(mostLookUpsAtOnce);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("Cache-Control", "no-store");
    if (request.method !== "POST") throw new Refusal(405, "Only POST is answered here.", postOnly);
    const { authorization } = request.headers;
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    // Before the body is read: what nobody answers for costs no memory.
    const actor = await turns.take(authorization ?? "", gone.signal, () =>
      authenticate(service, authorization),
    );
    const message = await readMessage(request);
    await (await load())(request, response, { actor, message });
  }

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent || response.destroyed) return void response.destroy();
      if (AppError.from(error).code === "internal") {
        log.error({ err: error, path: "/mcp" }, "A request of an assistant failed");
      }
      sendRefusal(response, error);
    });
  };
  return Object.assign(handle, { close: async () => (await loading)?.close() });
}

/** Of one key. */
const mostLookUpsAtOnce = 4;

const postOnly = "There is no stream to open and no session to end: each request is answered by itself.";

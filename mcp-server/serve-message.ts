import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { registry } from "@cloudoptima/tools/registry.gen.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import {
  CancelledNotificationSchema,
  isInitializeRequest,
  isJSONRPCRequest,
  type RequestId,
} from "@modelcontextprotocol/sdk/types.js";
import { createMcpServer } from "./create-server.ts";
import { Refusal } from "./http-refusal.ts";
import { type McpLog, mostCallsAtOnce } from "./register-tools.ts";
import { createTurns } from "./turns.ts";

export interface MessageServerOptions {
  service: ToolService;
  webAddress: string | null;
  log: McpLog;
}

export interface MessageServer {
  (
    request: IncomingMessage,
    response: ServerResponse,
    from: { actor: Actor; message: unknown },
  ): Promise<void>;
  close(): Promise<void>;
}

const sessionHeader = "mcp-session-id";
const sessionId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Answers one message with a protocol server of its own. A session id is only a name by which a client can say which
 * of its requests to stop, since every client counts its requests from 0: nothing is kept under it and it permits
 * nothing, so each replica takes each id. A client stops a read by hanging up, which reaches the replica that reads, or
 * by the protocol's notice, which may reach another one; that one has nothing to stop, as the protocol allows.
 */
export function createMessageServer({ service, webAddress, log }: MessageServerOptions): MessageServer {
  /** How to stop what is being answered, by who asked what. */
  const running = new Map<string, () => Promise<void>>();
  const open = new Set<() => Promise<void>>();
  const turns = createTurns(mostCallsAtOnce);

  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
    { actor, message }: { actor: Actor; message: unknown },
  ) => {
    const client = request.headers[sessionHeader];
    if (client !== undefined && !isInitializeRequest(message) && !sessionId.test(String(client))) {
      throw new Refusal(404, "This session is not known here.", "Start anew with initialize.");
    }
    const nameOf = (id: RequestId) => JSON.stringify([actor.organizationId, actor.userId, client, id]);
    const cancelled = CancelledNotificationSchema.safeParse(message).data?.params.requestId;
    if (cancelled !== undefined && client !== undefined) await running.get(nameOf(cancelled))?.();

    const address = async () => webAddress ?? (await service.address());
    const session = async () => ({ service, actor, address: await address() });
    const server = createMcpServer(registry.tools, { session, log, turns });
    const transport = new StreamableHTTPServerTransport({});
    // Ends the response too; a call that is being answered sees its signal abort.
    const stop = () => server.close();
    open.add(stop);
    const name = isJSONRPCRequest(message) && client !== undefined ? nameOf(message.id) : undefined;
    if (name !== undefined) running.set(name, stop);
    response.on("close", () => {
      open.delete(stop);
      if (name !== undefined && running.get(name) === stop) running.delete(name);
      void stop();
    });
    await server.connect(transport);
    if (isInitializeRequest(message)) response.setHeader(sessionHeader, randomUUID());
    await transport.handleRequest(request, response, message);
  };
  return Object.assign(serve, {
    async close() {
      await Promise.all([...open].map((stop) => stop()));
    },
  });
}

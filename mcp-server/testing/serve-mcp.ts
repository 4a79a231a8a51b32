import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { createMcpHandler } from "../http.ts";

export interface ServedMcp {
  url: string;
  /** What was logged as our own failure. */
  logged: Record<string, unknown>[];
  /** The protocol library's own client, as an assistant with this key has it. */
  connect(key: string): Promise<{ client: Client; faults: Error[] }>;
  /** A request as no client of the protocol makes it. */
  send(body: unknown, init?: { method?: string; headers?: Record<string, string> }): Promise<Response>;
  close(): Promise<void>;
}

/** Streamable HTTP on a port of its own, over a real connection. */
export async function serveMcp(service: ToolService): Promise<ServedMcp> {
  const logged: Record<string, unknown>[] = [];
  const handler = createMcpHandler({
    service,
    webAddress: null,
    log: { error: (details) => logged.push(details) },
  });
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
  const clients: Client[] = [];
  return {
    url,
    logged,
    async connect(key) {
      const client = new Client({ name: "test", version: "1" });
      const faults: Error[] = [];
      client.onerror = (error) => faults.push(error);
      await client.connect(
        new StreamableHTTPClientTransport(new URL(url), {
          requestInit: { headers: { Authorization: `Bearer ${key}` } },
        }),
      );
      clients.push(client);
      return { client, faults };
    },
    send: (body, { method = "POST", headers = {} } = {}) =>
      fetch(url, {
        method,
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json, text/event-stream",
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    async close() {
      // As the product ends: what is being answered first, whoever still waits for it.
      await handler.close();
      await Promise.all(clients.map((client) => client.close()));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const call = async (client: Client, name: string, input: Record<string, unknown> = {}) =>
  (await client.callTool({ name, arguments: input })) as CallToolResult;

export const textOf = (result: CallToolResult) =>
  result.content.map((part) => (part.type === "text" ? part.text : "")).join("\n");

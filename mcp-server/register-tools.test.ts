import { defineTool } from "@cloudoptima/tools/kernel/define-tool.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { expect, it } from "vitest";
import { z } from "zod";
import { createMcpServer } from "./create-server.ts";
import type { ToolSession } from "./register-tools.ts";
import { createTurns } from "./turns.ts";

const tool = defineTool({
  name: "list_names",
  title: "Names",
  description: "Names.",
  examples: [],
  permission: "costs:read",
  effect: "read",
  input: z.object({ count: z.number() }),
  output: z.object({ names: z.array(z.string()) }),
  run: async (_, { count }) => ({ names: Array.from({ length: count }, () => "a name") }),
});

const log = {
  error(details: Record<string, unknown>) {
    throw new Error("It failed on our side.", { cause: details.err });
  },
};

/** An answer of so many names, as an assistant gets it. */
async function ask(count: number): Promise<CallToolResult> {
  const service = {
    dataReady: async () => undefined,
    invoke: async ({ input }: { input: unknown }) => ({
      output: await tool.run({} as never, input as { count: number }),
      views: [],
    }),
  } as unknown as ToolService;
  const session = async () => ({ service, actor: {}, address: null }) as unknown as ToolSession;
  const [here, there] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: "test", version: "1" });
  await Promise.all([
    createMcpServer([tool], { session, log, turns: createTurns(1) }).connect(there),
    client.connect(here),
  ]);
  const result = (await client.callTool({ name: tool.name, arguments: { count } })) as CallToolResult;
  await client.close();
  return result;
}

it("refuses an answer that no assistant can read whole, with how to ask for less, and never cuts one", async () => {
  expect((await ask(10_000)).structuredContent).toEqual({ names: Array(10_000).fill("a name") });
  const refused = await ask(30_000);
  expect(refused).toMatchObject({ isError: true, _meta: { "cloudoptima/error": "unsupported" } });
  expect(refused.structuredContent).toBeUndefined();
  expect(JSON.stringify(refused)).toMatch(/270,011 characters.*a shorter period/);
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, lstat, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { putDatabase } from "@cloudoptima/db/testing/put-database.ts";
import { registry } from "@cloudoptima/tools/registry.gen.ts";
import { openToolService } from "@cloudoptima/tools/service/open-service.ts";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import type { CallToolResult, Progress } from "@modelcontextprotocol/sdk/types.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const launcher = join(import.meta.dirname, "bin", "cloudoptima-mcp.js");
const sample = join(import.meta.dirname, "..", "data", "focus", "focus_sample_1000.csv");
let dataDir: string;
let env: Record<string, string>;

/** A real child process over real stdio, spoken to by the SDK's own client. */
async function connect(parameters: string[] = [], more: Record<string, string> = {}) {
  const client = new Client({ name: "test", version: "1" });
  const faults: Error[] = [];
  client.onerror = (error) => faults.push(error);
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [launcher, ...parameters],
      env: { ...env, ...more },
      stderr: "ignore",
    }),
  );
  return { client, faults };
}

const textOf = (result: CallToolResult) =>
  result.content.map((part) => (part.type === "text" ? part.text : "")).join("\n");

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "co-mcp-"));
  env = {
    PATH: process.env.PATH ?? "",
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? "",
    CLOUDOPTIMA_DATA_DIR: dataDir,
    CLOUDOPTIMA_DEMO: "0",
    CLOUDOPTIMA_NOW: "2026-10-14T09:00:00Z",
  };
  await putDatabase(dataDir);
  // The first start makes the organization; every test after it finds one.
  await (await openToolService({ env, logLevel: "error" })).close();
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

describe("the MCP server on stdio", () => {
  it("offers every tool of the registry with its schemas, and no operation", async () => {
    const { client, faults } = await connect();
    const { tools } = await client.listTools();
    expect(tools.map((tool) => tool.name).sort()).toEqual(registry.tools.map((tool) => tool.name).sort());
    for (const tool of tools) {
      const definition = registry.tools.find(({ name }) => name === tool.name);
      expect(tool.inputSchema.type).toBe("object");
      expect(tool.outputSchema?.type).toBe("object");
      expect(tool.annotations).toEqual({
        title: definition?.title,
        readOnlyHint: definition?.effect === "read",
        destructiveHint: false,
        idempotentHint: definition?.effect === "read",
        openWorldHint: false,
      });
    }
    const result = await client.callTool({ name: "create_conversation", arguments: {} });
    expect(result.isError).toBe(true);
    await client.close();
    expect(faults).toEqual([]);
  });

  it("answers in our words when there is no data or the input is wrong", async () => {
    const { client } = await connect();
    const empty = (await client.callTool({ name: "get_cost_breakdown", arguments: {} })) as CallToolResult;
    expect(empty.isError).toBe(true);
    expect(textOf(empty)).toMatch(/^There is no cost data yet\./);
    expect(empty._meta).toEqual({ "cloudoptima/error": "no_data" });
    const wrong = (await client.callTool({
      name: "get_cost_breakdown",
      arguments: { groupBy: "colour" },
    })) as CallToolResult;
    expect(wrong.isError).toBe(true);
    expect(textOf(wrong)).toContain("groupBy");
    const misspelt = (await client.callTool({
      name: "get_cost_breakdown",
      arguments: { group_by: "region" },
    })) as CallToolResult;
    expect(misspelt.isError).toBe(true);
    expect(textOf(misspelt)).toContain("group_by");
    await client.close();
  });

  it("works beside the process that owns the data, and keeps working when that one ends", async () => {
    const owner = await openToolService({ env, logLevel: "error", needOwner: true });
    expect(owner.mode).toBe("owner");
    const { client } = await connect();
    const beside = (await client.callTool({ name: "get_cost_breakdown", arguments: {} })) as CallToolResult;
    expect(textOf(beside)).toMatch(/^There is no cost data yet\./);
    await owner.close();
    const alone = (await client.callTool({ name: "get_cost_breakdown", arguments: {} })) as CallToolResult;
    expect(textOf(alone)).toMatch(/^There is no cost data yet\./);
    await client.close();
  });

  it("answers with structured content that fits the schema, and short text beside it", async () => {
    const service = await openToolService({ env, logLevel: "error" });
    const actor = await service.localActor("local");
    await service.invoke({ actor, name: "import_focus", input: { path: sample }, source: "terminal" });
    await service.close();
    const { client } = await connect();
    // The client checks structured content against the schemas that it has seen.
    await client.listTools();
    const result = (await client.callTool({
      name: "get_cost_breakdown",
      arguments: { period: { words: "September 2024" }, top: 2 },
    })) as CallToolResult;
    expect(result.isError).toBeFalsy();
    expect(result.structuredContent).toMatchObject({
      total: [{ value: "14.97651418586", currency: "USD" }],
      rowCount: 1000,
    });
    expect(textOf(result)).toMatch(/^Amazon Elastic Compute Cloud {2}13 +share 0\.868026$/m);
    expect(textOf(result).length).toBeLessThan(1_000);
    await client.close();
  });

  it("waits for the first data and tells how far it is, until the call is cancelled", async () => {
    const fresh = `${dataDir}-demo`;
    await cp(dataDir, fresh, { recursive: true, filter: async (path) => !(await lstat(path)).isSocket() });
    try {
      const demo = { CLOUDOPTIMA_DATA_DIR: fresh, CLOUDOPTIMA_DEMO: "1" };
      const { client, faults } = await connect(["--organization", "Contoso"], demo);
      const seen: Progress[] = [];
      const cancelling = new AbortController();
      const call = client.callTool({ name: "get_cost_breakdown", arguments: {} }, undefined, {
        signal: cancelling.signal,
        onprogress(progress) {
          seen.push(progress);
          if (seen.length === 3) cancelling.abort("seen enough");
        },
      });
      await expect(call).rejects.toThrow("seen enough");
      expect(seen.map(({ message }) => message)).toEqual(Array(3).fill(expect.stringMatching(/^\S.*$/)));
      const [first, second, third] = seen.map(({ progress }) => progress);
      expect(first).toBeGreaterThan(0);
      expect(second).toBeGreaterThan(first!);
      expect(third).toBeGreaterThan(second!);

      // It serves on, and never answers what nobody waits for: the client would count such an answer as a fault.
      await client.ping();
      await client.close();
      expect(faults).toEqual([]);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  });

  it("names the organizations when the wanted one is not there", async () => {
    const { client } = await connect(["--organization", "Nobody"]);
    const result = (await client.callTool({ name: "get_cost_breakdown", arguments: {} })) as CallToolResult;
    expect(textOf(result)).toBe('There is no organization named "Nobody". There are: My organization.');
    await client.close();
  });

  it("writes nothing but the protocol on stdout, answers what was asked, and ends with stdin", async () => {
    const child = spawn(process.execPath, [launcher], { env, stdio: ["pipe", "pipe", "ignore"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
    const send = (message: object) =>
      child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
    send({
      id: 1,
      method: "initialize",
      params: {
        protocolVersion: "2025-06-18",
        capabilities: {},
        clientInfo: { name: "test", version: "1" },
      },
    });
    send({ method: "notifications/initialized" });
    send({ id: 2, method: "tools/call", params: { name: "get_cost_breakdown", arguments: {} } });
    child.stdin.end();
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    const messages = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { id: number; jsonrpc: string });
    expect(messages.map((message) => message.id)).toEqual([1, 2]);
    expect(messages.every((message) => message.jsonrpc === "2.0")).toBe(true);
  });
});

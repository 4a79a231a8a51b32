import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

const launcher = join(import.meta.dirname, "..", "bin", "cloudoptima-mcp.js");

/** A real process over real stdio, beside the process that has this folder's data. */
export async function connectStdio(dataDir: string, more: Record<string, string>): Promise<Client> {
  const client = new Client({ name: "test", version: "1" });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [launcher],
      env: {
        PATH: process.env.PATH ?? "",
        NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? "",
        CLOUDOPTIMA_DATA_DIR: dataDir,
        ...more,
      },
      stderr: "ignore",
    }),
  );
  return client;
}

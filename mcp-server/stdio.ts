import { parseArgs } from "node:util";
import { registry } from "@cloudoptima/tools/registry.gen.ts";
import { chooseOrganization } from "@cloudoptima/tools/service/choose-organization.ts";
import { openToolService } from "@cloudoptima/tools/service/open-service.ts";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { createMcpServer } from "./create-server.ts";
import { readMcpEnv } from "./env.ts";
import { trackPendingRequests } from "./pending-requests.ts";
import type { ToolSession } from "./register-tools.ts";

/** How long answers to what was asked may still take after the assistant closed stdin. */
const lastAnswersMs = 10_000;

const { values } = parseArgs({ options: { organization: { type: "string" } } });
const organization = values.organization ?? readMcpEnv().organization;

let opening: Promise<ToolSession> | undefined;
const ending = new AbortController();

/** Opens the data once; after a failure the next call tries again (another process may have let go of it). */
function session(): Promise<ToolSession> {
  opening ??= open().catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

async function open(): Promise<ToolSession> {
  const service = await openToolService({ signal: ending.signal, waitForData: false });
  try {
    const chosen = chooseOrganization(await service.organizations(), organization);
    return { service, actor: await service.localActor("mcp", chosen.name) };
  } catch (error) {
    await service.close();
    throw error;
  }
}

let closing: Promise<void> | undefined;

function close(waitMs: number): Promise<void> {
  closing ??= (async () => {
    const timer = AbortSignal.timeout(waitMs);
    await Promise.race([
      pending.settled(),
      new Promise((resolve) => timer.addEventListener("abort", resolve, { once: true })),
    ]);
    ending.abort();
    const open = await opening?.catch(() => undefined);
    await open?.service.close();
    await server.close();
    process.exit(0);
  })();
  return closing;
}

const server = createMcpServer(registry.tools, session);
const transport = new StdioServerTransport();
await server.connect(transport);
const pending = trackPendingRequests(transport);

process.stdin.on("end", () => void close(lastAnswersMs));
process.stdin.on("close", () => void close(lastAnswersMs));
process.stdout.on("error", () => void close(0));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void close(0));

// Warm up while the assistant is still saying hello; a failure is told to the first call.
session().catch(() => {});

import { parseArgs } from "node:util";
import { createLog } from "@cloudoptima/tools/log.ts";
import { registry } from "@cloudoptima/tools/registry.gen.ts";
import { openToolService } from "@cloudoptima/tools/service/open-service.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { createMcpServer } from "./create-server.ts";
import { sentenceOf } from "./describe-failure.ts";
import { readMcpEnv } from "./env.ts";
import { openSession, type WhoActs } from "./open-session.ts";
import { trackPendingRequests } from "./pending-requests.ts";
import { mostCallsAtOnce, type ToolSession } from "./register-tools.ts";
import { createTurns } from "./turns.ts";

/** How long answers to what was asked may still take after the assistant closed stdin. */
const lastAnswersMs = 10_000;

const { values } = parseArgs({ options: { organization: { type: "string" } } });
const { apiKey, address, ...environment } = readMcpEnv();
const organization = values.organization ?? environment.organization;

interface Opened {
  service: ToolService;
  whoActs: WhoActs;
}

let opening: Promise<Opened> | undefined;
const ending = new AbortController();

/** Who calls now, over data that is opened once; after a failure the next call tries again (another process may have let go of it). */
async function session(): Promise<ToolSession> {
  opening ??= open().catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  const { service, whoActs } = await opening;
  return { service, actor: await whoActs(), address: address ?? (await service.address()) };
}

async function open(): Promise<Opened> {
  const service = await openToolService({ signal: ending.signal, waitForData: false });
  try {
    return { service, whoActs: await openSession(service, { apiKey, organization }) };
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

const server = createMcpServer(registry.tools, {
  session,
  log: createLog({ level: "error" }),
  turns: createTurns(mostCallsAtOnce),
});
const transport = new StdioServerTransport();
await server.connect(transport);
const pending = trackPendingRequests(transport);

process.stdin.on("end", () => void close(lastAnswersMs));
process.stdin.on("close", () => void close(lastAnswersMs));
process.stdout.on("error", () => void close(0));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void close(0));

// Warm up while the assistant is still saying hello; a failure is told to the first call, and in the assistant's log.
session().catch((error: unknown) => {
  if (!ending.signal.aborted) process.stderr.write(`${sentenceOf(error)}\n`);
});

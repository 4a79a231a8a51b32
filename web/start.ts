import "../scripts/require-node.ts";
import { format } from "node:util";
import { createAskQuestion } from "@cloudoptima/agent/ask-question.operation.ts";
import { selectModel } from "@cloudoptima/agent/models/select-model.ts";
import { readToolsEnv } from "@cloudoptima/tools/env.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { createLog } from "@cloudoptima/tools/log.ts";
import { openProduct } from "@cloudoptima/tools/product.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { buildPages, isBuilt } from "./build.ts";
import { readWebEnvironment } from "./env.ts";
import { bindAnswer } from "./server/bind-answer.ts";
import { followDataLoading } from "./server/data-loading.ts";
import { hasRealConnection } from "./server/has-real-connection.ts";
import { createSetupLink } from "./server/setup-link.ts";
import { startWebServer } from "./server.ts";

// Next prints to stdout, which belongs to the three lines of a start.
const toStderr = (...parts: unknown[]) => process.stderr.write(`${format(...parts)}\n`);
Object.assign(console, { log: toStderr, info: toStderr });

const dev = process.argv.includes("--dev");
const ending = new AbortController();
/** What to close when the process ends, in this order. */
const closers: (() => Promise<void>)[] = [];
const tell = (line: string) => process.stderr.write(`${line}\n`);

/** A start, or one sentence on why not. Whatever was opened is closed before the process ends. */
async function start(): Promise<void> {
  // React and Next choose their builds by it, when they are loaded.
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production" });
  const environment = readWebEnvironment(process.env);
  const settings = readToolsEnv(process.env);
  const log = createLog({ level: settings.logLevel });
  endOnSignal();

  const building = dev || isBuilt() ? null : build();
  // It is awaited below; until then a failure must not count as unhandled.
  building?.catch(() => undefined);
  const model = selectModel();
  // Nobody else can reach a loopback address, and nothing real can be seen: then one click may sign in.
  const mayBeDemo = settings.demo && !settings.databaseUrl && environment.loopback;
  const product = await openProduct({
    needOwner: true,
    secure: environment.publicUrl?.protocol === "https:",
    demoSignIn: async (opened) => mayBeDemo && !(await hasRealConnection(opened)),
    log,
    signal: ending.signal,
    operations: [createAskQuestion({ service: (): ToolService => product.service, model })],
  });
  const { service } = product;
  closers.push(() => service.close());
  await building;

  const demoSignIn = async () => mayBeDemo && !(await hasRealConnection(service));
  const { people } = product.owner();
  people.prepare().catch((err: unknown) => log.error({ err }, "The sign-in library cannot be loaded"));
  const isDemo = await demoSignIn();
  const wantsSetUp = !isDemo && (settings.setupLink || (await people.joining.needsSetUp()));
  const setupLink = wantsSetUp ? createSetupLink() : null;
  const server = await startWebServer({
    environment,
    service,
    owner: product.owner,
    dev,
    demoSignIn,
    setupLink,
    openAnswer: bindAnswer(service, model),
    model,
    modelLabel: model.label,
    log,
    behindProxy: environment.publicUrl !== null,
    loading: followDataLoading(
      service,
      (error) => error && log.error({ err: error }, "Loading failed"),
      ending.signal,
    ),
  });
  closers.unshift(() => server.close());
  await service.announceAddress(server.address);

  const address = environment.publicUrl?.origin ?? server.address;
  if (environment.port !== 0 && server.port !== environment.port)
    tell(`Port ${environment.port} is taken; using ${server.port}.`);
  const store = settings.databaseUrl ? "PostgreSQL" : "embedded database";
  const data = settings.demo
    ? 'demo organizations "Contoso" (Azure sandbox) and "SunBird" (FOCUS file)'
    : "your data";
  process.stdout.write(
    [
      `CloudOptima AI: ${address}${setupLink ? `/setup#${setupLink.token} (works once, for the first admin)` : ""}`,
      `Runs on: ${store}, ${data}, ${model.label}`,
      'Connect real things: README.md, "Point it at the real world" (Azure, PostgreSQL, a model)',
      "",
    ].join("\n"),
  );
}

async function build(): Promise<void> {
  tell("Building the pages (once, up to a minute)…");
  const started = performance.now();
  await buildPages(ending.signal);
  tell(`Built in ${Math.round((performance.now() - started) / 1000)} s.`);
}

/** Ctrl-C or SIGTERM closes everything in order; five seconds at most, a second signal at once. */
function endOnSignal(): void {
  let endedAt = 0;
  const end = () => {
    if (ending.signal.aborted) {
      // npm passes on a Ctrl-C that the terminal sent here as well: only a later one is a second one.
      if (performance.now() - endedAt > 500) process.exit(130);
      return;
    }
    endedAt = performance.now();
    ending.abort();
    setTimeout(() => process.exit(1), 4_800).unref();
    void (async () => {
      await closeAll();
      process.exit(0);
    })();
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}

async function closeAll(): Promise<void> {
  for (const close of closers) await close().catch(() => undefined);
}

start().catch(async (error: unknown) => {
  if (ending.signal.aborted) return;
  const known = error instanceof AppError ? error : null;
  tell(
    known?.hint ? `${known.message} ${known.hint}` : error instanceof Error ? error.message : String(error),
  );
  await closeAll();
  process.exit(1);
});

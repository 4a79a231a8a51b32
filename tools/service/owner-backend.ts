import type { Database } from "@cloudoptima/db/client.ts";
import { migrate } from "@cloudoptima/db/migrate.ts";
import { openDatabase } from "@cloudoptima/db/open.ts";
import type { Logger } from "pino";
import { createKeyLogin } from "../access/key-login.ts";
import { findLocalActor, visibleOrganizations } from "../access/local-actor.ts";
import { findPerson } from "../access/person.ts";
import { seedOrganizations } from "../access/seed-organizations.ts";
import { type AuditTrail, openAuditTrail } from "../audit/audit-trail.ts";
import { openClouds } from "../clouds/open-clouds.ts";
import { openCredentialVault } from "../connections/credentials/open-credential-vault.ts";
import type { ToolsSettings } from "../env.ts";
import { createEventHub, openSharedEventHub } from "../events.ts";
import { createBackgroundWork } from "../kernel/background-work.ts";
import type { Operation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import type { Invoke } from "../kernel/invoke.ts";
import { redact } from "../kernel/redact.ts";
import { createEmbedder } from "../knowledge/embedder.ts";
import { definitions } from "../registry.gen.ts";
import { createRuntime } from "../runtime.ts";
import { startBackground } from "../worker.ts";
import type { Attach } from "./attach.ts";
import type { Backend } from "./backend.ts";
import { OwnerGone } from "./call-owner.ts";

export interface OwnerBackend extends Backend {
  mode: "owner";
  /** False once it began to close: new requests then belong to the next owner. */
  isOpen(): boolean;
  /** Closes after the running requests ended; the background work stops at once and resumes at the next start. */
  closeWhenIdle(): Promise<void>;
}

export interface OwnerBackendOptions {
  settings: ToolsSettings;
  log: Logger;
  attach?: Attach | undefined;
  /** Of packages above this one. */
  operations: readonly Operation[];
}

/** How long running requests may still take when the process ends. */
const finishMs = 2_500;

/** Opens the database in this process, brings it up to date, and starts the background work. */
export async function openOwnerBackend({
  settings,
  log,
  attach,
  operations,
}: OwnerBackendOptions): Promise<OwnerBackend> {
  const { database, audit } = await openMigrated(settings, log);
  const now = () => settings.now ?? Temporal.Now.instant();
  const vault = openCredentialVault(settings);
  const clouds = openClouds(settings.now, vault);
  const { databaseUrl } = settings;
  const events = databaseUrl
    ? await openSharedEventHub({ database, databaseUrl, log }).catch(async (error: unknown) => {
        await database.close();
        throw describeOpenFailure(error, settings);
      })
    : createEventHub({ log });
  const afterAnswers = createBackgroundWork(log);
  const embedder = settings.embedding && createEmbedder(settings.embedding);
  const runtime = createRuntime(
    {
      database,
      now,
      log,
      connectCloud: clouds.connect,
      events,
      audit,
      vault,
      background: afterAnswers,
      embedder,
    },
    [...definitions, ...operations],
  );
  const ending = new AbortController();
  const running = new Set<Promise<unknown>>();
  let open = true;

  /** Counts a request as running, and lets the end of the process stop it. */
  const invoke: Invoke = (request) => {
    if (!open) return Promise.reject(new OwnerGone(false));
    const signal = request.signal ? AbortSignal.any([request.signal, ending.signal]) : ending.signal;
    const work = runtime.invoke({ ...request, signal });
    const settled = work.catch(() => {}).finally(() => running.delete(settled));
    running.add(settled);
    return work;
  };

  const background = startBackground({
    database,
    invoke: runtime.invoke,
    settings,
    embedder,
    now,
    log,
  });
  const attached = attach?.({
    database,
    settings,
    audit: audit.record,
    events,
    connectCloud: clouds.connect,
    sandbox: clouds.sandbox,
    vault,
    invoke,
    now,
    log,
  });

  async function close(finishWithinMs: number): Promise<void> {
    open = false;
    await Promise.all([
      background.stop(),
      afterAnswers.stop(),
      attached?.close(),
      within(finishWithinMs, Promise.all(running)),
    ]);
    ending.abort();
    await Promise.all(running);
    await clouds.close();
    await events.close();
    await database.close();
  }
  let closing: Promise<void> | undefined;

  return {
    mode: "owner",
    invoke,
    async organizations() {
      const organizations = await visibleOrganizations(database, settings.demo);
      return organizations.map(({ id, name, demo }) => ({ id, name, demo }));
    },
    localActor: (via, organizationName) => findLocalActor(database, settings.demo, via, organizationName),
    keyActor: createKeyLogin({ database, settings, audit: audit.record, log }),
    person: (userId, organizationId) => findPerson(database, settings.demo, userId, organizationId),
    subscribe: events.subscribe,
    async asPerson(request) {
      if (attached) return attached.asPerson(request);
      throw new AppError(
        "unavailable",
        "The process that has the data serves an assistant; it decides nothing.",
        {
          hint: "Start the product (npm start) and decide there or beside it.",
        },
      );
    },
    dataReady: background.dataReady,
    isOpen: () => open,
    close: () => (closing ??= close(finishMs)),
    closeWhenIdle: () => (closing ??= close(Number.POSITIVE_INFINITY)),
  };
}

async function openMigrated(
  settings: ToolsSettings,
  log: Logger,
): Promise<{ database: Database; audit: AuditTrail }> {
  let database: Database | undefined;
  try {
    database = await openDatabase({ ...settings, log });
    await migrate(database);
    await seedOrganizations(database, settings.demo);
    return { database, audit: await openAuditTrail({ database, settings, log }) };
  } catch (error) {
    await database?.close();
    throw error instanceof AppError ? error : describeOpenFailure(error, settings);
  }
}

function describeOpenFailure(error: unknown, { databaseUrl, dataDir }: ToolsSettings): AppError {
  const reason = String(redact((error as Error).message || (error as { code?: string }).code || error));
  return new AppError(
    "unavailable",
    databaseUrl
      ? `The database that DATABASE_URL names cannot be used: ${reason}`
      : `The data in ${dataDir} cannot be opened: ${reason}`,
    {
      hint: databaseUrl
        ? "Check that the server runs, that the address is right, and that the login may create tables and roles."
        : "Check that the folder may be written and its disk is not full, or choose another with CLOUDOPTIMA_DATA_DIR.",
      cause: error,
    },
  );
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  if (!Number.isFinite(milliseconds)) {
    await work;
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}

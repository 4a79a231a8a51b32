import { mkdir } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import { readToolsEnv, type ToolsSettings } from "../env.ts";
import type { Progress } from "../kernel/context.ts";
import type { Operation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { createRegistry } from "../kernel/registry.ts";
import { createLog } from "../log.ts";
import { definitions } from "../registry.gen.ts";
import type { Attach, PersonRequest } from "./attach.ts";
import type { Backend } from "./backend.ts";
import { OwnerGone } from "./call-owner.ts";
import { joinDataFolder } from "./join-data-folder.ts";
import type { OwnedFolder } from "./own-data-folder.ts";
import { openOwnerBackend } from "./owner-backend.ts";
import { readOwnerRecord } from "./owner-record.ts";
import type { ToolService } from "./service.ts";

export interface OpenServiceOptions {
  /** Defaults to this process's environment. */
  env?: NodeJS.ProcessEnv;
  /** The web: it must have the data in its own process, and keeps it until it closes. */
  needOwner?: boolean;
  /** Whether to wait for the demo data of a first start; by default all but the web do. */
  waitForData?: boolean;
  log?: Logger;
  /** For the log that is made when none is given; defaults to LOG_LEVEL. */
  logLevel?: string;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
  /** Operations of packages above this one, such as asking the agent. */
  operations?: readonly Operation[];
}

const mostAttempts = 5;
/** How long a process that handed over lets the new owner start before it would take the data itself. */
const handedOverPatienceMs = 15_000;
/** Closing ends within five seconds, whatever a cloud or a statement is doing. */
const closeMs = 4_500;

/** Opens the product's tools: in this process, or through the process that has the data folder open. */
export async function openToolService(options: OpenServiceOptions = {}): Promise<ToolService> {
  return (await openAttachedService(options)).service;
}

export interface AttachedService {
  service: ToolService;
  /** Asks in a person's name, with their password, wherever the data is. */
  asPerson(request: PersonRequest): Promise<unknown>;
}

/** The same with what only people may do attached; tools/product.ts alone asks for it. */
export async function openAttachedService(
  options: OpenServiceOptions & { attach?: Attach },
): Promise<AttachedService> {
  const settings = readToolsEnv(options.env);
  const log = options.log ?? createLog({ level: options.logLevel ?? settings.logLevel });
  const { needOwner = false, attach, operations = [], onProgress, signal } = options;
  const registry = createRegistry([...definitions, ...operations]);
  let current: Promise<Backend> | null = null;
  let owned: OwnedFolder | null = null;
  let mode: ToolService["mode"] = "client";
  let subscribe: ToolService["subscribe"];
  let closed: Promise<void> | null = null;

  async function elect(patienceMs = 0): Promise<Backend> {
    const backend = await join(patienceMs);
    mode = backend.mode;
    subscribe = backend.subscribe;
    return backend;
  }

  async function join(patienceMs: number): Promise<Backend> {
    if (settings.databaseUrl) return openOwnerBackend({ settings, log, attach, operations });
    await prepareDataDir(settings);
    const joined = await joinDataFolder({
      settings,
      needOwner,
      patienceMs,
      log,
      onProgress,
      signal,
      onHandOver: handOver,
      attach,
      operations,
    });
    owned = joined.mode === "owner" ? joined : null;
    return joined;
  }

  function handOver(): void {
    if (needOwner) throw new AppError("conflict", "This process keeps the data.");
    if (!owned || closed) return;
    const folder = owned;
    owned = null;
    current = folder.closeWhenIdle().then(() => elect(handedOverPatienceMs));
    current.catch((err: unknown) => log.warn({ err }, "could not reach the new owner of the data"));
  }

  /** Runs `work` on the present backend; when its owner is gone, again on the next one if that is safe. */
  async function call<Result>(
    work: (backend: Backend) => Promise<Result>,
    { what, repeatable }: { what: string; repeatable: boolean },
  ): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      if (closed) throw new AppError("unavailable", "The service is closed.");
      current ??= elect();
      const opened = current;
      try {
        return await work(await opened);
      } catch (error) {
        const gone = error instanceof OwnerGone;
        if (current === opened && (gone || !(await isOpened(opened)))) current = null;
        if (!gone) throw error;
        if (error.started && !repeatable) {
          throw new AppError("unavailable", `The process that owns the data ended during ${what}.`, {
            hint: "It may or may not have been done: look first, then ask again.",
            cause: error,
          });
        }
        if (attempt >= mostAttempts) {
          throw new AppError("unavailable", "The data changed hands too often; try again.", { cause: error });
        }
      }
    }
  }

  const isRead = (name: string) => registry.find(name)?.effect === "read";
  const service: ToolService = {
    get mode() {
      return mode;
    },
    registry,
    invoke: (request) =>
      call((backend) => backend.invoke(request), { what: request.name, repeatable: isRead(request.name) }),
    organizations: () =>
      call((backend) => backend.organizations(), { what: "organizations", repeatable: true }),
    localActor: (via, organizationName) =>
      call((backend) => backend.localActor(via, organizationName), { what: "sign-in", repeatable: true }),
    keyActor: (key) => call((backend) => backend.keyActor(key), { what: "sign-in", repeatable: true }),
    person: (userId, organizationId) =>
      call((backend) => backend.person(userId, organizationId), { what: "sign-in", repeatable: true }),
    subscribe: (organizationId, listener) => subscribe(organizationId, listener),
    now: () => settings.now ?? Temporal.Now.instant(),
    announceAddress: async (address) => owned?.announceAddress(address),
    async address() {
      // Processes on a database server share no folder that could tell.
      if (settings.databaseUrl) return null;
      return (await readOwnerRecord(settings.dataDir))?.address ?? null;
    },
    dataReady: (onDataProgress, dataSignal) =>
      call((backend) => backend.dataReady(onDataProgress, dataSignal), { what: "loading", repeatable: true }),
    close() {
      closed ??= (async () => {
        const backend = await current?.catch(() => undefined);
        // When it takes longer, the lock stays until the process ends: nobody opens files that are still written.
        await Promise.race([backend?.close(), delay(closeMs, undefined, { ref: false })]);
      })();
      return closed;
    },
  };

  current = elect();
  await current;
  if (options.waitForData ?? !needOwner) await service.dataReady(onProgress, signal);
  return {
    service,
    asPerson: (request) =>
      call((backend) => backend.asPerson(request), { what: "the decision", repeatable: false }),
  };
}

async function isOpened(opened: Promise<Backend>): Promise<boolean> {
  return opened.then(
    () => true,
    () => false,
  );
}

async function prepareDataDir({ dataDir }: ToolsSettings): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AppError(
      "unavailable",
      `The data folder ${dataDir} cannot be made: ${(error as Error).message}`,
      {
        hint: "Choose a folder that you may write with CLOUDOPTIMA_DATA_DIR.",
        cause: error,
      },
    );
  }
}

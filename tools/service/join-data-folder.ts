import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { ToolsSettings } from "../env.ts";
import type { Progress } from "../kernel/context.ts";
import type { Operation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import type { Attach } from "./attach.ts";
import type { Backend } from "./backend.ts";
import { callOwner, OwnerGone } from "./call-owner.ts";
import { createClientBackend } from "./client-backend.ts";
import { type OwnedFolder, ownDataFolder } from "./own-data-folder.ts";
import { tryOwnerLock } from "./owner-lock.ts";
import { type OwnerRecord, readOwnerRecord } from "./owner-record.ts";

export interface JoinDataFolderOptions {
  settings: ToolsSettings;
  /** Take the data over from a transient owner, and keep it. */
  needOwner: boolean;
  /** Leave the lock to others for so long: they asked for the data. */
  patienceMs: number;
  log: Logger;
  onProgress: ((progress: Progress) => void) | undefined;
  signal: AbortSignal | undefined;
  onHandOver(): void;
  attach?: Attach | undefined;
  operations: readonly Operation[];
}

const pollMs = 50;
/** An owner that holds the lock but does not answer is opening or closing the data; longer is a fault. */
const unansweredMs = 60_000;

/** Becomes the owner of the data folder, or the client of the process that is. */
export async function joinDataFolder(
  options: JoinDataFolderOptions,
): Promise<OwnedFolder | (Backend & { mode: "client" })> {
  const { settings, needOwner, log, onProgress, onHandOver, signal, attach, operations } = options;
  const patientUntil = performance.now() + options.patienceMs;
  let unansweredSince = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    const lock = performance.now() >= patientUntil ? tryOwnerLock(settings.dataDir) : null;
    if (lock) {
      const kind = needOwner ? "lasting" : "transient";
      return ownDataFolder({ lock, settings, kind, log, onHandOver, attach, operations });
    }
    const owner = await readOwnerRecord(settings.dataDir);
    if (owner && (await isAnswering(owner))) {
      unansweredSince = performance.now();
      if (!needOwner) return createClientBackend(owner.socketPath, settings.now);
      if (owner.kind === "lasting") throw alreadyRunning(settings, owner);
      onProgress?.({ message: `Waiting for process ${owner.pid} to finish and hand over the data` });
      await askToHandOver(owner);
    }
    if (performance.now() - unansweredSince > unansweredMs) throw unanswered(settings, owner);
    await delay(pollMs);
  }
}

async function isAnswering({ socketPath }: OwnerRecord): Promise<boolean> {
  try {
    await callOwner({ socketPath, name: "ping", body: {}, signal: AbortSignal.timeout(5_000) });
    return true;
  } catch {
    return false;
  }
}

async function askToHandOver({ socketPath }: OwnerRecord): Promise<void> {
  try {
    await callOwner({ socketPath, name: "handOver", body: {} });
  } catch (error) {
    if (!(error instanceof OwnerGone)) throw error; // gone already: the lock is free or soon will be
  }
}

function alreadyRunning({ dataDir }: ToolsSettings, { pid, address }: OwnerRecord): AppError {
  const where = address ? ` at ${address}` : "";
  return new AppError("conflict", `CloudOptima already runs on this data${where} (process ${pid}).`, {
    hint: `Use that one, stop it, or choose another folder with CLOUDOPTIMA_DATA_DIR (this one is ${dataDir}).`,
    details: { pid, address },
  });
}

function unanswered({ dataDir }: ToolsSettings, owner: OwnerRecord | undefined): AppError {
  const who = owner ? `Process ${owner.pid}` : "Another process";
  return new AppError("unavailable", `${who} has the data in ${dataDir} open but does not answer.`, {
    hint: "End that process and try again.",
  });
}

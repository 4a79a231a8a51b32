import type { Logger } from "pino";
import type { ToolsSettings } from "../env.ts";
import type { Operation } from "../kernel/define-tool.ts";
import type { Attach } from "./attach.ts";
import { type OwnerBackend, openOwnerBackend } from "./owner-backend.ts";
import type { OwnerLock } from "./owner-lock.ts";
import { type OwnerRecord, removeOwnerRecord, writeOwnerRecord } from "./owner-record.ts";
import { prepareSocketPath } from "./owner-socket-path.ts";
import { serveSocket } from "./serve-socket.ts";

export interface OwnDataFolderOptions {
  lock: OwnerLock;
  settings: ToolsSettings;
  kind: OwnerRecord["kind"];
  log: Logger;
  /** Another process wants the data; throws to refuse. */
  onHandOver(): void;
  attach?: Attach | undefined;
  operations: readonly Operation[];
}

export interface OwnedFolder extends OwnerBackend {
  announceAddress(address: string): Promise<void>;
}

/** Opens the data of a folder whose lock this process holds, and serves it to other processes. */
export async function ownDataFolder(options: OwnDataFolderOptions): Promise<OwnedFolder> {
  const { lock, settings, kind, log, onHandOver, attach, operations } = options;
  const { dataDir } = settings;
  const cleanUp: (() => unknown)[] = [() => lock.release()];
  const undo = async () => {
    while (cleanUp.length > 0) await cleanUp.pop()?.();
  };
  try {
    const backend = await openOwnerBackend({ settings, log, attach, operations });
    cleanUp.push(() => backend.close());
    const socket = await prepareSocketPath(dataDir);
    cleanUp.push(socket.remove);
    const server = await serveSocket({ path: socket.path, backend, handOver: onHandOver, log });
    cleanUp.push(() => server.close());
    const record: OwnerRecord = { pid: process.pid, kind, socketPath: socket.path };
    await writeOwnerRecord(dataDir, record);
    cleanUp.push(() => removeOwnerRecord(dataDir));

    // The socket answers "moved" while running requests end, and the lock goes last.
    const close = async (end: () => Promise<void>) => {
      await end();
      await undo();
    };
    let closing: Promise<void> | undefined;
    return {
      ...backend,
      async announceAddress(address) {
        await writeOwnerRecord(dataDir, { ...record, address });
      },
      close: () => (closing ??= close(backend.close)),
      closeWhenIdle: () => (closing ??= close(backend.closeWhenIdle)),
    };
  } catch (error) {
    await undo();
    throw error;
  }
}

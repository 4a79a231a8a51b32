import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { createDatabase, type Database } from "./client.ts";

/** The name that a client derives from folder and port. */
const socketName = ".s.PGSQL.5432";
const longestSocketPath = 100;

export interface OpenEmbeddedOptions {
  /** Folder of the database files; made when absent. The caller holds the lock on it: PGlite has none. */
  filesDir: string;
  onError: (error: Error) => void;
}

/** Opens PGlite (PostgreSQL in WebAssembly) in a worker thread, reached by one pooled connection. */
export async function openEmbedded({ filesDir, onError }: OpenEmbeddedOptions): Promise<Database> {
  await mkdir(filesDir, { recursive: true, mode: 0o700 });
  const socketDir = await makeSocketDir(`${filesDir}-socket`);
  const socketPath = join(socketDir, socketName);

  const worker = new Worker(new URL("./embedded-worker.ts", import.meta.url), {
    workerData: { dataDir: filesDir, socketPath },
  });
  const stopWorker = async () => {
    await worker.terminate();
    await rm(socketDir, { recursive: true, force: true });
  };
  try {
    await nextMessage(worker, "ready");
  } catch (error) {
    await stopWorker();
    throw new Error(`The embedded database in ${filesDir} does not open: ${(error as Error).message}`, {
      cause: error,
    });
  }
  worker.on("error", onError);

  return createDatabase({
    engine: "embedded",
    host: socketDir,
    port: 5432,
    user: "postgres",
    database: "postgres",
    ssl: false,
    max: 1,
    idleTimeoutMillis: 0, // keep the only connection: opening another meanwhile is what must not happen
    onError,
    async onClose() {
      const closed = nextMessage(worker, "closed");
      worker.postMessage("close");
      await closed.finally(stopWorker);
    },
  });
}

/**
 * A private place, because another user must not connect: beside the files, where the next start cleans up after
 * a process that was killed, or a short temporary one, because a socket's path holds about 100 bytes.
 */
async function makeSocketDir(preferred: string): Promise<string> {
  if (Buffer.byteLength(join(preferred, socketName)) > longestSocketPath) {
    return mkdtemp(join(tmpdir(), "co-db-"));
  }
  await rm(preferred, { recursive: true, force: true });
  await mkdir(preferred, { mode: 0o700 });
  return preferred;
}

/** Waits for one message of the worker; an early end or error rejects. */
function nextMessage(worker: Worker, expected: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (finish: () => void) => {
      worker.off("message", onMessage).off("error", onFailure).off("exit", onExit);
      finish();
    };
    const onMessage = (message: unknown) => message === expected && done(resolve);
    const onFailure = (error: unknown) => done(() => reject(error));
    const onExit = (code: number) => done(() => reject(new Error(`its thread ended with code ${code}`)));
    worker.on("message", onMessage).on("error", onFailure).on("exit", onExit);
  });
}

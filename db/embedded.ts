import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { createDatabase, type Database } from "./client.ts";

export interface OpenEmbeddedOptions {
  /** Folder of the database files; made when absent. The caller holds the lock on it: PGlite has none. */
  filesDir: string;
  onError: (error: Error) => void;
}

/** Opens PGlite (PostgreSQL in WebAssembly) in a worker thread, reached by one pooled connection. */
export async function openEmbedded({ filesDir, onError }: OpenEmbeddedOptions): Promise<Database> {
  await mkdir(filesDir, { recursive: true, mode: 0o700 });
  // A private place with a short path: another user must not connect, and sun_path holds about 100 bytes.
  const socketDir = await mkdtemp(join(tmpdir(), "co-db-"));
  await chmod(socketDir, 0o700);
  const socketPath = join(socketDir, ".s.PGSQL.5432"); // the name that a client derives from folder and port

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

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { createDatabase, type Database } from "../client.ts";
import { migrate } from "../migrate.ts";

/** A fresh migrated database on TimescaleDB, in memory: no server of it is at hand where tests run. */
export async function openTimescale(
  onError: (error: Error) => void,
): Promise<{ database: Database; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "co-ts-"));
  const worker = new Worker(new URL("./timescale-worker.ts", import.meta.url), {
    workerData: { socketPath: join(folder, ".s.PGSQL.5432") },
  });
  await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  const database = createDatabase({
    engine: "embedded",
    host: folder,
    port: 5432,
    user: "postgres",
    database: "postgres",
    ssl: false,
    max: 1,
    idleTimeoutMillis: 0,
    onError,
  });
  await migrate(database);
  return {
    database,
    async remove() {
      await database.close();
      await worker.terminate();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

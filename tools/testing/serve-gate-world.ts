import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "@cloudoptima/db/client.ts";
import { createKeyLogin } from "../access/key-login.ts";
import { findLocalActor, visibleOrganizations } from "../access/local-actor.ts";
import { AppError } from "../kernel/errors.ts";
import { createLog } from "../log.ts";
import type { GateWorld } from "../remediation/testing/gate-world.ts";
import type { OwnerBackend } from "../service/owner-backend.ts";
import { tryOwnerLock } from "../service/owner-lock.ts";
import { writeOwnerRecord } from "../service/owner-record.ts";
import { prepareSocketPath } from "../service/owner-socket-path.ts";
import { serveSocket } from "../service/serve-socket.ts";

export interface ServedGateWorld {
  /** CLOUDOPTIMA_DATA_DIR of processes that are to find this world's data. */
  dataDir: string;
  socketPath: string;
  close(): Promise<void>;
}

/** Serves a gate world on the private socket of a data folder, as the process does that has the data. */
export async function serveGateWorld(
  database: Database,
  { tenant }: GateWorld,
  { address }: { address?: string } = {},
): Promise<ServedGateWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), "co-gate-"));
  const lock = tryOwnerLock(dataDir);
  if (!lock) throw new Error("A new data folder has no owner.");
  const log = createLog({ level: "error" });
  const { tools } = tenant;
  const backend: OwnerBackend = {
    mode: "owner",
    invoke: tools.invoke,
    organizations: () => visibleOrganizations(database, true),
    localActor: (via, name) => findLocalActor(database, true, via, name),
    keyActor: createKeyLogin({
      database,
      settings: { dataDir, demo: true, sessionKey: undefined },
      audit: tools.audit.record,
      log,
    }),
    person: async () => null,
    subscribe: tools.events.subscribe,
    async asPerson() {
      throw new AppError("unavailable", "Nobody decides here.");
    },
    dataReady: async () => {},
    isOpen: () => true,
    close: async () => {},
    closeWhenIdle: async () => {},
  };
  const socket = await prepareSocketPath(dataDir);
  const server = await serveSocket({
    path: socket.path,
    backend,
    handOver() {
      throw new AppError("conflict", "This process keeps the data.");
    },
    log,
  });
  await writeOwnerRecord(dataDir, {
    pid: process.pid,
    kind: "lasting",
    socketPath: socket.path,
    ...(address ? { address } : {}),
  });
  return {
    dataDir,
    socketPath: socket.path,
    async close() {
      await server.close();
      await socket.remove();
      lock.release();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

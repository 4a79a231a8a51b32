import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "./client.ts";

const pollMs = 500;

/**
 * Runs `work` while no other process on the same server runs work of this key. The embedded database has one
 * process and one connection, so there it just runs.
 */
export async function withServerLock(
  database: Database,
  key: number,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  if (database.engine === "embedded") return work();
  const client = await database.pool.connect(); // the lock lives and dies with this connection
  try {
    for (;;) {
      signal.throwIfAborted();
      const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [
        key,
      ]);
      if (rows[0]?.taken) break;
      await delay(pollMs, undefined, { signal });
    }
    try {
      await work();
    } finally {
      await client.query("select pg_advisory_unlock($1)", [key]);
    }
  } finally {
    client.release();
  }
}

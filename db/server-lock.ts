import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import type { Database } from "./client.ts";

const pollMs = 500;

/**
 * Runs `work` while no other process on the same server runs work of this key. The embedded database has one
 * process and one connection, so there it just runs. The lock belongs to an open transaction, for a pooler in
 * transaction mode may give the next statement outside of one to another session.
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
    while (!(await begin(client, key))) {
      signal.throwIfAborted();
      await delay(pollMs, undefined, { signal });
    }
    try {
      await work();
    } finally {
      await client.query("commit");
    }
  } finally {
    client.release();
  }
}

/** Opens a transaction that has the lock; false, and none is open, while another has it. */
async function begin(client: pg.PoolClient, key: number): Promise<boolean> {
  await client.query("begin");
  // It waits for the work, however long that takes, and holds nothing but the lock meanwhile.
  await client.query("set local idle_in_transaction_session_timeout = 0");
  const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_xact_lock($1) as taken", [
    key,
  ]);
  if (rows[0]?.taken) return true;
  await client.query("rollback");
  return false;
}

import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import { CopyingClient } from "./copying-client.ts";
import { asDatabaseAway } from "./database-away.ts";
import type { Schema } from "./schema.ts";

/** An open database. `engine` tells where it runs; queries do not need to know. */
export interface Database {
  engine: "embedded" | "server";
  pool: pg.Pool;
  kysely: Kysely<Schema>;
  /** Ends the pool first, then the engine. */
  close(): Promise<void>;
}

/** A transaction bound to one organization: row-level security hides every other. */
export type TenantTransaction = Transaction<Schema>;

export interface TenantOptions {
  access: "read" | "write";
}

// Dates stay text (YYYY-MM-DD, UTC) and numerics stay decimal strings: a JS Date or number would lose both.
const DATE_OID = 1082;
const types = new pg.TypeOverrides();
types.setTypeParser(DATE_OID, (value) => value);

/** Makes a pool's Kysely. A server has room for many connections; the embedded engine for exactly one. */
export function createDatabase(
  options: pg.PoolConfig & {
    engine: Database["engine"];
    onClose?: () => Promise<void>;
    onError: (error: Error) => void;
  },
): Database {
  const { engine, onClose, onError, ...config } = options;
  const client = engine === "server" ? { Client: CopyingClient } : {};
  const pool = new pg.Pool({ connectionTimeoutMillis: 30_000, ...config, ...client, types });
  pool.on("error", onError);
  // The pool hears those of idle connections alone. One that ends between two statements of a transaction fails the
  // next of them; unheard it would end the process, as at each restart of the server.
  pool.on("connect", (connection) => connection.on("error", () => undefined));
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    engine,
    pool,
    kysely,
    async close() {
      await kysely.destroy();
      if (!pool.ending) await pool.end(); // Kysely ends only a pool that it has used
      await onClose?.();
    },
  };
}

const copying = new WeakSet<TenantTransaction>();

/** Whether `copy … from stdin` may be run in a transaction: on a server, never in the embedded engine. */
export function canCopy(transaction: TenantTransaction): boolean {
  return copying.has(transaction);
}

/**
 * Runs `work` in one transaction as the unprivileged application role, seeing only `organizationId`.
 * Role and tenant are local to the transaction, so a pooled connection (or PgBouncer) carries nothing over.
 */
export async function withTenant<Result>(
  database: Database,
  organizationId: string,
  options: TenantOptions,
  work: (transaction: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  return inTenant(database, organizationId, options.access, "cloudoptima_app", work);
}

/** The same, as one of the roles that hold a power the application lacks; for db/gate.ts alone. */
export async function inTenant<Result>(
  database: Database,
  organizationId: string,
  access: TenantOptions["access"],
  role: "cloudoptima_app" | "cloudoptima_gate" | "cloudoptima_worker",
  work: (transaction: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  const transaction = database.kysely.transaction();
  // A reader of several statements sees one moment: a load published in between must not split an answer.
  const bound =
    access === "read"
      ? transaction.setAccessMode("read only").setIsolationLevel("repeatable read")
      : transaction.setAccessMode("read write");
  const run = bound.execute(async (open) => {
    await sql`select set_config('role', ${role}, true), set_config('app.organization_id', ${organizationId}, true)`.execute(
      open,
    );
    if (database.engine === "server") copying.add(open);
    return work(open);
  });
  return run.catch((error: unknown) => {
    throw asDatabaseAway(error);
  });
}

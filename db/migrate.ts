import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { timescaleMigration } from "./apply-timescale.ts";
import { vectorMigration } from "./apply-vector.ts";
import type { Database } from "./client.ts";

const migrationsDir = join(import.meta.dirname, "migrations");
/** Any fixed number: starters of one server queue on it. */
const advisoryLock = 7_302_114;
const maxAttempts = 5;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Applies db/migrations/*.sql in order, each in one transaction; returns the names it applied.
 * Two starters on one server take turns. A file that changed after it was applied is an error.
 */
export async function migrate(database: Database): Promise<string[]> {
  await inTransaction(database, async (client) => {
    await client.query(`create table if not exists schema_migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
  });
  const applied: string[] = [];
  for (const migration of await readMigrations()) {
    if (await inTransaction(database, (client) => applyOnce(client, migration))) applied.push(migration.name);
  }
  // Last, so that it finds every table; a server that gets the extension later gets this at its next start.
  for (const ofExtension of [timescaleMigration, vectorMigration]) {
    const migration = await inTransaction(database, ofExtension);
    if (!migration) continue;
    const wasApplied = await inTransaction(database, (client) => applyOnce(client, withChecksum(migration)));
    if (wasApplied) applied.push(migration.name);
  }
  return applied;
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(migrationsDir)).filter((name) => name.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      return withChecksum({ name, sql: await readFile(join(migrationsDir, name), "utf8") });
    }),
  );
}

function withChecksum({ name, sql }: Omit<Migration, "checksum">): Migration {
  return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
}

async function applyOnce(client: pg.PoolClient, { name, sql, checksum }: Migration): Promise<boolean> {
  const known = await client.query<{ checksum: string }>(
    "select checksum from schema_migrations where name = $1",
    [name],
  );
  const previous = known.rows[0];
  if (previous && previous.checksum !== checksum) {
    throw new Error(
      `The database was made by another version of ${name}. Use the matching version of CloudOptima, ` +
        "or start with another data folder or database.",
    );
  }
  if (previous) return false;
  await client.query(sql);
  await client.query("insert into schema_migrations (name, checksum) values ($1, $2)", [name, checksum]);
  return true;
}

async function inTransaction<Result>(
  database: Database,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const client = await database.pool.connect();
    try {
      await client.query("begin");
      await client.query("select pg_advisory_xact_lock($1)", [advisoryLock]);
      const result = await work(client);
      await client.query("commit");
      return result;
    } catch (error) {
      await client.query("rollback");
      if (attempt >= maxAttempts || !isRoleRace(error)) throw error;
    } finally {
      client.release();
    }
  }
}

/**
 * Roles belong to the whole server while the advisory lock holds for one database: another database's migration
 * can make the same role at the same moment (unique violation, duplicate object, "tuple concurrently updated").
 */
function isRoleRace(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  return (
    error.code === "42710" ||
    (error.code === "23505" && error.table === "pg_authid") ||
    (error.code === "XX000" && error.message.includes("concurrently updated"))
  );
}

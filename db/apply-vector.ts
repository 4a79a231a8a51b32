import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";

const vectorFile = join(import.meta.dirname, "vector.sql");

/**
 * The file to apply on this server, or null where pgvector cannot be used: it is not installed, or this login may not
 * create it. A server that gets it later gets this at its next start.
 */
export async function vectorMigration(
  client: Pick<pg.PoolClient, "query">,
): Promise<{ name: string; sql: string } | null> {
  const { rows } = await client.query<{ usable: boolean }>(`
    select exists (select from pg_extension where extname = 'vector') or exists (
      select from pg_available_extension_versions available
      join pg_available_extensions named on named.name = available.name
        and named.default_version = available.version
      where available.name = 'vector' and (
        (select rolsuper from pg_roles where rolname = current_user)
        or (available.trusted and has_database_privilege(current_database(), 'create')))
    ) as usable`);
  return rows[0]?.usable ? { name: "vector.sql", sql: await readFile(vectorFile, "utf8") } : null;
}

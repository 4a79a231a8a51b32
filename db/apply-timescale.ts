import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";

export const timescaleFile = join(import.meta.dirname, "timescale.sql");

/**
 * The file to apply on this server, or null where TimescaleDB cannot be used: it is not installed, or the server was
 * started without it (it must be among shared_preload_libraries before `create extension` works).
 */
export async function timescaleMigration(
  client: Pick<pg.PoolClient, "query">,
): Promise<{ name: string; sql: string } | null> {
  const { rows } = await client.query<{ usable: boolean }>(`
    select exists (select from pg_extension where extname = 'timescaledb') or (
      exists (select from pg_available_extensions where name = 'timescaledb')
      and 'timescaledb' = any(string_to_array(replace(current_setting('shared_preload_libraries'), ' ', ''), ','))
    ) as usable`);
  return rows[0]?.usable ? { name: "timescale.sql", sql: await readFile(timescaleFile, "utf8") } : null;
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";

export const timescaleFile = join(import.meta.dirname, "timescale.sql");

// Why no continuous aggregate (weighed and turned down; the daily sums stay those that ingest keeps):
// - It sums rows of one hypertable. What daily_cost_summary is by (service, region, subscription, ...) is in
//   cost_series; an aggregate that joins another table is not told when that one changes, and without the join it is
//   by series and day: as many rows as cost_daily, and no summary.
// - Which rows count is decided in cost_deliveries. Grouped by delivery, the flip would still decide at query time,
//   but days before its watermark, which is where every correction lies, it shows only after its next refresh: the
//   real-time part adds what is newer alone. Until the policy has run, a published load would answer short, while
//   sums by ingest are there in the moment of the flip and were compared with the rows before it.
//
// Costs are copied into the hypertable past its view since 0085_cost_copy.sql; the rest of the file's first
// paragraph holds. The file itself, once applied, is never changed: its checksum is compared at each start.

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

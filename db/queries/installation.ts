import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

export interface InstallationFacts {
  /** E.g. "17.5". */
  version: string;
  sizeBytes: number;
  /** The server's own clock. */
  databaseNow: Date;
  extensions: { name: string; installed: string | null; available: string | null }[];
  /** Rows of cost that the organization loaded. */
  costRowCount: number;
  /** When the oldest of its retail prices was read, by the business clock. */
  pricesReadAt: Date | null;
}

const interesting = ["timescaledb", "vector"];

/** What the database is and offers, as the application's role may see it. */
export async function readInstallation(transaction: TenantTransaction): Promise<InstallationFacts> {
  const { rows } = await sql<{
    version: string;
    size: string;
    now: Date;
    cost_rows: string;
    prices_read_at: Date | null;
  }>`
    select current_setting('server_version') as version,
           pg_database_size(current_database()) as size,
           clock_timestamp() as now,
           (select coalesce(sum(row_count), 0) from cost_deliveries where status = 'published') as cost_rows,
           (select min(read_at) from retail_prices) as prices_read_at`.execute(transaction);
  const { rows: extensions } = await sql<{ name: string; installed: string | null; available: string }>`
    select name, installed_version as installed, default_version as available
    from pg_available_extensions where name in (${sql.join(interesting)})`.execute(transaction);
  const { version, size, now, cost_rows, prices_read_at } = rows[0]!;
  return {
    version,
    sizeBytes: Number(size),
    databaseNow: now,
    costRowCount: Number(cost_rows),
    pricesReadAt: prices_read_at,
    extensions: interesting.map(
      (name) =>
        extensions.find((extension) => extension.name === name) ?? { name, installed: null, available: null },
    ),
  };
}

import { join } from "node:path";
import { createDatabase, type Database } from "./client.ts";
import { openEmbedded } from "./embedded.ts";

export interface OpenDatabaseOptions {
  /** Absent: the embedded database in `dataDir`. */
  databaseUrl?: string | undefined;
  poolSize?: number;
  /** The embedded files live in its subfolder `database`; the caller holds the lock on it. */
  dataDir: string;
  log: { error(fields: { err: Error }, message: string): void };
}

/** Opens the database that the settings name. Migrating it is the next step: migrate.ts. */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  const onError = (err: Error) => options.log.error({ err }, "database connection failed");
  if (!options.databaseUrl) {
    return openEmbedded({ filesDir: join(options.dataDir, "database"), onError });
  }
  return createDatabase({
    engine: "server",
    connectionString: options.databaseUrl,
    max: options.poolSize ?? 10,
    application_name: "cloudoptima",
    onError,
  });
}

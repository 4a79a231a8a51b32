import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { stagingMacros } from "./staging-macros.ts";

/** A private DuckDB where one load is parsed, checked and summed before the database sees a row. */
export interface Staging {
  connection: DuckDBConnection;
  /** Private to this load (mode 0700); removed on close. */
  directory: string;
  run(sql: string): Promise<void>;
  rows<Row extends Record<string, unknown>>(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

// What DuckDB may hold; the rest spills to its folder, so that ten million rows need no more than one.
const MEMORY_LIMIT = "256MB";

/** Opens an empty staging database. It reads no network: extensions are neither downloaded nor loaded. */
export async function openStaging(): Promise<Staging> {
  const directory = await mkdtemp(join(tmpdir(), "cloudoptima-load-"));
  const instance = await DuckDBInstance.create(":memory:", {
    // One: on two cores a second would take the turn of the event loop and of the embedded database.
    threads: "1",
    memory_limit: MEMORY_LIMIT,
    temp_directory: join(directory, "spill"),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run(`set TimeZone = 'UTC'; ${stagingMacros}`);
  return {
    connection,
    directory,
    run: async (sql) => void (await connection.run(sql)),
    rows: async <Row extends Record<string, unknown>>(sql: string) =>
      (await connection.runAndReadAll(sql)).getRowObjectsJS() as Row[],
    async close() {
      connection.closeSync();
      instance.closeSync();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A DuckDB string literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A DuckDB identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

import {
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBPendingResultState,
  type DuckDBPreparedStatement,
} from "@duckdb/node-api";
import { stagingMacros } from "./staging-macros.ts";
import type { StagingRow } from "./staging-request.ts";

// What DuckDB may hold; the rest spills to its folder, so that ten million rows need no more than one.
const MEMORY_LIMIT = "256MB";
// So long a query keeps its thread before a message, such as an interrupt, gets its turn.
const SLICE_MS = 10;
const failurePrefix = /^Failure running pending result task: /;

/** DuckDB in memory whose queries run in the calling thread, not in one of those that serve the product's files. */
export class StagingDatabase {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #interrupted = false;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** It reads no network: extensions are neither downloaded nor loaded. */
  static async open(spillDirectory: string): Promise<StagingDatabase> {
    const instance = await DuckDBInstance.create(":memory:", {
      threads: "1", // the caller's; a second would be DuckDB's own, of ordinary priority
      memory_limit: MEMORY_LIMIT,
      temp_directory: spillDirectory,
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    await connection.run(`set TimeZone = 'UTC'; ${stagingMacros}`);
    return new StagingDatabase(instance, connection);
  }

  /** Runs statements one after the other; returns the rows of the last. One call at a time. */
  async query(sql: string): Promise<Record<string, unknown>[]> {
    const statements = await this.#connection.extractStatements(sql);
    let rows: Record<string, unknown>[] = [];
    for (let index = 0; index < statements.count; index += 1) {
      const prepared = await statements.prepare(index);
      try {
        rows = await this.#execute(prepared);
      } finally {
        prepared.destroySync();
      }
    }
    return rows;
  }

  async append(table: string, rows: readonly StagingRow[]): Promise<void> {
    const appender = await this.#connection.createAppender(table);
    try {
      for (const row of rows) {
        for (const value of row) {
          if (value === null) appender.appendNull();
          else appender.appendVarchar(value);
        }
        appender.endRow();
      }
      appender.flushSync();
    } finally {
      appender.closeSync();
    }
  }

  /** Makes the running query and every later one fail. */
  interrupt(): void {
    this.#interrupted = true;
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #execute(prepared: DuckDBPreparedStatement): Promise<Record<string, unknown>[]> {
    const pending = prepared.start();
    try {
      for (let sliceStart = performance.now(); ; ) {
        if (this.#interrupted) this.#connection.interrupt();
        if (pending.runTask() !== DuckDBPendingResultState.RESULT_NOT_READY) break;
        if (performance.now() - sliceStart < SLICE_MS) continue;
        await new Promise((resolve) => setImmediate(resolve));
        sliceStart = performance.now();
      }
    } catch (cause) {
      // As a query that is run in one go says it.
      throw new Error((cause as Error).message.replace(failurePrefix, ""), { cause });
    }
    return (await pending.readAll()).getRowObjectsJS() as Record<string, unknown>[];
  }
}

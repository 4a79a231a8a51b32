import { availableParallelism } from "node:os";
import { setImmediate, setTimeout } from "node:timers/promises";
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

// More would share the memory in parts too small, and wait for the database that stores what they prepare.
const THREADS = Math.min(2, availableParallelism());

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
      threads: "1", // the caller's; those that opening starts have the priority of the product's own
      memory_limit: MEMORY_LIMIT,
      temp_directory: spillDirectory,
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    await connection.run(`set TimeZone = 'UTC'; ${stagingMacros}`);
    const database = new StagingDatabase(instance, connection);
    await database.#startThreads();
    return database;
  }

  /**
   * DuckDB starts its other threads when the first query after the setting starts, in the thread where that is;
   * on Linux they have its priority. Whatever is awaited in between would be done in a thread of the product's.
   */
  async #startThreads(): Promise<void> {
    const setting = await this.#connection.prepare(`set threads = ${THREADS}`);
    const query = await this.#connection.prepare("select 1");
    const set = setting.start();
    while (set.runTask() === DuckDBPendingResultState.RESULT_NOT_READY);
    await this.#execute(query);
    for (const prepared of [setting, query]) prepared.destroySync();
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
    if (this.#interrupted) throw new Error("INTERRUPT Error: Interrupted!"); // as DuckDB says it of what runs
    const pending = prepared.start();
    try {
      for (let sliceStart = performance.now(); ; ) {
        if (this.#interrupted) this.#connection.interrupt();
        const state = pending.runTask();
        // The other threads have all that is left to do.
        if (state === DuckDBPendingResultState.NO_TASKS_AVAILABLE) await setTimeout(1);
        else if (state !== DuckDBPendingResultState.RESULT_NOT_READY) break;
        if (performance.now() - sliceStart < SLICE_MS) continue;
        await setImmediate();
        sliceStart = performance.now();
      }
    } catch (cause) {
      // As a query that is run in one go says it.
      throw new Error((cause as Error).message.replace(failurePrefix, ""), { cause });
    }
    return (await pending.readAll()).getRowObjectsJS() as Record<string, unknown>[];
  }
}

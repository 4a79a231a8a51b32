import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makeStagingFolder } from "./staging-folder.ts";
import type { StagingRow, StagingTask } from "./staging-request.ts";
import { takeStagingThread } from "./staging-thread.ts";

/** A private DuckDB where one load is parsed, checked and summed before the database sees a row. */
export interface Staging {
  /** Private to this load (mode 0700); removed on close. */
  directory: string;
  run(sql: string): Promise<void>;
  rows<Row extends Record<string, unknown>>(sql: string): Promise<Row[]>;
  /** Adds rows to a table of VARCHAR columns. */
  append(table: string, rows: StagingRow[]): Promise<void>;
  /** Makes the query that runs now, and every later one, fail. */
  interrupt(): void;
  close(): Promise<void>;
}

/**
 * Opens an empty staging database, in a thread of low priority: DuckDB reads results and frees a load's memory
 * in calls that block, and its queries must not take the processor's turn from people who ask meanwhile.
 */
export async function openStaging(): Promise<Staging> {
  const directory = await makeStagingFolder();
  const thread = takeStagingThread();
  const leave = async () => {
    thread.release();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await thread.ask({ task: "open", spillDirectory: join(directory, "spill") });
  } catch (cause) {
    await leave();
    throw cause;
  }
  const ask = (task: StagingTask) => thread.ask(task);
  return {
    directory,
    run: async (sql) => void (await ask({ task: "run", sql })),
    rows: async <Row extends Record<string, unknown>>(sql: string) =>
      (await ask({ task: "rows", sql })) as Row[],
    append: async (table, rows) => void (await ask({ task: "append", table, rows })),
    // Whoever waits for the query's answer is told; a thread that ended has interrupted it by itself.
    interrupt: () => void ask({ task: "interrupt" }).catch(() => {}),
    async close() {
      await ask({ task: "close" }).finally(leave);
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

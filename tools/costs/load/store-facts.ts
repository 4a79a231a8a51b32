import { rm } from "node:fs/promises";
import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import {
  copyFacts,
  type FactTable,
  holdLoading,
  insertFacts,
  showLife,
  sumStored,
  takesLines,
} from "@cloudoptima/db/queries/cost-loading.ts";
import type { WriteContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import { CHUNK_ROWS, joinChunks, readChunks } from "./array-chunks.ts";
import { adaptiveBatchSize } from "./batch-size.ts";
import { readPieces, writeLineFiles } from "./line-files.ts";
import type { LoadedTotal } from "./load-result.ts";
import { countOutgoing, prepareSums, sumTables } from "./outgoing-tables.ts";
import type { Staging } from "./staging.ts";
import { StoredTotals } from "./stored-totals.ts";

export interface FactLoad {
  importId: string;
  /** The deliveries that this import has loading; fewer in the database mean that it was taken for abandoned. */
  deliveryIds: readonly string[];
  expected: readonly LoadedTotal[];
}

const LARGEST_BATCH = 2_500;
/** Connections that store rows: a COPY keeps one core of the server busy, and preparing its lines less than one here. */
const ROW_CONNECTIONS = 2;
/** Two tables of sums at a time: one's lines are made while the server copies the other's. */
const SUM_CONNECTIONS = 2;
// Far below the silence after which a load is taken for abandoned.
const LIFE_EVERY_MS = 60_000;

/**
 * Stores cost rows and their sums, and proves each table against what was read. A server stores the sums beside the
 * rows, on connections of their own; the embedded engine has one.
 */
export async function storeFacts(ctx: WriteContext, staging: Staging, load: FactLoad): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([ctx.signal, stop.signal]);
  const byLines = await ctx.read(takesLines);
  const goOn = signsOfLife({ ...ctx, signal }, load);
  const store = (table: FactTable) =>
    (byLines ? storeLines : storeArrays)(ctx, staging, { ...load, table, goOn, stop });
  const storeSums = async () => {
    await prepareSums(staging);
    const waiting = sumTables.values();
    const connections = Array.from({ length: byLines ? SUM_CONNECTIONS : 1 }, async () => {
      for (const table of waiting) await store(table);
    });
    await together(connections, stop);
  };
  const rows = store("cost_data");
  if (!byLines) await rows;
  await together([rows, storeSums()], stop);
}

/** Waits until all have ended; none begins another batch after one's failure, which is thrown. */
async function together(works: readonly Promise<void>[], stop: AbortController): Promise<void> {
  const settled = await Promise.allSettled(
    works.map((work) =>
      work.catch((cause) => {
        stop.abort(cause);
        throw cause;
      }),
    ),
  );
  for (const each of settled) if (each.status === "rejected") throw each.reason;
}

interface TableLoad extends FactLoad {
  table: FactTable;
  goOn: GoOn;
  /** Ends the whole load's storing. */
  stop: AbortController;
}

async function storeLines(ctx: WriteContext, staging: Staging, load: TableLoad): Promise<void> {
  const proceed = await watchProgress(ctx, staging, load.table);
  const files = writeLineFiles(staging, load.table);
  await together(
    Array.from({ length: load.table === "cost_data" ? ROW_CONNECTIONS : 1 }, async () => {
      for (let next = await files.next(); !next.done; next = await files.next()) {
        const { path, rowCount } = next.value;
        await load.goOn((transaction) => copyFacts(transaction, load.table, readPieces(path)));
        await rm(path);
        proceed(rowCount);
      }
    }),
    load.stop,
  );
  const stored = new StoredTotals();
  stored.add(await load.goOn((transaction) => sumStored(transaction, load.table, load.deliveryIds)));
  stored.mustEqual(load.expected, load.table);
}

/** For the embedded engine: statements so short that other people's questions fit between. */
async function storeArrays(ctx: WriteContext, staging: Staging, load: TableLoad): Promise<void> {
  const proceed = await watchProgress(ctx, staging, load.table);
  const stored = new StoredTotals();
  const size = adaptiveBatchSize(1_000, LARGEST_BATCH);
  for await (const page of readChunks(staging, load.table)) {
    for (let from = 0; from < page.length; ) {
      const chunks = page.slice(from, from + Math.max(1, Math.floor(size.rows / CHUNK_ROWS)));
      from += chunks.length;
      const { arrays, rowCount } = joinChunks(chunks);
      const began = performance.now();
      stored.add(await load.goOn((transaction) => insertFacts(transaction, load.table, arrays)));
      size.took(performance.now() - began, rowCount);
      proceed(rowCount);
    }
  }
  stored.mustEqual(load.expected, load.table);
}

/** Runs a batch in a transaction, unless the load was taken for abandoned. */
type GoOn = <Result>(work: (transaction: TenantTransaction) => Promise<Result>) => Promise<Result>;

function signsOfLife(ctx: WriteContext, load: FactLoad): GoOn {
  let shown = performance.now(); // its deliveries were made just now
  return async (work) => {
    ctx.signal.throwIfAborted();
    if (performance.now() - shown > LIFE_EVERY_MS) {
      shown = performance.now();
      await ctx.write((transaction) => showLife(transaction, load.importId));
    }
    return ctx.write(async (transaction) => {
      if ((await holdLoading(transaction, load.importId)) === load.deliveryIds.length)
        return work(transaction);
      throw new AppError("conflict", "This load was silent for so long that its rows were removed.", {
        hint: "Start it again; nothing of it was kept.",
      });
    });
  };
}

async function watchProgress(ctx: WriteContext, staging: Staging, table: FactTable) {
  const total = await countOutgoing(staging, table);
  const started = performance.now();
  let done = 0;
  return (rowCount: number) => {
    done += rowCount;
    const rate = Math.round((done / (performance.now() - started)) * 1000);
    const message = table === "cost_data" ? `Storing cost rows (${rate} rows/s)` : "Storing sums";
    ctx.progress({ message, done, total, unit: "rows" });
  };
}

import { createReadStream } from "node:fs";
import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { abandonDeliveries } from "@cloudoptima/db/queries/cost-deletion.ts";
import {
  copyFacts,
  type FactTable,
  findPublishedDeliveries,
  insertFacts,
  insertLoadingDeliveries,
  keepLoading,
  publishDeliveries,
  sumStored,
  takesLines,
  upsertSeries,
} from "@cloudoptima/db/queries/cost-loading.ts";
import type { WriteContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import { CHUNK_ROWS, joinChunks, readChunks } from "./array-chunks.ts";
import { adaptiveBatchSize } from "./batch-size.ts";
import type { DeliveryKey } from "./cost-record.ts";
import { writeLineFiles } from "./line-files.ts";
import type { LoadedDelivery, LoadedTotal, LoadResult } from "./load-result.ts";
import { countOutgoing, factTableNames, prepareFactTables } from "./outgoing-tables.ts";
import { removeSupersededCosts } from "./remove-superseded-costs.ts";
import type { Staging } from "./staging.ts";
import { storeSourceTotals } from "./store-source-totals.ts";
import { StoredTotals } from "./stored-totals.ts";
import { readDeliveries, readTotals, type StagedDelivery } from "./summarize-staged.ts";

export interface StagedLoad {
  connectionId: string;
  source: string;
  replaceScopes: readonly DeliveryKey[];
}

const LARGEST_BATCH = 2_500;

/** Stores what `summarizeStaged` prepared: short batches under unpublished deliveries, proof, one flip. */
export async function loadStaged(ctx: WriteContext, staging: Staging, load: StagedLoad): Promise<LoadResult> {
  const importId = ctx.newId();
  const staged = await readDeliveries(staging);
  const totals = await readTotals(staging);
  const rowCount = totals.reduce((sum, total) => sum + total.rowCount, 0);
  const plan = await planDeliveries(ctx, staged, load.replaceScopes);
  const deliveries = staged.map((delivery): LoadedDelivery => {
    const { number, contentHash, firstDay, lastDay, ...key } = delivery;
    return { ...key, outcome: plan.outcome(delivery) };
  });
  const result = { importId, deliveries, rowCount, totals };
  const wanted = staged.filter((delivery) => plan.outcome(delivery) !== "unchanged");
  if (wanted.length === 0 && plan.emptied.length === 0) return { ...result, alreadyLoaded: true };

  try {
    await storeDeliveries(ctx, staging, importId, load, wanted);
    await publish(ctx, importId, wanted.length, plan.emptied);
  } catch (error) {
    // Nobody ever saw these rows. If even this fails, the next load or start finds them silent and removes them.
    await ctx
      .write((transaction) => abandonDeliveries(transaction, { importId }))
      .catch((cause) => ctx.log.warn({ err: cause, importId }, "could not mark a failed load as abandoned"));
    throw error;
  } finally {
    await removeSupersededCosts(ctx).catch((cause) =>
      ctx.log.warn({ err: cause, importId }, "replaced cost rows remain until the next load or start"),
    );
  }
  return { ...result, alreadyLoaded: false };
}

interface DeliveryPlan {
  outcome(delivery: StagedDelivery): LoadedDelivery["outcome"];
  /** Published deliveries that the source covers but has no rows for any more. */
  emptied: string[];
}

async function planDeliveries(
  ctx: WriteContext,
  staged: readonly StagedDelivery[],
  replaceScopes: readonly DeliveryKey[],
): Promise<DeliveryPlan> {
  const accounts = new Set([...staged, ...replaceScopes].map((key) => key.billingAccountId));
  const published = await ctx.read((transaction) => findPublishedDeliveries(transaction, [...accounts]));
  const keyOf = (provider: string, account: string, scope: string, start: string) =>
    JSON.stringify([provider, account, scope, start]);
  const byKey = new Map(
    published.map((row) => [keyOf(row.provider, row.billing_account_id, row.scope, row.period_start), row]),
  );
  const find = (key: DeliveryKey, scope = key.scope) =>
    byKey.get(keyOf(key.provider, key.billingAccountId, scope, key.periodStart));
  for (const delivery of staged) {
    if (delivery.scope === "" || !find(delivery, "")) continue;
    throw new AppError(
      "conflict",
      `The billing period from ${delivery.periodStart} of account ${delivery.billingAccountId} is already loaded for the whole account; adding ${delivery.scope} alone would count it twice.`,
      { hint: "Load either the whole account's export or its parts, not both." },
    );
  }
  const arriving = new Set(
    staged.map((key) => keyOf(key.provider, key.billingAccountId, key.scope, key.periodStart)),
  );
  const emptied = replaceScopes
    .filter((key) => !arriving.has(keyOf(key.provider, key.billingAccountId, key.scope, key.periodStart)))
    .flatMap((key) => find(key)?.id ?? []);
  return {
    emptied,
    outcome(delivery) {
      const older = find(delivery);
      if (older?.content_hash === delivery.contentHash) return "unchanged";
      if (older) return "replaced";
      const replacesParts =
        delivery.scope === "" &&
        published.some(
          (row) =>
            row.provider === delivery.provider &&
            row.billing_account_id === delivery.billingAccountId &&
            row.period_start === delivery.periodStart,
        );
      return replacesParts ? "replaced" : "new";
    },
  };
}

async function storeDeliveries(
  ctx: WriteContext,
  staging: Staging,
  importId: string,
  load: StagedLoad,
  wanted: readonly StagedDelivery[],
): Promise<void> {
  if (wanted.length === 0) return;
  const numbers = wanted.map((delivery) => delivery.number);
  const expected = await readTotals(staging, numbers);
  await storeSeries(ctx, staging);
  const ids = await ctx.write((transaction) =>
    insertLoadingDeliveries(
      transaction,
      wanted.map((delivery) => ({
        ...delivery,
        importId,
        connectionId: load.connectionId,
        source: load.source,
      })),
    ),
  );
  await prepareFactTables(staging, new Map(numbers.map((number, index) => [number, ids[index]!])));
  for (const table of factTableNames) {
    await storeFacts(ctx, staging, { importId, table, deliveryIds: ids, expected });
  }
  await storeSourceTotals(ctx, staging, new Map(numbers.map((number, index) => [number, ids[index]!])));
}

/** Stores the dictionary and keeps its ids in the staging table `loaded_series`. */
async function storeSeries(ctx: WriteContext, staging: Staging): Promise<void> {
  await staging.run("create table stored_series (series_id bigint, series_hash varchar)");
  let done = 0;
  for await (const page of readChunks(staging, "series")) {
    for (const chunk of page) {
      ctx.signal.throwIfAborted();
      const { arrays, rowCount } = joinChunks([chunk]);
      const stored = await ctx.write((transaction) =>
        upsertSeries(transaction, arrays as Parameters<typeof upsertSeries>[1]),
      );
      const values = stored.map((series) => `(${series.id}, '${series.series_hash}')`).join(", ");
      await staging.run(`insert into stored_series values ${values}`);
      done += rowCount;
      ctx.progress({ message: "Storing what the costs are for", done, unit: "series" });
    }
  }
  await staging.run(`
    create table loaded_series as
    select series_number, series_id from series join stored_series using (series_hash)`);
}

interface FactLoad {
  importId: string;
  table: FactTable;
  /** The deliveries that this import has loading; fewer in the database mean that it was taken for abandoned. */
  deliveryIds: readonly string[];
  expected: readonly LoadedTotal[];
}

async function storeFacts(ctx: WriteContext, staging: Staging, load: FactLoad): Promise<void> {
  const total = await countOutgoing(staging, load.table);
  const stored = new StoredTotals();
  const started = performance.now();
  let done = 0;
  const proceed = (rowCount: number) => {
    done += rowCount;
    const rate = Math.round((done / (performance.now() - started)) * 1000);
    const message = load.table === "cost_data" ? `Storing cost rows (${rate} rows/s)` : "Storing sums";
    ctx.progress({ message, done, total, unit: "rows" });
  };
  if (await ctx.read(takesLines)) {
    for await (const file of writeLineFiles(staging, load.table)) {
      await storeBatch(ctx, load, (transaction) =>
        copyFacts(transaction, load.table, createReadStream(file.path)),
      );
      proceed(file.rowCount);
    }
    stored.add(await ctx.read((transaction) => sumStored(transaction, load.table, load.deliveryIds)));
  } else {
    for await (const { arrays, rowCount } of readBatches(staging, load.table)) {
      stored.add(await storeBatch(ctx, load, (transaction) => insertFacts(transaction, load.table, arrays)));
      proceed(rowCount);
    }
  }
  stored.mustEqual(load.expected, load.table);
}

/** For the embedded engine, which has one connection: statements so short that other people's questions fit between. */
async function* readBatches(
  staging: Staging,
  table: FactTable,
): AsyncGenerator<ReturnType<typeof joinChunks>> {
  const size = adaptiveBatchSize(1_000, LARGEST_BATCH);
  for await (const page of readChunks(staging, table)) {
    for (let from = 0; from < page.length; ) {
      const chunks = page.slice(from, from + Math.max(1, Math.floor(size.rows / CHUNK_ROWS)));
      from += chunks.length;
      const batch = joinChunks(chunks);
      const began = performance.now();
      yield batch; // until it is stored
      size.took(performance.now() - began, batch.rowCount);
    }
  }
}

async function storeBatch<Result>(
  ctx: WriteContext,
  load: FactLoad,
  work: (transaction: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  ctx.signal.throwIfAborted();
  return ctx.write(async (transaction) => {
    if ((await keepLoading(transaction, load.importId)) === load.deliveryIds.length) return work(transaction);
    throw new AppError("conflict", "This load was silent for so long that its rows were removed.", {
      hint: "Start it again; nothing of it was kept.",
    });
  });
}

async function publish(
  ctx: WriteContext,
  importId: string,
  expected: number,
  emptied: readonly string[],
): Promise<void> {
  await ctx.write(async (transaction) => {
    const { published } = await publishDeliveries(transaction, importId, ctx.now().toString(), emptied);
    if (published === expected) return;
    throw new AppError("conflict", "This load was taken for abandoned before it could be published.", {
      hint: "Start it again; nothing of it was kept.",
    });
  });
}

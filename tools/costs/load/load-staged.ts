import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { abandonDeliveries } from "@cloudoptima/db/queries/cost-deletion.ts";
import {
  findCountedTwice,
  findPublishedDeliveries,
  insertLoadingDeliveries,
  publishDeliveries,
  upsertSeries,
} from "@cloudoptima/db/queries/cost-loading.ts";
import { findSharedSubscription } from "@cloudoptima/db/queries/shared-subscriptions.ts";
import type { WriteContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import { alreadyFromElsewhere } from "./already-from-elsewhere.ts";
import { joinChunks, readChunks } from "./array-chunks.ts";
import type { DeliveryKey } from "./cost-record.ts";
import type { LoadedDelivery, LoadResult } from "./load-result.ts";
import { prepareRows } from "./outgoing-tables.ts";
import { removeSupersededCosts } from "./remove-superseded-costs.ts";
import type { Staging } from "./staging.ts";
import { storeFacts } from "./store-facts.ts";
import { storeSourceTotals } from "./store-source-totals.ts";
import { readDeliveries, readTotals, type StagedDelivery } from "./summarize-staged.ts";

export interface StagedLoad {
  connectionId: string;
  source: string;
  replaceScopes: readonly DeliveryKey[];
  /** Runs in the transaction of the flip, or alone where nothing is to be flipped. */
  onPublished?(transaction: TenantTransaction, deliveries: readonly LoadedDelivery[]): Promise<void>;
}

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
  const onPublished = (transaction: TenantTransaction) => load.onPublished?.(transaction, deliveries);
  if (wanted.length === 0 && plan.emptied.length === 0) {
    if (load.onPublished) await ctx.write(async (transaction) => onPublished(transaction));
    return { ...result, alreadyLoaded: true };
  }

  try {
    await storeDeliveries(ctx, staging, importId, load, wanted);
    await publish(ctx, importId, wanted.length, plan.emptied, onPublished);
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
    throw countedTwice(delivery.periodStart, delivery.billingAccountId, delivery.scope);
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
  const stored = new Map(numbers.map((number, index) => [number, ids[index]!]));
  await prepareRows(staging, stored);
  await storeFacts(ctx, staging, { importId, deliveryIds: ids, expected });
  await storeSourceTotals(ctx, staging, stored);
}

/** Stores the dictionary and keeps its ids in the staging table `loaded_series`. */
async function storeSeries(ctx: WriteContext, staging: Staging): Promise<void> {
  await staging.run(
    "create table stored_series (series_id bigint, series_hash varchar, charge_kind varchar)",
  );
  let done = 0;
  for await (const page of readChunks(staging, "series")) {
    for (const chunk of page) {
      ctx.signal.throwIfAborted();
      const { arrays, rowCount } = joinChunks([chunk]);
      const stored = await ctx.write((transaction) =>
        upsertSeries(transaction, arrays as Parameters<typeof upsertSeries>[1]),
      );
      const values = stored
        .map((series) => `(${series.id}, '${series.series_hash}', '${series.charge_kind}')`)
        .join(", ");
      await staging.run(`insert into stored_series values ${values}`);
      done += rowCount;
      ctx.progress({ message: "Storing what the costs are for", done, unit: "series" });
    }
  }
  await staging.run(`
    create table loaded_series as
    select series_number, series_id, charge_kind from series join stored_series using (series_hash)`);
}

async function publish(
  ctx: WriteContext,
  importId: string,
  expected: number,
  emptied: readonly string[],
  onPublished: (transaction: TenantTransaction) => Promise<void> | undefined,
): Promise<void> {
  await ctx.write(async (transaction) => {
    const { published } = await publishDeliveries(transaction, importId, ctx.now().toString(), emptied);
    if (published !== expected) {
      throw new AppError("conflict", "This load was taken for abandoned before it could be published.", {
        hint: "Start it again; nothing of it was kept.",
      });
    }
    // Another load may have published the whole account since this one was planned.
    const twice = await findCountedTwice(transaction, importId);
    if (twice) throw countedTwice(twice.period_start, twice.billing_account_id, twice.scope);
    const shared = await findSharedSubscription(transaction, importId);
    if (shared) throw alreadyFromElsewhere(shared);
    await onPublished(transaction);
  });
}

function countedTwice(periodStart: string, account: string, scope: string): AppError {
  return new AppError(
    "conflict",
    `The billing period from ${periodStart} of account ${account} is already loaded for the whole account; adding ${scope} alone would count it twice.`,
    { hint: "Load either the whole account's export or its parts, not both." },
  );
}

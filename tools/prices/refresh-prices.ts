import {
  forgetPrices,
  keepComputeSizes,
  keepRetailPrices,
  listBillingCurrencies,
  listPriceAges,
  listPricedUses,
  readComputeSizes,
  type StoredPrices,
} from "@cloudoptima/db/queries/prices.ts";
import type { CloudRead, RetailPrice, RetailPriceQuery } from "../clouds/cloud.ts";
import type { WriteContext } from "../kernel/context.ts";
import { createSizeBook } from "./create-size-book.ts";
import { machineGroup, machineService, type PriceGroup, priceGroups } from "./price-groups.ts";
import type { SizeBook } from "./size-book.ts";
import { fromStoredSizes, toStoredSku } from "./stored-prices.ts";
import { machineTypes, type WantedPrices, wantedPrices } from "./wanted-prices.ts";

/** List prices and offers change on single days of a month: a day old they are still good. */
const freshHours = 24;
/** Sizes asked for in one query; with all their lines they are less than half a page. */
const sizesPerQuery = 30;
/** Where a subscription has no costs yet, prices are read in Azure's own currency. */
const defaultCurrency = "USD";

/** Reads what a subscription is offered where it has machines, unless that was done in the last 24 hours. */
export async function refreshSizes(
  ctx: WriteContext,
  cloud: Pick<CloudRead, "resourceSkus">,
  connectionId: string,
  subscriptionId: string,
): Promise<void> {
  const { uses, kept } = await ctx.read(async (transaction) => ({
    uses: await listPricedUses(transaction, connectionId),
    kept: await readComputeSizes(transaction, { subscriptionId }),
  }));
  const own = uses.filter((use) => use.subscriptionId === subscriptionId && machineTypes.has(use.type));
  for (const region of new Set(own.map((use) => use.region))) {
    const before = kept.find((row) => row.region === region);
    if (before && isFresh(ctx, before.readAt)) continue;
    const skus = await cloud.resourceSkus(subscriptionId, region, ctx.signal);
    const sizes = skus.map(toStoredSku);
    await ctx.write((transaction) =>
      keepComputeSizes(transaction, ctx.actor.organizationId, connectionId, {
        subscriptionId,
        region,
        readAt: nowOf(ctx),
        sizes,
      }),
    );
  }
}

/**
 * Reads the prices of what the connection's inventory uses and could use instead, in its billing currencies, in few
 * calls; what was read in the last 24 hours is kept as it is. When a call fails, what was there before stays.
 */
export async function refreshPrices(
  ctx: WriteContext,
  cloud: Pick<CloudRead, "retailPrices">,
  connectionId: string,
): Promise<void> {
  const { uses, currencies, ages, sizes } = await ctx.read(async (transaction) => ({
    uses: await listPricedUses(transaction, connectionId),
    currencies: await listBillingCurrencies(transaction),
    ages: await listPriceAges(transaction, connectionId),
    sizes: await readComputeSizes(transaction, { connectionId }),
  }));
  const offers = Map.groupBy(sizes, ({ subscriptionId }) => subscriptionId);
  const books = new Map<string, SizeBook>();
  const sizesOf = (subscriptionId: string) => {
    let book = books.get(subscriptionId);
    if (!book) {
      const rows = offers.get(subscriptionId) ?? [];
      book = createSizeBook(new Map(rows.map((row) => [row.region, fromStoredSizes(row)])));
      books.set(subscriptionId, book);
    }
    return book;
  };
  const currencyOf = (subscriptionId: string) => currencies.get(subscriptionId) ?? defaultCurrency;
  const fresh = new Set(ages.filter(({ readAt }) => isFresh(ctx, readAt)).map(keyOf));
  const due = wantedPrices(uses, currencyOf, sizesOf).filter((wanted) => !fresh.has(keyOf(wanted)));
  const keep = (rows: StoredPrices[]) =>
    ctx.write((transaction) => keepRetailPrices(transaction, ctx.actor.organizationId, connectionId, rows));

  for (const batch of machineBatches(due)) {
    const [{ currency, region }] = batch;
    const armSkus = batch.map(({ size }) => size);
    const lines = await readAll(ctx, cloud, {
      currency,
      service: machineService,
      regions: [region],
      armSkus,
    });
    const bySize = Map.groupBy(lines, ({ armSku }) => armSku);
    await keep(
      batch.map((wanted) => ({ ...wanted, readAt: nowOf(ctx), prices: bySize.get(wanted.size) ?? [] })),
    );
  }
  for (const wanted of due) {
    const group = (priceGroups as readonly PriceGroup[]).find(({ name }) => name === wanted.group);
    if (!group) continue;
    const { currency, region } = wanted;
    const regions = [group.global ? "Global" : region];
    const query = { currency, service: group.service, regions, products: group.products };
    await keep([{ ...wanted, readAt: nowOf(ctx), prices: await readAll(ctx, cloud, query) }]);
  }
  // All that is wanted is fresh now, so what is not is of things that nobody uses any more.
  const oldest = new Date(nowOf(ctx).getTime() - freshHours * 3_600_000);
  await ctx.write((transaction) => forgetPrices(transaction, connectionId, oldest));
}

/** Sizes of one region and currency together, so that few calls bring them. */
function machineBatches(due: readonly WantedPrices[]): [WantedPrices, ...WantedPrices[]][] {
  const machines = due.filter(({ group }) => group === machineGroup);
  const together = Map.groupBy(machines, ({ currency, region }) => `${currency} ${region}`);
  return [...together.values()].flatMap((sizes) => {
    const batches: [WantedPrices, ...WantedPrices[]][] = [];
    for (let start = 0; start < sizes.length; start += sizesPerQuery) {
      const [first, ...others] = sizes.slice(start, start + sizesPerQuery);
      if (first) batches.push([first, ...others]);
    }
    return batches;
  });
}

async function readAll(
  ctx: WriteContext,
  cloud: Pick<CloudRead, "retailPrices">,
  query: RetailPriceQuery,
): Promise<RetailPrice[]> {
  const lines: RetailPrice[] = [];
  for await (const page of cloud.retailPrices(query, ctx.signal)) lines.push(...page);
  return lines;
}

function keyOf({ currency, region, group, size }: Omit<StoredPrices, "readAt" | "prices">): string {
  return [currency, region, group, size.toLowerCase()].join("|");
}

function isFresh(ctx: WriteContext, readAt: Date): boolean {
  const ageMs = nowOf(ctx).getTime() - readAt.getTime();
  // Read in the future: by a clock that ran ahead.
  return ageMs >= 0 && ageMs < freshHours * 3_600_000;
}

function nowOf(ctx: WriteContext): Date {
  return new Date(ctx.now().epochMilliseconds);
}

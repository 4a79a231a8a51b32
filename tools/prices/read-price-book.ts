import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { listBillingCurrencies, readComputeSizes, readPricesOf } from "@cloudoptima/db/queries/prices.ts";
import { createPriceBook } from "./create-price-book.ts";
import { createSizeBook } from "./create-size-book.ts";
import type { PriceBook } from "./price-book.ts";
import { fromStoredPrices, fromStoredSizes } from "./stored-prices.ts";
import { unknownPrices } from "./unknown-prices.ts";

/** What is known of prices and sizes where a subscription has resources, in the currency of its costs. */
export async function readPriceBook(
  transaction: TenantTransaction,
  subscriptionId: string,
  now: Temporal.Instant,
): Promise<PriceBook> {
  const currency = (await listBillingCurrencies(transaction)).get(subscriptionId) ?? "USD";
  const prices = await readPricesOf(transaction, subscriptionId, currency);
  const offers = await readComputeSizes(transaction, { subscriptionId });
  const sizes = createSizeBook(new Map(offers.map((row) => [row.region, fromStoredSizes(row)])));
  if (prices.length === 0) return { ...unknownPrices(currency), sizes };
  return createPriceBook(prices.map(fromStoredPrices), { currency, sizes, now });
}

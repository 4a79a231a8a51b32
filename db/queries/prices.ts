import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** Where something that has a price is in use; `size` is a machine size's ARM name, null for everything else. */
export interface PricedUse {
  subscriptionId: string;
  region: string;
  type: string;
  size: string | null;
}

/** What a connection's inventory uses of things that have a price, each kind in each region once. */
export async function listPricedUses(
  transaction: TenantTransaction,
  connectionId: string,
): Promise<PricedUse[]> {
  const { rows } =
    await sql<PricedUse>`select distinct subscription_id as "subscriptionId", region, type, size from (
      select subscription_id, region, resource_type as type,
        case resource_type
          when 'microsoft.compute/virtualmachines' then properties->'hardwareProfile'->>'vmSize'
          when 'microsoft.compute/virtualmachinescalesets' then properties->'sku'->>'name'
        end as size
      from resources
      where connection_id = ${connectionId}::uuid and gone_at is null and region is not null
      union all
      select subscription_id, region, resource_type, pool->>'vmSize'
      from resources, jsonb_array_elements(case jsonb_typeof(properties->'agentPoolProfiles')
        when 'array' then properties->'agentPoolProfiles' else '[]' end) as pool
      where connection_id = ${connectionId}::uuid and gone_at is null and region is not null
        and resource_type = 'microsoft.containerservice/managedclusters'
    ) used order by 1, 2, 3, 4`.execute(transaction);
  return rows;
}

/** The currency of each subscription's newest costs. */
export async function listBillingCurrencies(transaction: TenantTransaction): Promise<Map<string, string>> {
  const { rows } = await sql<{ subscription: string; currency: string }>`
    select distinct on (sub_account_id) sub_account_id as subscription, currency
    from monthly_service_summary
    order by sub_account_id, month desc, row_count desc, currency`.execute(transaction);
  return new Map(rows.map(({ subscription, currency }) => [subscription, currency]));
}

/** Lines of a price list as they were read together. */
export interface StoredPrices {
  currency: string;
  region: string;
  group: string;
  /** ARM name of a machine size; "" for every other group. */
  size: string;
  readAt: Date;
  prices: unknown[];
}

/** Adds prices, in place of those of the same key. */
export async function keepRetailPrices(
  transaction: TenantTransaction,
  organizationId: string,
  connectionId: string,
  rows: readonly StoredPrices[],
): Promise<void> {
  if (rows.length === 0) return;
  await transaction
    .insertInto("retail_prices")
    .values(
      rows.map(({ currency, region, group, size, readAt, prices }) => ({
        organization_id: organizationId,
        connection_id: connectionId,
        currency,
        region,
        price_group: group,
        size,
        read_at: readAt,
        prices: JSON.stringify(prices),
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["organization_id", "connection_id", "currency", "region", "price_group", "size"])
        .doUpdateSet((eb) => ({ read_at: eb.ref("excluded.read_at"), prices: eb.ref("excluded.prices") })),
    )
    .execute();
}

/** When each of a connection's prices was read; without the prices themselves. */
export async function listPriceAges(
  transaction: TenantTransaction,
  connectionId: string,
): Promise<Omit<StoredPrices, "prices">[]> {
  return transaction
    .selectFrom("retail_prices")
    .select(["currency", "region", "price_group as group", "size", "read_at as readAt"])
    .where("connection_id", "=", connectionId)
    .execute();
}

/** Forgets prices that were read before a moment: of what is not in use any more. Returns how many. */
export async function forgetPrices(
  transaction: TenantTransaction,
  connectionId: string,
  before: Date,
): Promise<number> {
  const { numDeletedRows } = await transaction
    .deleteFrom("retail_prices")
    .where("connection_id", "=", connectionId)
    .where("read_at", "<", before)
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** Prices in a currency that hold in some regions, of the connections through which a subscription is seen. */
export async function readPricesOf(
  transaction: TenantTransaction,
  subscriptionId: string,
  currency: string,
): Promise<StoredPrices[]> {
  const { rows } = await sql<StoredPrices>`
    select currency, region, price_group as "group", size, read_at as "readAt", prices
    from retail_prices
    where currency = ${currency}
      and connection_id in (select connection_id from resources
        where subscription_id = ${subscriptionId} and gone_at is null)
      and (region = 'global' or region in (select region from resources
        where subscription_id = ${subscriptionId} and gone_at is null))
    order by read_at`.execute(transaction);
  return rows;
}

/** One machine size's prices in a region, in every currency and of every connection. */
export async function readMachinePrices(
  transaction: TenantTransaction,
  region: string,
  size: string,
): Promise<(StoredPrices & { connectionName: string })[]> {
  return transaction
    .selectFrom("retail_prices as p")
    .innerJoin("cloud_connections as c", "c.id", "p.connection_id")
    .select([
      "c.connection_name as connectionName",
      "p.currency",
      "p.region",
      "p.price_group as group",
      "p.size",
      "p.read_at as readAt",
      "p.prices",
    ])
    .where("p.region", "=", region.toLowerCase())
    .where("p.price_group", "=", "virtual_machines")
    .where((eb) => eb(eb.fn<string>("lower", ["p.size"]), "=", size.toLowerCase()))
    .orderBy("connectionName")
    .orderBy("p.currency")
    .execute();
}

/** What a subscription is offered in a region. */
export interface StoredSizes {
  subscriptionId: string;
  region: string;
  readAt: Date;
  sizes: unknown[];
}

/** Adds what a subscription is offered in a region, in place of what it was offered before. */
export async function keepComputeSizes(
  transaction: TenantTransaction,
  organizationId: string,
  connectionId: string,
  { subscriptionId, region, readAt, sizes }: StoredSizes,
): Promise<void> {
  await transaction
    .insertInto("compute_sizes")
    .values({
      organization_id: organizationId,
      connection_id: connectionId,
      subscription_id: subscriptionId,
      region,
      read_at: readAt,
      sizes: JSON.stringify(sizes),
    })
    .onConflict((conflict) =>
      conflict
        .columns(["organization_id", "connection_id", "subscription_id", "region"])
        .doUpdateSet((eb) => ({ read_at: eb.ref("excluded.read_at"), sizes: eb.ref("excluded.sizes") })),
    )
    .execute();
}

/** What was read of a connection's or a subscription's offers. */
export async function readComputeSizes(
  transaction: TenantTransaction,
  of: { connectionId: string } | { subscriptionId: string } | { region: string },
): Promise<StoredSizes[]> {
  let query = transaction
    .selectFrom("compute_sizes")
    .select(["subscription_id as subscriptionId", "region", "read_at as readAt", "sizes"])
    .orderBy("read_at");
  if ("connectionId" in of) query = query.where("connection_id", "=", of.connectionId);
  if ("subscriptionId" in of) query = query.where("subscription_id", "=", of.subscriptionId);
  if ("region" in of) query = query.where("region", "=", of.region);
  return query.execute();
}

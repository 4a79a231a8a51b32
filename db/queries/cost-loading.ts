import { CompiledQuery, type RawBuilder, sql } from "kysely";
import { canCopy, type TenantTransaction } from "../client.ts";
import type { CopyData } from "../copying-client.ts";

/** A PostgreSQL array literal, one element per row. */
type ArrayText = string;

export interface DeliveryRow {
  connectionId: string;
  importId: string;
  source: string;
  provider: string;
  billingAccountId: string;
  scope: string;
  periodStart: string;
  periodEnd: string;
  /** With cost, both inclusive. */
  firstDay: string;
  lastDay: string;
  contentHash: string;
  rowCount: number;
}

export interface PublishedDelivery {
  id: string;
  provider: string;
  billing_account_id: string;
  scope: string;
  period_start: string;
  content_hash: string;
}

/** What a batch stored, summed by the database over the rows it wrote. Exact decimal strings. */
export interface StoredSums {
  currency: string;
  row_count: string;
  billed_cost: string;
  effective_cost: string;
  contracted_cost: string;
  list_cost: string;
}

/** Published deliveries of the given billing accounts. */
export async function findPublishedDeliveries(
  transaction: TenantTransaction,
  billingAccountIds: readonly string[],
): Promise<PublishedDelivery[]> {
  if (billingAccountIds.length === 0) return [];
  const { rows } = await sql<PublishedDelivery>`
    select id, provider, billing_account_id, scope, period_start, content_hash from cost_deliveries
    where status = 'published' and billing_account_id = any(${[...billingAccountIds]}::text[])`.execute(
    transaction,
  );
  return rows;
}

/** Starts deliveries that nobody sees yet. Returns their ids in the order given. */
export async function insertLoadingDeliveries(
  transaction: TenantTransaction,
  deliveries: readonly DeliveryRow[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const delivery of deliveries) {
    const { rows } = await sql<{ id: string }>`
      insert into cost_deliveries (organization_id, connection_id, import_id, source, provider,
        billing_account_id, scope, period_start, period_end, first_day, last_day, content_hash, row_count, status, loaded_at)
      values (current_organization(), ${delivery.connectionId}, ${delivery.importId}, ${delivery.source},
        ${delivery.provider}, ${delivery.billingAccountId}, ${delivery.scope}, ${delivery.periodStart},
        ${delivery.periodEnd}, ${delivery.firstDay}, ${delivery.lastDay}, ${delivery.contentHash}, ${delivery.rowCount}, 'loading', clock_timestamp())
      returning id`.execute(transaction);
    ids.push(rows[0]!.id);
  }
  return ids;
}

/**
 * A running load's right to go on: how many of its deliveries are still loading, which nobody changes before the
 * transaction ends. Fewer than it started means that someone took it for abandoned.
 */
export async function holdLoading(transaction: TenantTransaction, importId: string): Promise<number> {
  const { rows } = await sql`
    select from cost_deliveries where import_id = ${importId} and status = 'loading' for share`.execute(
    transaction,
  );
  return rows.length;
}

/** Sign of life of a running load; waits for the batches that it is storing. */
export async function showLife(transaction: TenantTransaction, importId: string): Promise<void> {
  await sql`update cost_deliveries set loaded_at = clock_timestamp()
    where import_id = ${importId} and status = 'loading'`.execute(transaction);
}

/** Finds or makes the series with these hashes; `columns` are array literals in one order. */
export async function upsertSeries(
  transaction: TenantTransaction,
  columns: Record<SeriesColumn | "series_hash" | "tags", ArrayText>,
): Promise<{ id: string; series_hash: string; charge_kind: string }[]> {
  await sql`
    insert into cost_series (organization_id, series_hash, tags, ${seriesList})
    select current_organization(), series_hash, tags::jsonb, ${seriesList}
    from unnest(${columns.series_hash}::text[], ${columns.tags}::text[], ${sql.join(
      seriesColumnNames.map((name) => sql`${columns[name]}::text[]`),
    )}) as given(series_hash, tags, ${seriesList})
    where not exists (select from cost_series existing where existing.organization_id = current_organization()
      and existing.series_hash = given.series_hash)
    on conflict (organization_id, series_hash) do nothing`.execute(transaction);
  const { rows } = await sql<{ id: string; series_hash: string; charge_kind: string }>`
    select id, series_hash, charge_kind from cost_series
    where organization_id = current_organization() and series_hash = any(${columns.series_hash}::text[])`.execute(
    transaction,
  );
  return rows;
}

export const seriesColumnNames = [
  "provider",
  "billing_account_id",
  "sub_account_id",
  "sub_account_name",
  "service_name",
  "service_category",
  "region",
  "resource_group",
  "resource_id",
  "resource_name",
  "resource_type",
  "charge_category",
  "charge_class",
  "commitment_discount_id",
  "commitment_discount_type",
  "commitment_discount_status",
  "pricing_category",
  "currency",
] as const;
type SeriesColumn = (typeof seriesColumnNames)[number];
const seriesList = sql.join(seriesColumnNames.map((name) => sql.ref(name)));

const costTypes = {
  billed_cost: "numeric",
  effective_cost: "numeric",
  contracted_cost: "numeric",
  list_cost: "numeric",
} as const;
const sumTypes = { ...costTypes, row_count: "bigint" } as const;
const serviceTypes = {
  provider: "text",
  sub_account_id: "text",
  sub_account_name: "text",
  service_name: "text",
  charge_category: "text",
  charge_kind: "text",
  currency: "text",
} as const;
const placeTypes = { region: "text", resource_group: "text" } as const;
const ofDay = { delivery_id: "bigint", day: "date" } as const;
const ofMonth = { delivery_id: "bigint", month: "date" } as const;

/** The tables a load fills: their columns and the types they travel in. */
export const factTables = {
  cost_data: {
    delivery_id: "bigint",
    series_id: "bigint",
    content_hash: "text",
    occurrence: "integer",
    time: "timestamptz",
    period_end: "timestamptz",
    ...costTypes,
    consumed_quantity: "numeric",
    consumed_unit: "text",
    charge_description: "text",
    sku_id: "text",
  },
  cost_daily: { ...ofDay, series_id: "bigint", ...sumTypes },
  cost_monthly: { ...ofMonth, series_id: "bigint", ...sumTypes },
  cost_running: {
    ...ofMonth,
    series_id: "bigint",
    currency: "text",
    resource_hash: "uuid",
    days: "bit(31)",
    billed_cost: "numeric[]",
    effective_cost: "numeric[]",
    row_count: "integer[]",
  },
  daily_cost_summary: { ...ofDay, ...serviceTypes, ...placeTypes, ...sumTypes },
  monthly_cost_summary: { ...ofMonth, ...serviceTypes, ...placeTypes, ...sumTypes },
  daily_service_summary: { ...ofDay, ...serviceTypes, ...sumTypes },
  monthly_service_summary: { ...ofMonth, ...serviceTypes, ...sumTypes },
} as const;
export type FactTable = keyof typeof factTables;

/**
 * Whether rows may come as lines, by `copyFacts`: on a server. The embedded engine takes arrays alone, by `insertFacts`.
 */
export async function takesLines(transaction: TenantTransaction): Promise<boolean> {
  return canCopy(transaction);
}

/**
 * Stores lines in PostgreSQL's text format, whose values stand in the order of `factTables` with the unit separator
 * (U+001F) between; times are in UTC. An empty value of a cost row or a running total is null, while sums have empty texts and no null.
 * COPY goes into no view, so it writes the table behind the tenant's: the application may give every column but the organization,
 * which the database fills with the transaction's own.
 */
export async function copyFacts(
  transaction: TenantTransaction,
  table: FactTable,
  lines: CopyData,
): Promise<void> {
  const names = Object.keys(factTables[table]).join(", ");
  const nulls = table === "cost_data" || table === "cost_running" ? ", null ''" : "";
  const copy = `copy store.${table} (${names}) from stdin with (delimiter E'\\x1f'${nulls})`;
  await sql`set local timezone = 'UTC'`.execute(transaction);
  await transaction.executeQuery(CompiledQuery.raw(copy, [lines]));
}

/** What is stored under some deliveries, summed from the rows themselves; in a transaction of its own. */
export async function sumStored(
  transaction: TenantTransaction,
  table: FactTable,
  deliveryIds: readonly string[],
): Promise<StoredSums[]> {
  // Without statistics the planner takes what was just stored for a few rows, and would sort a million.
  await sql`set local enable_sort = off`.execute(transaction);
  const rows = sql`(select * from ${sql.table(table)} where delivery_id = any(${[...deliveryIds]}::bigint[]))`;
  return sumRows(transaction, table, rows, sql``);
}

/** Stores rows that come as an array per column, and sums what was stored from the stored rows themselves. */
export async function insertFacts(
  transaction: TenantTransaction,
  table: FactTable,
  arrays: Record<string, ArrayText>,
): Promise<StoredSums[]> {
  const types: Record<string, string> = factTables[table];
  const names = sql.join(Object.keys(types).map((name) => sql.ref(name)));
  // An array of arrays would come apart as the elements of all of them: each comes as its own text.
  const travels = (type: string) => sql.raw(type.endsWith("[]") ? "text" : type);
  const given = Object.entries(types).map(([name, type]) => sql`${arrays[name]}::${travels(type)}[]`);
  const read = sql.join(
    Object.entries(types).map(([name, type]) => sql`given.${sql.ref(name)}::${sql.raw(type)}`),
  );
  // Only what is summed: returning whole rows would cost as much as storing them.
  const returned = sql.join(
    [keyOf(table), ...(table === "cost_data" ? [] : ["row_count"]), ...costsOf(table)].map(sql.ref),
  );
  return sumRows(
    transaction,
    table,
    sql`inserted`,
    sql`inserted as (
      insert into ${sql.table(table)} (organization_id, ${names})
      select current_organization(), ${read} from unnest(${sql.join(given)}) as given(${names})
      returning ${returned}
    ), `,
  );
}

const costs = Object.keys(costTypes);
/** What tells a row's currency. */
const keyOf = (table: FactTable) => ("currency" in factTables[table] ? "currency" : "series_id");
/** The costs that a table keeps: the running totals are of two alone. */
export const costsOf = (table: FactTable) => costs.filter((name) => name in factTables[table]);

/** What a row holds of a sum: of running totals the last. */
function ofRow(table: FactTable, column: string): RawBuilder<unknown> {
  if (table !== "cost_running") return sql.ref(column);
  const last = sql`cardinality(effective_cost)`;
  if (column === "row_count") return sql`coalesce(row_count[${last}], ${last})`;
  return sql`(coalesce(${sql.ref(column)}, effective_cost))[${last}]`;
}

async function sumRows(
  transaction: TenantTransaction,
  table: FactTable,
  source: RawBuilder<unknown>,
  before: RawBuilder<unknown>,
): Promise<StoredSums[]> {
  const key = keyOf(table);
  const bySeries = key === "series_id";
  const rowCount = table === "cost_data" ? sql`count(*)` : sql`sum(${ofRow(table, "row_count")})`;
  const kept = costsOf(table);
  const summed = sql.join(
    costs.map((name) =>
      kept.includes(name)
        ? sql`sum(${ofRow(table, name)}) as ${sql.ref(name)}`
        : sql`null::numeric as ${sql.ref(name)}`,
    ),
  );
  const { rows } = await sql<StoredSums>`
    with ${before}stored as (
      select ${sql.ref(key)}, ${rowCount} as row_count, ${summed} from ${source} as rows group by 1
    )
    select ${bySeries ? sql`cost_series.currency` : sql`stored.currency`} as currency,
      sum(stored.row_count)::text as row_count, sum(billed_cost)::text as billed_cost,
      sum(effective_cost)::text as effective_cost, coalesce(sum(contracted_cost), 0)::text as contracted_cost,
      coalesce(sum(list_cost), 0)::text as list_cost
    from stored ${bySeries ? sql`join cost_series on cost_series.id = stored.series_id` : sql``} group by 1`.execute(
    transaction,
  );
  return rows;
}

/**
 * The flip: the import's deliveries become visible and what they replace disappears, in this one transaction.
 * A whole account replaces its parts by scope. `emptied` are published ids that the source no longer has.
 * Returns how many deliveries were published and which were superseded.
 */
export async function publishDeliveries(
  transaction: TenantTransaction,
  importId: string,
  loadedAt: string,
  emptied: readonly string[],
): Promise<{ published: number; superseded: string[] }> {
  // Two loads of one key must flip one after the other, or both would find the same older delivery.
  await sql`select pg_advisory_xact_lock(hashtextextended('cost_deliveries/' || current_organization(), 0))`.execute(
    transaction,
  );
  const superseded = await sql<{ id: string }>`
    update cost_deliveries older set status = 'superseded'
    where older.status = 'published' and (
      older.id = any(${[...emptied]}::bigint[])
      or exists (
        select from cost_deliveries newer
        where newer.import_id = ${importId} and newer.status = 'loading' and newer.provider = older.provider
          and newer.billing_account_id = older.billing_account_id and newer.period_start = older.period_start
          and newer.scope in (older.scope, '')))
    returning id`.execute(transaction);
  const published = await sql`
    update cost_deliveries set status = 'published', loaded_at = ${loadedAt}
    where import_id = ${importId} and status = 'loading'`.execute(transaction);
  return {
    published: Number(published.numAffectedRows ?? 0n),
    superseded: superseded.rows.map((row) => row.id),
  };
}

/** The first part of a published import that stands beside its whole account: costs that would count twice. */
export async function findCountedTwice(
  transaction: TenantTransaction,
  importId: string,
): Promise<Pick<PublishedDelivery, "billing_account_id" | "scope" | "period_start"> | undefined> {
  const { rows } = await sql<Pick<PublishedDelivery, "billing_account_id" | "scope" | "period_start">>`
    select part.billing_account_id, part.scope, part.period_start
    from cost_deliveries part join cost_deliveries whole using (provider, billing_account_id, period_start)
    where part.import_id = ${importId} and part.status = 'published' and part.scope <> ''
      and whole.status = 'published' and whole.scope = ''
    order by part.id limit 1`.execute(transaction);
  return rows[0];
}

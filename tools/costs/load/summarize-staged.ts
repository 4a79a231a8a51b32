import { decimal } from "../../kernel/money.ts";
import type { DeliveryKey } from "./cost-record.ts";
import type { LoadedTotal } from "./load-result.ts";
import { costColumns, seriesColumns } from "./record-columns.ts";
import type { RowProblem } from "./stage-rows.ts";
import type { Staging } from "./staging.ts";

/** A delivery found in the staged rows; `number` points at it inside the staging database. */
export interface StagedDelivery extends DeliveryKey {
  number: number;
  rowCount: number;
  /** Hash of its rows in any order: the same content as CSV, gzip or Parquet has the same hash. */
  contentHash: string;
}

/**
 * From `staged` makes the tables `series` (distinct dimensions, canonical tags), `facts` (one narrow row per
 * cost row, with its content hash) and `deliveries`. Returns the first row with unreadable tags, if any.
 */
export async function summarizeStaged(staging: Staging): Promise<RowProblem | null> {
  await staging.run(`
    create table dimensions as
    select dimensions_hash, min(rowid) as first_row, canonical_tags(any_value(tags)) as canonical_tags,
      any_value(tags) as tags, ${seriesColumns.map((column) => `any_value(${column}) as ${column}`).join(", ")}
    from staged group by dimensions_hash`);
  const [bad] = await staging.rows<{ row: string; tags: string }>(
    `select (first_row + 1)::varchar as row, tags from dimensions where canonical_tags is null
     order by first_row limit 1`,
  );
  if (bad) return { row: Number(bad.row), column: "tags", kind: "tags", value: bad.tags };

  const values = [...seriesColumns, "canonical_tags"].map((column) => `coalesce(${column}, '')`).join(", ");
  await staging.run(`
    create table numbered as
    select *, md5(concat_ws(chr(31), ${values})) as series_hash from dimensions;
    create table series as
    select row_number() over (order by series_hash) as series_number, series_hash,
      any_value(canonical_tags) as tags, ${seriesColumns.map((column) => `any_value(${column}) as ${column}`).join(", ")}
    from numbered group by series_hash;
    create table places as
    select dimensions_hash, series.series_hash, series_number, series.currency
    from numbered join series using (series_hash);
    create table deliveries as
    select row_number() over (order by provider, billing_account_id, scope, period_start) as delivery, *
    from (
      select provider, billing_account_id, coalesce(scope, '') as scope, period_start, max(period_end) as period_end
      from staged group by all
    );
    create table facts as
    select deliveries.delivery, series_number, places.currency, time, time_end,
      ${costColumns.map((column) => `staged.${column}`).join(", ")},
      consumed_quantity, consumed_unit, charge_description, sku_id,
      md5(concat_ws(chr(31), series_hash, deliveries.period_start, time, time_end,
        ${costColumns.map((column) => `coalesce(staged.${column}::varchar, '')`).join(", ")},
        coalesce(consumed_quantity, ''), coalesce(consumed_unit, ''), coalesce(charge_description, ''),
        coalesce(sku_id, ''))) as content_hash
    from staged
    join places using (dimensions_hash)
    join deliveries on staged.provider = deliveries.provider
      and staged.billing_account_id = deliveries.billing_account_id
      and coalesce(staged.scope, '') = deliveries.scope and staged.period_start = deliveries.period_start;
    drop table staged;`);
  return null;
}

/** The staged deliveries, each with its order-independent content hash. */
export async function readDeliveries(staging: Staging): Promise<StagedDelivery[]> {
  const rows = await staging.rows<Record<string, string>>(`
    select delivery::varchar as number, provider, billing_account_id, scope, period_start::varchar as period_start,
      period_end::varchar as period_end, count(*)::varchar as row_count,
      md5(concat_ws('/', count(*), sum(md5_number_lower(content_hash)), sum(md5_number_upper(content_hash))))
        as content_hash
    from facts join deliveries using (delivery)
    group by delivery, provider, billing_account_id, scope, period_start, period_end
    order by facts.delivery`);
  return rows.map((row) => ({
    number: Number(row.number),
    provider: row.provider!,
    billingAccountId: row.billing_account_id!,
    scope: row.scope!,
    periodStart: row.period_start!,
    periodEnd: row.period_end!,
    rowCount: Number(row.row_count),
    contentHash: row.content_hash!,
  }));
}

/** Exact totals of all staged facts per currency, sorted by currency. */
export async function readTotals(staging: Staging): Promise<LoadedTotal[]> {
  const rows = await staging.rows<Record<string, string>>(`
    select currency, count(*)::varchar as row_count,
      ${costColumns.map((column) => `sum(coalesce(${column}, 0))::varchar as ${column}`).join(", ")}
    from facts group by currency order by currency`);
  return rows.map((row) => ({
    currency: row.currency!,
    rowCount: Number(row.row_count),
    billed: decimal(row.billed_cost!).toString(),
    effective: decimal(row.effective_cost!).toString(),
    contracted: decimal(row.contracted_cost!).toString(),
    list: decimal(row.list_cost!).toString(),
  }));
}

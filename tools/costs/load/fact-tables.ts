import { type FactTable, factTables } from "@cloudoptima/db/queries/cost-loading.ts";
import { costColumns } from "./record-columns.ts";
import type { Staging } from "./staging.ts";

const sums = [
  ...costColumns.map((column) => `plain_decimal(sum(coalesce(${column}, 0))) as ${column}`),
  "count(*) as row_count",
].join(", ");

// What each table holds, from the facts that are to be stored, in the order in which it is stored.
const selects: Record<FactTable, string> = {
  cost_data: `
    select delivery_id, series_id, strftime(time, '%Y-%m-%d %H:%M:%S.%f+00') as time,
      strftime(time_end, '%Y-%m-%d %H:%M:%S.%f+00') as period_end, content_hash,
      row_number() over (partition by delivery, content_hash) as occurrence,
      ${costColumns.map((column) => `plain_decimal(${column}) as ${column}`).join(", ")},
      consumed_quantity, consumed_unit, charge_description, sku_id
    from wanted order by delivery, facts_time, content_hash`,
  cost_daily: `
    select delivery_id, facts_time::date as day, series_id, ${sums}
    from wanted group by delivery_id, day, series_id order by delivery_id, day`,
  cost_monthly: `
    select delivery_id, date_trunc('month', facts_time)::date as month, series_id, ${sums}
    from wanted group by delivery_id, month, series_id order by delivery_id, month`,
  daily_cost_summary: `
    select delivery_id, facts_time::date as day, provider, coalesce(sub_account_id, '') as sub_account_id,
      coalesce(max(sub_account_name), '') as sub_account_name, service_name, coalesce(region, '') as region,
      coalesce(resource_group, '') as resource_group, charge_category, wanted.currency as currency, ${sums}
    from wanted join series using (series_number)
    group by delivery_id, day, provider, coalesce(sub_account_id, ''), service_name, coalesce(region, ''),
      coalesce(resource_group, ''), charge_category, wanted.currency
    order by delivery_id, day`,
};

/**
 * Makes staging tables out_cost_data, out_cost_daily, … with a `position` from 0, ready to be cut in batches.
 * `deliveryIds` maps staged delivery numbers to stored ids, `loaded_series` (a table) series numbers to ids.
 */
export async function writeFactTables(
  staging: Staging,
  deliveryIds: ReadonlyMap<number, string>,
): Promise<void> {
  const pairs = [...deliveryIds].map(([number, id]) => `(${number}, ${id}::bigint)`).join(", ");
  await staging.run(`
    create table loaded_deliveries as select * from (values ${pairs}) as pairs(delivery, delivery_id);
    create view wanted as
    select facts.*, facts.time as facts_time, delivery_id, series_id
    from facts join loaded_deliveries using (delivery) join loaded_series using (series_number);`);
  for (const table of Object.keys(factTables) as FactTable[]) {
    await staging.run(
      `create table out_${table} as select row_number() over () - 1 as position, * from (${selects[table]})`,
    );
  }
}

/** How many rows are ready for a table. */
export async function countFacts(staging: Staging, table: FactTable): Promise<number> {
  const [row] = await staging.rows<{ n: string }>(`select count(*)::varchar as n from out_${table}`);
  return Number(row!.n);
}

/** Rows [from, from + count) of a table as one PostgreSQL array literal per column. */
export async function readFactArrays(
  staging: Staging,
  table: FactTable,
  from: number,
  count: number,
): Promise<Record<string, string>> {
  return readArrays(staging, `out_${table}`, Object.keys(factTables[table]), from, count);
}

/** The same for any staging table with a `position`: DuckDB builds the literals, so JavaScript touches no row. */
export async function readArrays(
  staging: Staging,
  table: string,
  columns: readonly string[],
  from: number,
  count: number,
): Promise<Record<string, string>> {
  const arrays = columns.map(
    (column) =>
      `'{' || string_agg(array_text(${column}::varchar), ',' order by position) || '}' as "${column}"`,
  );
  const [row] = await staging.rows<Record<string, string>>(
    `select ${arrays.join(", ")} from ${table} where position >= ${from} and position < ${from + count}`,
  );
  return row!;
}

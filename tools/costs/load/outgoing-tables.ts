import { type FactTable, factTables, seriesColumnNames } from "@cloudoptima/db/queries/cost-loading.ts";
import { costColumns } from "./record-columns.ts";
import { joined, lineValues } from "./stage-rows.ts";
import type { Staging } from "./staging.ts";
import { LINE_DELIMITER } from "./staging-macros.ts";

export type Outgoing = FactTable | "series";

/** What goes out: a staging relation with rowids from 0, joins, and each column's value as SQL. */
export interface OutgoingTable {
  relation: string;
  /** Over `page`: rows of the relation and their `rowid_`, from {from} to {to}. */
  joins: string;
  values: Record<string, string>;
  /** The values in the table's order as one line for COPY, where they are not made of `values`. */
  line?: string;
}

const sums = [...costColumns, "row_count"].map((column) => `sum(daily.${column}) as ${column}`).join(", ");
const wanted = "delivery in (select delivery from loaded_deliveries)";

/** A smaller summary out of the daily one. */
function rollUp(into: string, unit: string, places: "region, resource_group," | ""): string {
  const [when] = unit.split(" as ");
  return `create table ${into} as
    select delivery, ${unit}, provider, sub_account_id, max(sub_account_name) as sub_account_name, service_name,
      ${places} charge_category, charge_kind, currency, ${sums.replaceAll("daily.", "")}
    from out_summary group by delivery, ${when}, provider, sub_account_id, service_name, ${places} charge_category,
      charge_kind, currency`;
}

/**
 * Makes what cost rows go out with. `deliveryIds` maps staged delivery numbers to stored ids; the table
 * `loaded_series` (series_number, series_id, charge_kind) must be there.
 */
export async function prepareRows(staging: Staging, deliveryIds: ReadonlyMap<string, string>): Promise<void> {
  const pairs = [...deliveryIds].map(([number, id]) => `(${number}::bigint, ${id}::bigint)`).join(", ");
  await staging.run(`
    create table loaded_deliveries as select * from (values ${pairs}) as pairs(delivery, delivery_id);
    create table repeated as
    select rowid as fact, row_number() over (partition by delivery, content_number order by rowid) as occurrence
    from facts where ${wanted} and (delivery, content_number) in (
      select (delivery, content_number) from facts group by delivery, content_number having count(*) > 1)`);
}

/** A month's running totals as a PostgreSQL array literal. */
const runningTotals = (total: string) => `'{' || array_to_string([one.${total} for one in told], ',') || '}'`;

/** Sorted as lists: an aggregate with an order of its own takes 32 KiB for each series, however few its days. */
const runningOf = (days: string) => `
  select delivery, series_number, month, currency, md5(coalesce(resource_id, '')) as resource_hash, days,
    case when is_billed_apart then ${runningTotals("billed")} end as billed_cost,
    ${runningTotals("effective")} as effective_cost,
    case when has_rows then ${runningTotals("rows")} end as row_count
  from (
    select delivery, series_number, month, bitstring_agg(dom, 1, 31)::varchar as days,
      bool_or(billed <> effective) as is_billed_apart, max(row_count) > 1 as has_rows,
      list_sort(list({'dom': dom, 'billed': plain_decimal(billed), 'effective': plain_decimal(effective),
        'rows': rows::varchar})) as told
    from (
      select delivery, series_number, date_trunc('month', day)::date as month, extract(day from day)::integer as dom,
        sum(billed_cost) over so_far as billed, sum(effective_cost) over so_far as effective,
        sum(row_count) over so_far as rows, row_count
      from daily where ${wanted} and ${days}
      window so_far as (partition by delivery, series_number, date_trunc('month', day) order by day)
    ) group by delivery, series_number, month
  ) totals join series using (series_number) order by month, series_number`;

const RUNNING_AT_ONCE = 100_000;

/** Makes the running totals a month, or a part of its series, at a time: of many more at once there is no room. */
async function prepareRunning(staging: Staging): Promise<void> {
  await staging.run(`create table out_running as ${runningOf("false")}`);
  const months = await staging.rows<{ month: string; days: number; last: number }>(`
    select date_trunc('month', day)::date::varchar as month, count(*)::integer as days,
      max(series_number)::integer as last from daily where ${wanted} group by 1 order by 1`);
  for (const { month, days, last } of months) {
    const size = Math.ceil((last + 1) / Math.ceil(days / RUNNING_AT_ONCE));
    for (let from = 0; from <= last; from += size) {
      const part = `day >= '${month}' and day < date '${month}' + interval 1 month
        and series_number between ${from} and ${from + size - 1}`;
      await staging.run(`insert into out_running ${runningOf(part)}`);
    }
  }
}

/** Makes the sums that go out. */
export async function prepareSums(staging: Staging): Promise<void> {
  await prepareRunning(staging);
  await staging.run(`
    create table out_daily as select * from daily where ${wanted};
    create table out_monthly as
    select delivery, series_number, date_trunc('month', day)::date as month, ${sums}
    from daily where ${wanted} group by all;
    create table out_summary as
    select delivery, day, provider, coalesce(sub_account_id, '') as sub_account_id,
      coalesce(max(sub_account_name), '') as sub_account_name, service_name, coalesce(region, '') as region,
      coalesce(resource_group, '') as resource_group, charge_category, charge_kind, currency,
      ${sums}
    from daily join series using (series_number) join loaded_series using (series_number) where ${wanted}
    group by delivery, day, provider, coalesce(sub_account_id, ''), service_name, coalesce(region, ''),
      coalesce(resource_group, ''), charge_category, charge_kind, currency;
    ${rollUp("out_monthly_summary", "date_trunc('month', day)::date as month", "region, resource_group,")};
    ${rollUp("out_daily_service", "day", "")};
    ${rollUp("out_monthly_service", "date_trunc('month', day)::date as month", "")}`);
}

const idJoins = "join loaded_deliveries using (delivery) join loaded_series using (series_number)";
const plain = (columns: readonly string[]) => Object.fromEntries(columns.map((column) => [column, column]));
const factValues = {
  ...plain(["delivery_id", "series_id"]),
  content_hash: "hex(content_number)",
  occurrence: "coalesce(occurrence, 1)",
};
const factTexts = ["consumed_unit", "charge_description", "sku_id"];
const costSums = {
  ...Object.fromEntries(costColumns.map((column) => [column, `plain_decimal(${column})`])),
  row_count: "row_count",
};

const summaryTable = (
  relation: string,
  unit: "day" | "month",
  places: readonly string[] = ["region", "resource_group"],
): OutgoingTable => ({
  relation,
  joins: "join loaded_deliveries using (delivery)",
  values: {
    ...plain(["delivery_id", unit, "provider", "sub_account_id", "sub_account_name", "service_name"]),
    ...plain([...places, "charge_category", "charge_kind", "currency"]),
    ...costSums,
  },
});

/** Everything that a load stores, as the staging database has it. */
export const outgoing: Record<Outgoing, OutgoingTable> = {
  series: { relation: "series", joins: "", values: plain(["series_hash", "tags", ...seriesColumnNames]) },
  cost_data: {
    relation: "facts",
    joins: `${idJoins} left join (select * from repeated where fact between {from} and {to}) on fact = rowid_`,
    values: {
      ...factValues,
      ...Object.fromEntries(
        lineValues.map((column, index) => {
          const value = `nullif(split_part(line, ${LINE_DELIMITER}, ${index + 1}), '')`;
          return [column, ["time", "period_end"].includes(column) ? `${value} || '+00'` : value];
        }),
      ),
      ...plain(factTexts),
    },
    line: joined([
      ...Object.values(factValues),
      "line",
      ...factTexts.map((column) => `copy_text(${column})`),
    ]),
  },
  cost_daily: {
    relation: "out_daily",
    joins: idJoins,
    values: { ...plain(["delivery_id", "day", "series_id"]), ...costSums },
  },
  cost_monthly: {
    relation: "out_monthly",
    joins: idJoins,
    values: { ...plain(["delivery_id", "month", "series_id"]), ...costSums },
  },
  cost_running: {
    relation: "out_running",
    joins: idJoins,
    values: plain(Object.keys(factTables.cost_running)),
  },
  daily_cost_summary: summaryTable("out_summary", "day"),
  monthly_cost_summary: summaryTable("out_monthly_summary", "month"),
  daily_service_summary: summaryTable("out_daily_service", "day", []),
  monthly_service_summary: summaryTable("out_monthly_service", "month", []),
};

/** How many rows a table will get. */
export async function countOutgoing(staging: Staging, table: Outgoing): Promise<number> {
  const only = table === "series" ? "" : ` where ${wanted}`;
  const [row] = await staging.rows<{ n: string }>(
    `select count(*)::varchar as n from ${outgoing[table].relation}${only}`,
  );
  return Number(row!.n);
}

export const sumTables = (Object.keys(factTables) as FactTable[]).filter((name) => name !== "cost_data");

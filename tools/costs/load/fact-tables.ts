import { type FactTable, factTables, seriesColumnNames } from "@cloudoptima/db/queries/cost-loading.ts";
import { costColumns } from "./record-columns.ts";
import type { Staging } from "./staging.ts";

/** Rows that travel together: a batch is a whole number of chunks. */
export const CHUNK_ROWS = 250;
/** Chunks that are prepared at once, while the database still stores the ones before. */
const PAGE_ROWS = 5_000;
/** Lines that travel together: a megabyte or two, which the event loop packs within a few milliseconds. */
const LINES_AT_ONCE = 5_000;

/** Up to CHUNK_ROWS rows as the inside of PostgreSQL array literals, by column. */
export interface Chunk {
  rowCount: number;
  columns: Record<string, string>;
}

type Outgoing = FactTable | "series";

/** What goes out: a staging relation with rowids from 0, joins, and per column one array element as SQL. */
interface OutgoingTable {
  relation: string;
  joins: string;
  elements: Record<string, string>;
}

const sums = [...costColumns, "row_count"].map((column) => `sum(daily.${column}) as ${column}`).join(", ");
const wanted = "delivery in (select delivery from loaded_deliveries)";

/** A smaller summary out of the daily one. */
function rollUp(into: string, unit: string, places: "region, resource_group," | ""): string {
  const [when] = unit.split(" as ");
  return `create table ${into} as
    select delivery, ${unit}, provider, sub_account_id, max(sub_account_name) as sub_account_name, service_name,
      ${places} charge_category, currency, ${sums.replaceAll("daily.", "")}
    from out_summary group by delivery, ${when}, provider, sub_account_id, service_name, ${places} charge_category,
      currency`;
}

/**
 * Makes the staging tables that are cut into chunks. `deliveryIds` maps staged delivery numbers to stored ids;
 * the table `loaded_series` (series_number, series_id) must be there.
 */
export async function prepareFactTables(
  staging: Staging,
  deliveryIds: ReadonlyMap<string, string>,
): Promise<void> {
  const pairs = [...deliveryIds].map(([number, id]) => `(${number}::bigint, ${id}::bigint)`).join(", ");
  await staging.run(`
    create table loaded_deliveries as select * from (values ${pairs}) as pairs(delivery, delivery_id);
    create table repeated as
    select rowid as fact, row_number() over (partition by delivery, content_hash order by rowid) as occurrence
    from facts where ${wanted} and (delivery, content_hash) in (
      select (delivery, content_hash) from facts group by delivery, content_hash having count(*) > 1);
    create table out_daily as select * from daily where ${wanted};
    create table out_monthly as
    select delivery, series_number, date_trunc('month', day)::date as month, ${sums}
    from daily where ${wanted} group by all;
    create table out_summary as
    select delivery, day, provider, coalesce(sub_account_id, '') as sub_account_id,
      coalesce(max(sub_account_name), '') as sub_account_name, service_name, coalesce(region, '') as region,
      coalesce(resource_group, '') as resource_group, charge_category, currency, ${sums}
    from daily join series using (series_number) where ${wanted}
    group by delivery, day, provider, coalesce(sub_account_id, ''), service_name, coalesce(region, ''),
      coalesce(resource_group, ''), charge_category, currency;
    ${rollUp("out_monthly_summary", "date_trunc('month', day)::date as month", "region, resource_group,")};
    ${rollUp("out_daily_service", "day", "")};
    ${rollUp("out_monthly_service", "date_trunc('month', day)::date as month", "")}`);
}

const idJoins = "join loaded_deliveries using (delivery) join loaded_series using (series_number)";
const ids = { delivery_id: "delivery_id::varchar", series_id: "series_id::varchar" };
const costSums = {
  ...Object.fromEntries(costColumns.map((column) => [column, `plain_decimal(${column})`])),
  row_count: "row_count::varchar",
};
const texts = (columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, `array_text(${column})`]));

const summaryTable = (
  relation: string,
  unit: "day" | "month",
  places: readonly string[] = ["region", "resource_group"],
): OutgoingTable => ({
  relation,
  joins: "join loaded_deliveries using (delivery)",
  elements: {
    delivery_id: "delivery_id::varchar",
    [unit]: `${unit}::varchar`,
    ...texts([
      "provider",
      "sub_account_id",
      "sub_account_name",
      "service_name",
      ...places,
      "charge_category",
      "currency",
    ]),
    ...costSums,
  },
});

const outgoing: Record<Outgoing, OutgoingTable> = {
  series: {
    relation: "series",
    joins: "",
    elements: { series_hash: "series_hash", ...texts(["tags", ...seriesColumnNames]) },
  },
  cost_data: {
    relation: "facts",
    joins: `${idJoins} left join (select * from repeated where fact between {from} and {to}) on fact = rowid_`,
    elements: {
      ...ids,
      time: `'"' || time::varchar || '+00"'`,
      period_end: `'"' || time_end::varchar || '+00"'`,
      content_hash: "content_hash",
      occurrence: "coalesce(occurrence, 1)::varchar",
      ...Object.fromEntries(costColumns.map((column) => [column, `coalesce(${column}_text, 'NULL')`])),
      consumed_quantity: "coalesce(quantity, 'NULL')",
      ...texts(["consumed_unit", "charge_description", "sku_id"]),
    },
  },
  cost_daily: {
    relation: "out_daily",
    joins: idJoins,
    elements: { ...ids, day: "day::varchar", ...costSums },
  },
  cost_monthly: {
    relation: "out_monthly",
    joins: idJoins,
    elements: { ...ids, month: "month::varchar", ...costSums },
  },
  daily_cost_summary: summaryTable("out_summary", "day"),
  monthly_cost_summary: summaryTable("out_monthly_summary", "month"),
  daily_service_summary: summaryTable("out_daily_service", "day", []),
  monthly_service_summary: summaryTable("out_monthly_service", "month", []),
};

/** Cuts a staging table into chunks, the next page being read while the caller stores the last one. */
export async function* readChunks(staging: Staging, table: Outgoing): AsyncGenerator<Chunk[]> {
  const { relation } = outgoing[table];
  const [row] = await staging.rows<{ n: string }>(`select count(*)::varchar as n from ${relation}`);
  const total = Number(row!.n);
  let next = total > 0 ? readPage(staging, table, 0) : undefined;
  for (let from = PAGE_ROWS; next; from += PAGE_ROWS) {
    const page = await next;
    next = from < total ? readPage(staging, table, from) : undefined;
    // Read ahead while the caller stores; if the caller stops early, this failure is nobody's.
    next?.catch(() => {});
    yield page;
  }
}

/**
 * DuckDB builds the literals, so that JavaScript touches no row. One list of structs per chunk keeps the columns
 * of a row together by construction; separate string_agg calls would only do so by luck.
 */
async function readPage(staging: Staging, table: Outgoing, from: number): Promise<Chunk[]> {
  const { relation, joins, elements } = outgoing[table];
  const columns = Object.keys(elements);
  const to = from + PAGE_ROWS - 1;
  const rows = await staging.rows<Record<string, string>>(`
    with page as (
      select rowid as rowid_, * from ${relation} where rowid between ${from} and ${to}
    ), elements as (
      select (rowid_ - ${from}) // ${CHUNK_ROWS} as chunk,
        ${Object.values(elements)
          .map((element, index) => `${element} as e${index}`)
          .join(", ")}
      from page ${joins.replace("{from}", String(from)).replace("{to}", String(to))}
    ), chunks as (
      select list({${columns.map((_, index) => `e${index}: e${index}`).join(", ")}}) as members
      from elements group by chunk
    )
    select len(members)::varchar as chunk_rows,
      ${columns.map((column, index) => `array_to_string(list_transform(members, lambda member: member.e${index}), ',') as ${column}`).join(", ")}
    from chunks`);
  return rows.map(({ chunk_rows, ...columns }) => ({ rowCount: Number(chunk_rows), columns }));
}

/** Rows as lines of CSV for COPY: a page at a time, the next one being read while the caller stores the last. */
export async function* readLines(
  staging: Staging,
  table: FactTable,
): AsyncGenerator<{ rowCount: number; lines: string }> {
  const { relation, joins, elements } = outgoing[table];
  // A line has no names: its elements stand in the table's order.
  const line = Object.keys(factTables[table]).map((column) => elements[column]!);
  const [row] = await staging.rows<{ n: string }>(`select count(*)::varchar as n from ${relation}`);
  const total = Number(row!.n);
  const read = async (from: number) => {
    const to = from + LINES_AT_ONCE - 1;
    const [page] = await staging.rows<{ row_count: string; lines: string | null }>(`
      with page as (select rowid as rowid_, * from ${relation} where rowid between ${from} and ${to})
      select count(*)::varchar as row_count,
        string_agg(concat_ws(',', ${line.join(", ")}), chr(10)) as lines
      from page ${joins.replace("{from}", String(from)).replace("{to}", String(to))}`);
    return { rowCount: Number(page!.row_count), lines: `${page!.lines ?? ""}\n` };
  };
  let next = total > 0 ? read(0) : undefined;
  for (let from = LINES_AT_ONCE; next; from += LINES_AT_ONCE) {
    const page = await next;
    next = from < total ? read(from) : undefined;
    next?.catch(() => {});
    if (page.rowCount > 0) yield page;
  }
}

/** Joins chunks into one array literal per column. */
export function joinChunks(chunks: readonly Chunk[]): { rowCount: number; arrays: Record<string, string> } {
  const columns = Object.keys(chunks[0]?.columns ?? {});
  return {
    rowCount: chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0),
    arrays: Object.fromEntries(
      columns.map((column) => [column, `{${chunks.map((chunk) => chunk.columns[column]).join(",")}}`]),
    ),
  };
}

/** How many rows a table will get. */
export async function countOutgoing(staging: Staging, table: FactTable): Promise<number> {
  const { relation } = outgoing[table];
  const [row] = await staging.rows<{ n: string }>(
    `select count(*)::varchar as n from ${relation} where ${wanted}`,
  );
  return Number(row!.n);
}

export const factTableNames = Object.keys(factTables) as FactTable[];

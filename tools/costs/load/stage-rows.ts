import { costColumns, type RecordColumn, seriesColumns } from "./record-columns.ts";
import type { Staging } from "./staging.ts";
import { LINE_DELIMITER, MAX_DECIMALS } from "./staging-macros.ts";

/** Rows to load, as SQL that DuckDB can read more than once. All columns are VARCHAR, empty text is null. */
export interface RowSource {
  /** A query with all record columns, as the source wrote them, and perhaps columns for `normalize`. */
  relation: string;
  /** Columns of the relation beside the record's that say what a cost is for. */
  extraDimensions?: readonly string[];
  /** Normalized value of a dimension as SQL over the relation's columns; computed once per distinct combination. */
  normalize?: Partial<Record<RecordColumn, string>>;
}

/** The first row found that cannot be loaded. `row` counts from 1, in the source's order, without the header. */
export interface RowProblem {
  row: number;
  column: RecordColumn;
  kind: "missing" | "number" | "date" | "currency" | "period" | "year" | "long_period" | "long_text" | "tags";
  value: string;
}

/** No cloud billed before, and no bill of ours lies after: a year outside is an exporter's or a hand's mistake. */
export const FIRST_YEAR = 2000;
export const LAST_YEAR = 2100;
/** The longest billing period taken: a year and one month; FOCUS providers bill by the month. */
export const MAX_PERIOD_MONTHS = 13;

/** Bytes of a text that says what a cost is for: identities of clouds have hundreds, and no index keeps many more. */
const LONGEST_TEXT = 2_000;
/** Of the three that one index keeps together. */
const LONGEST_KEY = 600;
const keyTexts: readonly RecordColumn[] = ["provider", "billing_account_id", "scope"];
export const longestOf = (column: RecordColumn) => (keyTexts.includes(column) ? LONGEST_KEY : LONGEST_TEXT);

/** Days since 1970 fit below this, so account * this + day names a delivery by one number. */
const DAYS = 1_000_000;

// ISO 4217, as the JavaScript engine knows it.
const currencies = Intl.supportedValuesOf("currency")
  .map((code) => `'${code}'`)
  .join(", ");

/** One text of several, null counting as empty. */
export const joined = (expressions: readonly string[]) =>
  `concat(${expressions.join(`, ${LINE_DELIMITER}, `)})`;

/** A row's typed values as `facts` keeps them in one text: it is hashed, and stored, as it is. */
export const lineValues = ["time", "period_end", ...costColumns, "consumed_quantity"] as const;

/**
 * What a row is for, as one number: joining a million rows by twenty texts takes several times as long. A plain hash,
 * for a cryptographic one is half the staging's work; that no two are equal is checked over all that occur.
 */
const keyOf = (source: RowSource) => `hash(${dimensionColumns(source).join(", ")})`;

/**
 * Reads the source twice: once for the tables `series` (distinct dimensions, canonical tags) and `accounts`,
 * once for `facts` (a narrow typed row per cost row). Text that repeats is thereby never stored per row, which
 * is what makes a million rows cheap. Returns a row that is wrong, or null when all are good.
 */
export async function stageRows(staging: Staging, source: RowSource): Promise<RowProblem | null> {
  return (await stageDimensions(staging, source)) ?? (await stageFacts(staging, source));
}

function dimensionColumns(source: RowSource): string[] {
  return [...seriesColumns, "scope", "tags", ...(source.extraDimensions ?? [])];
}

async function stageDimensions(staging: Staging, source: RowSource): Promise<RowProblem | null> {
  const raw = dimensionColumns(source);
  const normalized = (column: RecordColumn) => source.normalize?.[column] ?? column;
  await staging.run(`
    create table raw_dimensions as select ${raw.join(", ")} from (${source.relation}) group by all;
    create table dimensions as
    select ${keyOf(source)} as dimensions_key, tags as raw_tags, currency as raw_currency,
      canonical_tags(tags) as canonical, coalesce(${normalized("scope")}, '') as scope_key,
      ${seriesColumns
        .map((column) =>
          column === "service_name"
            ? `coalesce(${normalized(column)}, '') as service_name`
            : `${normalized(column)} as ${column}`,
        )
        .join(", ")}
    from raw_dimensions;
    drop table raw_dimensions`);
  const problem = await findDimensionProblem(staging, source);
  if (problem) return problem;
  const [keys] = await staging.rows<{ shared: boolean }>(
    "select count(*) <> count(distinct dimensions_key) as shared from dimensions",
  );
  if (keys!.shared) throw new Error("Costs for different things have the same key.");
  await staging.run(`
    create table hashed as select *, md5(${joined([...seriesColumns, "canonical"])}) as series_hash from dimensions;
    create table series as
    select row_number() over () as series_number, series_hash, any_value(canonical) as tags,
      ${seriesColumns.map((column) => `any_value(${column}) as ${column}`).join(", ")}
    from hashed group by series_hash;
    create table accounts as
    select row_number() over (order by provider, billing_account_id, scope) as account, * from (
      select distinct provider, billing_account_id, scope_key as scope from dimensions);
    create table places as
    select dimensions_key, series_hash, series_number, account
    from hashed join series using (series_hash)
      join accounts on hashed.provider = accounts.provider
        and hashed.billing_account_id = accounts.billing_account_id and scope_key = scope;
    drop table hashed`);
  return null;
}

async function findDimensionProblem(staging: Staging, source: RowSource): Promise<RowProblem | null> {
  const missing = (["provider", "billing_account_id", "charge_category", "currency"] as const).map(
    (column) => `when ${column} is null then ['${column}', 'missing', '']`,
  );
  const long = ([...seriesColumns, "scope"] as const).map((column) => {
    const text = column === "scope" ? "scope_key" : column;
    return `when strlen(${text}) > ${longestOf(column)} then ['${column}', 'long_text', ${text}]`;
  });
  const [bad] = await staging.rows<Record<"key" | "column" | "kind" | "value", string>>(`
    select dimensions_key::varchar as key, problem[1] as column, problem[2] as kind, problem[3] as value from (
      select dimensions_key, case ${[...missing, ...long].join(" ")}
        when currency not in (${currencies}) then ['currency', 'currency', raw_currency]
        when canonical is null then ['tags', 'tags', raw_tags] end as problem
      from dimensions)
    where problem is not null limit 1`);
  if (!bad) return null;
  const [row] = await staging.rows<{ row: string }>(`
    select row::varchar as row from (
      select row_number() over () as row, ${keyOf(source)} as key from (${source.relation}))
    where key = ${bad.key}::ubigint limit 1`);
  return {
    row: Number(row?.row),
    column: bad.column as RecordColumn,
    kind: bad.kind as RowProblem["kind"],
    value: bad.value,
  };
}

async function stageFacts(staging: Staging, source: RowSource): Promise<RowProblem | null> {
  const numbers = [...costColumns, "consumed_quantity"] as const;
  const typed = `
    select *,
      ${numbers.map((column) => `coalesce(short_${column}::decimal(38, ${MAX_DECIMALS}), exact_decimal(${column})) as exact_${column}`).join(", ")},
      utc_timestamp(billing_period_start)::date as period_start,
      utc_timestamp(billing_period_end)::date as period_end,
      utc_timestamp(charge_period_start) as time,
      utc_timestamp(charge_period_end) as time_end
    from (
      select *, ${keyOf(source)} as dimensions_key,
        ${numbers.map((column) => `short_decimal(${column}) as short_${column}`).join(", ")}
      from (${source.relation}))`;
  const numberTexts = numbers.map(
    (column) =>
      `case when short_${column} is not null then short_text(${column}) else decimal_text(${column}, exact_${column}) end`,
  );
  // Of a CSV file DuckDB knows no length: it would take the rows for few and keep all of them to join them by.
  await staging.run(`
    set disabled_optimizers = 'build_side_probe_side';
    create table facts as
    select * exclude (series_hash),
      md5_number(${joined(["series_hash", "period_start::varchar", "line", "consumed_unit", "charge_description", "sku_id"])}) as content_number
    from (
      select series_number, series_hash, period_start, period_end, time::date as day,
        account * ${DAYS} + (period_start - date '1970-01-01') as delivery,
        ${costColumns.map((column) => `exact_${column} as ${column}`).join(", ")},
        ${joined(["time::varchar", "time_end::varchar", ...numberTexts])} as line,
        consumed_unit, charge_description, sku_id, ${rowIsBad} as bad
      from (${typed}) left join places using (dimensions_key)
    );
    reset disabled_optimizers`);
  const [counts] = await staging.rows<Record<"bad" | "lost", string>>(`
    select (count(*) filter (bad))::varchar as bad, (count(*) - count(series_number))::varchar as lost
    from facts`);
  if (counts!.bad === "0") {
    // The two readings differ only when someone writes to the file meanwhile.
    if (counts!.lost !== "0") throw new Error("The source changed while it was read.");
    return null;
  }
  const [problem] = await staging.rows<Record<"row" | "column" | "kind" | "value", string>>(`
    select row::varchar as row, problem[1] as column, problem[2] as kind, problem[3] as value from (
      select row_number() over () as row, ${rowProblem} as problem from (${typed}))
    where problem is not null order by row limit 1`);
  return { ...(problem as unknown as RowProblem), row: Number(problem!.row) };
}

/** Everything that can be wrong with a row, the column that it is told by, and the condition in SQL. */
const rowChecks: { column: RecordColumn; kind: RowProblem["kind"]; wrong: string }[] = (() => {
  const number = (column: RecordColumn, exact: string) => `${column} is not null and ${exact} is null`;
  const anyNumber = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?";
  const times = [
    ["billing_period_start", "period_start"],
    ["billing_period_end", "period_end"],
    ["charge_period_start", "time"],
    ["charge_period_end", "time_end"],
  ] as const;
  return [
    ...(["billed_cost", "effective_cost"] as const).map((column) => ({
      column,
      kind: "missing" as const,
      wrong: `${column} is null`,
    })),
    ...costColumns.map((column) => ({
      column,
      kind: "number" as const,
      wrong: number(column, `exact_${column}`),
    })),
    {
      column: "consumed_quantity",
      kind: "number",
      wrong: `${number("consumed_quantity", "exact_consumed_quantity")} and not regexp_full_match(consumed_quantity, '${anyNumber}')`,
    },
    ...times.flatMap(([column, time]) => [
      { column, kind: "missing" as const, wrong: `${column} is null` },
      { column, kind: "date" as const, wrong: `${time} is null` },
    ]),
    // When a charge ends decides nothing, and some exporters write the end of time there.
    ...times.slice(0, 3).map(([column, time]) => ({
      column,
      kind: "year" as const,
      wrong: `${time} < date '${FIRST_YEAR}-01-01' or ${time} >= date '${LAST_YEAR + 1}-01-01'`,
    })),
    { column: "billing_period_end", kind: "period", wrong: "period_end <= period_start" },
    {
      column: "billing_period_end",
      kind: "long_period",
      // Adding months is dear: only to what has more days than so many of the shortest.
      wrong: `period_end - period_start > ${MAX_PERIOD_MONTHS * 28} and period_end > period_start + interval ${MAX_PERIOD_MONTHS} month`,
    },
    { column: "charge_period_end", kind: "period", wrong: "time_end < time" },
  ];
})();

/** True for a wrong row: cheap, for every row. */
const rowIsBad = `coalesce(${rowChecks.map(({ wrong }) => `(${wrong})`).join(" or ")}, false)`;

/** [column, kind, text] of the first wrong value of a row, null for a good row: to tell the one that is wrong. */
const rowProblem = `case ${rowChecks
  .map(({ column, kind, wrong }) => `when ${wrong} then ['${column}', '${kind}', coalesce(${column}, '')]`)
  .join(" ")} end`;

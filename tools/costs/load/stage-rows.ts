import { costColumns, type RecordColumn, seriesColumns } from "./record-columns.ts";
import type { Staging } from "./staging.ts";

/** The first row that cannot be loaded. `row` counts from 1, in the source's order, without the header. */
export interface RowProblem {
  row: number;
  column: RecordColumn;
  kind: "missing" | "number" | "date" | "currency" | "period" | "tags";
  value: string;
}

// ISO 4217, as the JavaScript engine knows it.
const currencies = Intl.supportedValuesOf("currency")
  .map((code) => `'${code}'`)
  .join(", ");
const SEPARATOR = "chr(31)";
const md5Of = (expressions: readonly string[]) =>
  `md5(concat_ws(${SEPARATOR}, ${expressions.map((expression) => `coalesce(${expression}, '')`).join(", ")}))`;

/**
 * Reads a relation of VARCHAR record columns once into the table `staged`, typed, in the source's order.
 * Returns the first row that is wrong, or null. Empty text counts as null.
 */
export async function stageRows(staging: Staging, relation: string): Promise<RowProblem | null> {
  await staging.run(`
    create table staged as
    with typed as (
      select source.*,
        ${costColumns.map((column) => `exact_decimal(${column}) as exact_${column}`).join(", ")},
        exact_decimal(consumed_quantity) as exact_consumed_quantity,
        utc_timestamp(billing_period_start)::date as period_start,
        utc_timestamp(billing_period_end)::date as period_end,
        utc_timestamp(charge_period_start) as time,
        utc_timestamp(charge_period_end) as time_end
      from (${relation}) source
    )
    select ${problemExpression()} as problem,
      ${seriesColumns.map((column) => (column === "service_name" ? "coalesce(service_name, '') as service_name" : column)).join(", ")},
      tags, scope, period_start, period_end, time, time_end,
      ${costColumns.map((column) => `exact_${column} as ${column}`).join(", ")},
      coalesce(plain_decimal(exact_consumed_quantity), consumed_quantity) as consumed_quantity,
      consumed_unit, charge_description, sku_id,
      ${md5Of([...seriesColumns, "tags"])} as dimensions_hash
    from typed`);
  const [problem] = await staging.rows<{ row: string; problem: string }>(
    "select (rowid + 1)::varchar as row, problem from staged where problem is not null order by rowid limit 1",
  );
  if (!problem) return null;
  const [column, kind, ...value] = problem.problem.split("\u001f");
  return {
    row: Number(problem.row),
    column: column as RecordColumn,
    kind: kind as RowProblem["kind"],
    value: value.join("\u001f"),
  };
}

/** A CASE that names the first wrong column of a row, its kind and its text; null for a good row. */
function problemExpression(): string {
  const problem = (column: RecordColumn, kind: RowProblem["kind"]) =>
    `concat_ws(${SEPARATOR}, '${column}', '${kind}', coalesce(${column}, ''))`;
  const cases: string[] = [];
  const check = (column: RecordColumn, kind: RowProblem["kind"], wrong: string) =>
    cases.push(`when ${wrong} then ${problem(column, kind)}`);
  for (const column of ["provider", "billing_account_id", "charge_category", "currency"] as const) {
    check(column, "missing", `${column} is null`);
  }
  for (const column of ["billed_cost", "effective_cost"] as const)
    check(column, "missing", `${column} is null`);
  for (const column of costColumns) {
    check(column, "number", `${column} is not null and exact_${column} is null`);
  }
  check(
    "consumed_quantity",
    "number",
    `consumed_quantity is not null and exact_consumed_quantity is null
      and not regexp_full_match(consumed_quantity, '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?')`,
  );
  const times = {
    billing_period_start: "period_start",
    billing_period_end: "period_end",
    charge_period_start: "time",
    charge_period_end: "time_end",
  } as const;
  for (const column of Object.keys(times) as (keyof typeof times)[]) {
    check(column, "missing", `${column} is null`);
    check(column, "date", `${times[column]} is null`);
  }
  check("billing_period_end", "period", "period_end <= period_start");
  check("charge_period_end", "period", "time_end < time");
  check("currency", "currency", `currency not in (${currencies})`);
  return `case ${cases.join(" ")} end`;
}

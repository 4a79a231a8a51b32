import { type FactTable, factTables } from "@cloudoptima/db/queries/cost-loading.ts";
import { DuckDBInstance } from "@duckdb/node-api";
import { sql } from "kysely";
import type { ReadContext } from "../../kernel/context.ts";
import { decimal } from "../../kernel/money.ts";

/** What is visible of a delivery. */
export interface DeliveryState {
  connectionId: string;
  rows: string;
  billed: string;
  effective: string;
}

/** By billing account, scope and first day of the billing period. */
export type DeliveryStates = Map<string, DeliveryState>;

const tables = Object.keys(factTables) as FactTable[];

/** Of the running totals (aliased `c`) the last of each column; they are of billed and effective cost. */
export const lastRunning = {
  row_count: "coalesce(c.row_count[cardinality(c.row_count)], cardinality(c.effective_cost))",
  billed_cost: "(coalesce(c.billed_cost, c.effective_cost))[cardinality(c.effective_cost)]",
  effective_cost: "c.effective_cost[cardinality(c.effective_cost)]",
};

/** What is visible at one moment; throws where rows and sums of a delivery do not say the same. */
export async function readDeliveryStates(ctx: Pick<ReadContext, "read">): Promise<DeliveryStates> {
  const levels = tables.map((table) => {
    const of = (column: keyof typeof lastRunning) =>
      table === "cost_running" ? sql.raw(lastRunning[column]) : sql.ref(`c.${column}`);
    return sql`select delivery_id, ${table === "cost_data" ? sql`count(*)` : sql`sum(${of("row_count")})`} as rows,
      sum(${of("billed_cost")}) as billed, sum(${of("effective_cost")}) as effective
      from ${sql.table(table)} c group by 1`;
  });
  const { rows } = await ctx.read((transaction) =>
    sql<DeliveryState & { key: string; told: number; levels: number }>`
      select concat_ws('|', d.billing_account_id, d.scope, d.period_start) as key, d.connection_id as "connectionId",
        min(l.rows)::text as rows, trim_scale(min(l.billed))::text as billed,
        trim_scale(min(l.effective))::text as effective,
        count(distinct (l.rows, l.billed, l.effective))::int as told, count(l.delivery_id)::int as levels
      from cost_deliveries d left join (${sql.join(levels, sql` union all `)}) l on l.delivery_id = d.id
      where d.status = 'published' group by d.id`.execute(transaction),
  );
  const states: DeliveryStates = new Map();
  for (const { key, told, levels: found, ...state } of rows) {
    if (told !== 1 || found !== tables.length)
      throw new Error(`${key} is told in ${told} ways by ${found} tables`);
    if (states.has(key)) throw new Error(`${key} is there twice`);
    states.set(key, state);
  }
  return states;
}

/** Rows of deliveries that nobody can see, by table; none of a table without any. */
export async function readLeftRows(ctx: Pick<ReadContext, "read">): Promise<Record<string, number>> {
  const visible = sql`(select id from cost_deliveries where status = 'published')`;
  const counts = [
    sql`select 'cost_deliveries' as name, count(*)::int as n from cost_deliveries where status <> 'published'`,
    ...[...tables, "cost_source_totals"].map(
      (table) =>
        sql`select ${table}, count(*)::int from ${sql.table(table)} where delivery_id not in ${visible}`,
    ),
  ];
  const { rows } = await ctx.read((transaction) =>
    sql<{ name: string; n: number }>`${sql.join(counts, sql` union all `)}`.execute(transaction),
  );
  return Object.fromEntries(rows.filter(({ n }) => n > 0).map(({ name, n }) => [name, n]));
}

/** What a FOCUS file says that it comes to, by DuckDB alone. */
export async function sumFocusFile(path: string): Promise<{ billed: string; effective: string }> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(
      `select sum("BilledCost")::varchar as billed, sum("EffectiveCost")::varchar as effective from '${path}'`,
    );
    const [row] = reader.getRowObjects() as { billed: string; effective: string }[];
    return { billed: decimal(row!.billed).toFixed(), effective: decimal(row!.effective).toFixed() };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

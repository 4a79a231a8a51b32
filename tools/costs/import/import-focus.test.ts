import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describeEachEngine } from "@cloudoptima/db/testing/engines.ts";
import { DuckDBInstance } from "@duckdb/node-api";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestTools } from "../../testing/test-tools.ts";
import { countEverything, visibleTotals } from "../load/testing.ts";
import importFocus from "./import-focus.operation.ts";

const sample = join(import.meta.dirname, "../../../data/focus/focus_sample_1000.csv");
const totals = { billed: "20.52022672899" };

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "co-import-"));
});
afterAll(() => rm(directory, { recursive: true }));

/** Writes a file and returns its path. */
async function file(name: string, content: string | Buffer): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

/** Runs DuckDB SQL, to make Parquet files. */
async function duckdb(statement: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

const header =
  "BilledCost,BillingAccountId,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,ChargePeriodEnd,ChargePeriodStart,ContractedCost,EffectiveCost,ListCost,ProviderName,ServiceName,ResourceId,Tags";
const fields = {
  BilledCost: "1.5",
  BillingAccountId: "acc",
  BillingCurrency: "USD",
  BillingPeriodEnd: "2026-10-01T00:00:00Z",
  BillingPeriodStart: "2026-09-01T00:00:00Z",
  ChargeCategory: "Usage",
  ChargePeriodEnd: "2026-09-02T00:00:00Z",
  ChargePeriodStart: "2026-09-01T00:00:00Z",
  ContractedCost: "2",
  EffectiveCost: "1.25",
  ListCost: "3",
  ProviderName: "Microsoft",
  ServiceName: "Virtual Machines",
  ResourceId: "NULL",
  Tags: "",
};
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const row = (changes: Partial<typeof fields> = {}) =>
  Object.values({ ...fields, ...changes })
    .map(quoted)
    .join(",");
const csv = (...rows: string[]) => `${[header, ...rows].join("\n")}\n`;

describeEachEngine("import_focus", (engine) => {
  async function newTenant() {
    const tools = createTestTools({
      database: engine.database(),
      now: "2026-11-20T12:00:00Z",
      definitions: [importFocus],
    });
    const organization = await tools.createOrganization();
    const actor = { ...tools.actor(organization), via: "local" as const };
    return {
      ctx: tools.context(actor),
      actor,
      tools,
      importFile: async (path: string) => {
        const request = { actor, name: "import_focus", input: { path }, source: "terminal" as const };
        return (await tools.invoke(request)).output;
      },
    };
  }

  test("the parts of one export in a folder are one delivery per month; nothing is read as two exports", async () => {
    const { importFile, ctx } = await newTenant();
    const folder = join(directory, `aws-${engine.name}`);
    const aws = { ProviderName: "AWS", BillingAccountId: "111122223333" };
    const months = [
      ["2026-09", { BillingPeriodStart: "2026-09-01T00:00:00Z", BillingPeriodEnd: "2026-10-01T00:00:00Z" }],
      ["2026-10", { BillingPeriodStart: "2026-10-01T00:00:00Z", BillingPeriodEnd: "2026-11-01T00:00:00Z" }],
    ] as const;
    for (const [month, period] of months) {
      await mkdir(join(folder, "data", `BILLING_PERIOD=${month}`), { recursive: true });
      for (const number of ["00001", "00002"]) {
        const text = csv(row({ ...aws, ...period }), row({ ...aws, ...period, BilledCost: "2" }));
        await writeFile(
          join(folder, "data", `BILLING_PERIOD=${month}`, `focus-${number}.csv.gz`),
          gzipSync(text),
        );
      }
      await mkdir(join(folder, "metadata", `BILLING_PERIOD=${month}`), { recursive: true });
      await writeFile(join(folder, "metadata", `BILLING_PERIOD=${month}`, "focus-Manifest.json"), "{}");
    }
    const output = await importFile(folder);
    expect(output).toMatchObject({ rowCount: 8, totals: [{ billed: "14", effective: "10" }] });
    expect(output.deliveries).toMatchObject([
      { provider: "aws", periodStart: "2026-09-01", rowCount: 4 },
      { provider: "aws", periodStart: "2026-10-01", rowCount: 4 },
    ]);
    expect((await importFile(folder)).alreadyLoaded).toBe(true);
    const bad = join(folder, "data", "BILLING_PERIOD=2026-10", "focus-00003.csv");
    await writeFile(bad, csv(row(aws), row({ ...aws, ListCost: "NaN" })));
    await expect(importFile(folder)).rejects.toThrow(/focus-00003\.csv, line 3, column ListCost: "NaN"/);
    await rm(bad);
    await duckdb(
      `copy (select * from read_csv('${sample}', all_varchar = true)) to '${join(folder, "x.parquet")}'`,
    );
    await expect(importFile(folder)).rejects.toThrow(/more than one export/);
    expect((await visibleTotals(ctx)).cost_data).toMatchObject([{ rows: "8", billed: "14" }]);
  });

  test("the real sample ties out exactly, at every level", async () => {
    const { importFile, ctx } = await newTenant();
    const output = await importFile(sample);
    expect(output).toMatchObject({
      rowCount: 1000,
      alreadyLoaded: false,
      totals: [{ currency: "USD", rowCount: 1000, ...totals, tiesOut: true }],
    });
    expect(output.deliveries).toMatchObject([
      { provider: "aws", rowCount: 942, outcome: "new" },
      { provider: "azure", rowCount: 51 },
      { provider: "oracle", rowCount: 6, periodStart: "2024-09-01", periodEnd: "2024-10-01" },
      { provider: "oracle", rowCount: 1, periodStart: "2024-10-01", periodEnd: "2024-11-01" },
    ]);
    for (const level of Object.values(await visibleTotals(ctx))) {
      expect(level).toMatchObject([{ currency: "USD", rows: "1000", ...totals }]);
    }
    const { rows } = await ctx.read((transaction) =>
      sql<Record<string, string>>`
        select region, resource_group, resource_type, tags->>'CostCenter' as cost_center from cost_series
        where provider = 'azure' and resource_id like '%/storageaccounts/2b7e6ef8d799420f9aafb807' limit 1`.execute(
        transaction,
      ),
    );
    expect(rows).toMatchObject([
      {
        resource_group: "ftk-integration-tests",
        resource_type: "microsoft.storage/storageaccounts",
        cost_center: "1234",
      },
    ]);
  });

  test("csv, gz and parquet with the same rows are one content", async () => {
    const { importFile, ctx } = await newTenant();
    await importFile(sample);
    const before = await countEverything(ctx);
    const gz = await file("sample.csv.gz", gzipSync(await readFile(sample)));
    expect(await importFile(gz)).toMatchObject({ alreadyLoaded: true, rowCount: 1000, totals: [totals] });
    const text = join(directory, "text.parquet");
    await duckdb(
      `copy (select * from read_csv('${sample}', all_varchar = true, nullstr = 'NULL') order by hash(SkuId)) to '${text}' (format parquet)`,
    );
    expect(await importFile(text)).toMatchObject({ alreadyLoaded: true });
    const typed = join(directory, "typed.parquet");
    await duckdb(`copy (
      select * replace (
        BilledCost::decimal(30, 15) as BilledCost, ListCost::double as ListCost, ConsumedQuantity::double as ConsumedQuantity,
        BillingPeriodStart::timestamp as BillingPeriodStart, BillingPeriodEnd::date as BillingPeriodEnd,
        (ChargePeriodStart || '+00')::timestamptz as ChargePeriodStart, ChargePeriodEnd::timestamp_ms as ChargePeriodEnd,
        from_json(Tags, '"MAP(VARCHAR, VARCHAR)"') as Tags)
      from read_csv('${sample}', all_varchar = true, nullstr = 'NULL')) to '${typed}' (format parquet)`);
    expect(await importFile(typed)).toMatchObject({ alreadyLoaded: true });
    expect(await countEverything(ctx)).toEqual(before);
  });

  test("a billing period delivered again is replaced, bigger or smaller; another stays", async () => {
    const { importFile, ctx } = await newTenant();
    const october = row({
      BillingPeriodStart: "2026-10-01",
      BillingPeriodEnd: "2026-11-01",
      BilledCost: "7",
    });
    await importFile(await file("first.csv", csv(row(), october)));
    const bigger = await importFile(await file("bigger.csv", csv(row(), row({ BilledCost: "10" }))));
    expect(bigger.deliveries).toMatchObject([
      { periodStart: "2026-09-01", outcome: "replaced", rowCount: 2 },
    ]);
    expect((await visibleTotals(ctx)).cost_data).toMatchObject([{ rows: "3", billed: "18.5" }]);
    await importFile(await file("smaller.csv", csv(row({ BilledCost: "0.25" }))));
    for (const level of Object.values(await visibleTotals(ctx)))
      expect(level).toMatchObject([{ rows: "2", billed: "7.25" }]);
    expect(await countEverything(ctx)).toMatchObject({ cost_data: 2, cost_deliveries: 2 });
  });

  test("two currencies stay two totals", async () => {
    const { importFile } = await newTenant();
    const output = await importFile(
      await file(
        "currencies.csv",
        csv(row({ BilledCost: "1.2E-7" }), row({ BillingCurrency: "EUR", BilledCost: "-4" })),
      ),
    );
    expect(output.totals).toMatchObject([
      { currency: "EUR", billed: "-4" },
      { currency: "USD", billed: "0.00000012" },
    ]);
  });

  test("FOCUS 1.3 and 1.4 names, any column order, extra columns, a BOM, CR LF, offsets", async () => {
    const { importFile, ctx } = await newTenant();
    const newer = Object.entries({
      x_Extra: "ignored",
      ...fields,
      ChargePeriodStart: "2026-09-30T22:30:00-02:00",
      ChargePeriodEnd: "2026-10-01 01:00:00",
      Tags: '{"team":"a,b"}',
      InvoiceId: "1",
      HostProviderName: "Google Cloud",
      ServiceProviderName: "Amazon Web Services",
    })
      .filter(([name]) => name !== "ProviderName")
      .reverse();
    const text = `\ufeff${newer.map(([name]) => name).join(",")}\r\n${newer.map(([, value]) => quoted(value)).join(",")}\r\n`;
    const output = await importFile(await file("newer.csv", text));
    expect(output.deliveries).toMatchObject([{ provider: "aws", billingAccountId: "acc" }]);
    const { rows } = await ctx.read((transaction) =>
      sql`select day, tags from cost_daily join cost_series on id = series_id`.execute(transaction),
    );
    expect(rows).toEqual([{ day: "2026-10-01", tags: { team: "a,b" } }]);
  });

  test("only the operator's own terminal may name a file of this machine", async () => {
    const { tools, actor } = await newTenant();
    for (const via of ["session", "api_key", "mcp"] as const) {
      const request = {
        actor: { ...actor, via },
        name: "import_focus",
        input: { path: sample },
        source: "rest" as const,
      };
      await expect(tools.invoke(request)).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(
      tools.invoke({
        actor: { ...actor, role: "viewer" },
        name: "import_focus",
        input: { path: sample },
        source: "terminal",
      }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  const big = gzipSync(
    csv(
      ...Array.from({ length: 500 }, (_, n) =>
        row({ BilledCost: createHash("md5").update(`${n}`).digest("hex").replace(/\D/g, "1").slice(0, 9) }),
      ),
    ),
  );
  const without = (name: keyof typeof fields) => {
    const kept = Object.keys(fields).filter((column) => column !== name) as (keyof typeof fields)[];
    return `${kept.join(",")}\n${kept.map((column) => fields[column]).join(",")}\n`;
  };
  const noise = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
  // [file name, content, what the message must say]
  const wrong: [string, string | Buffer, RegExp][] = [
    [
      "no-billed.csv",
      without("BilledCost"),
      /no-billed\.csv, line 1, column BilledCost: the required column is missing/,
    ],
    ["no-provider.csv", without("ProviderName"), /column ServiceProviderName \(or ProviderName\)/],
    [
      "number.csv",
      csv(row(), row({ EffectiveCost: "12,5" })),
      /number\.csv, line 3, column EffectiveCost: "12,5" is not a number/,
    ],
    ["nan.csv", csv(row({ ListCost: "NaN" })), /line 2, column ListCost: "NaN" is not a number/],
    [
      "decimals.csv",
      csv(row({ BilledCost: "0.1234567890123456789012345" })),
      /line 2, column BilledCost: .* more than 24 decimals/,
    ],
    ["no-cost.csv", csv(row({ BilledCost: "NULL" })), /line 2, column BilledCost: the value is missing/],
    [
      "quoted-lines.csv",
      csv(row({ ServiceName: "two\nlines\r\nand three" }), "", row({ ChargePeriodStart: "soon" })),
      /quoted-lines\.csv, line 6, column ChargePeriodStart: "soon" is not a date/,
    ],
    [
      "day.csv",
      csv(row({ BillingPeriodStart: "31/12/2026" })),
      /line 2, column BillingPeriodStart: .* not a date/,
    ],
    [
      "period.csv",
      csv(row({ BillingPeriodEnd: "2026-08-01" })),
      /line 2, column BillingPeriodEnd: the period ends/,
    ],
    [
      "first-year.csv",
      csv(row(), row({ BillingPeriodStart: "0001-01-01" })),
      /first-year\.csv, line 3, column BillingPeriodStart: "0001-01-01" lies outside the years 2000 to 2100/,
    ],
    [
      "far-year.csv",
      csv(row({ ChargePeriodStart: "2926-09-01", ChargePeriodEnd: "2926-09-02" })),
      /line 2, column ChargePeriodStart: "2926-09-01" lies outside/,
    ],
    [
      "long-period.csv",
      csv(row({ BillingPeriodStart: "2025-08-31" })),
      /line 2, column BillingPeriodEnd: the billing period ends "2026-10-01T00:00:00Z", more than 13 months/,
    ],
    [
      "currency.csv",
      csv(row({ BillingCurrency: "US$" })),
      /line 2, column BillingCurrency: "US\$" is not a currency/,
    ],
    ["currency2.csv", csv(row(), row({ BillingCurrency: "ZZZ" })), /line 3, column BillingCurrency: "ZZZ"/],
    [
      "long-service.csv",
      csv(row(), row({ ServiceName: randomBytes(1_001).toString("hex") })),
      /line 3, column ServiceName: "[0-9a-f]{60}…" is longer than 2000 bytes/,
    ],
    [
      "long-account.csv",
      csv(row({ BillingAccountId: "é".repeat(301) })),
      /line 2, column BillingAccountId: "é+…" is longer than 600 bytes/,
    ],
    ["tags.csv", csv(row({ Tags: "team=web" })), /line 2, column Tags: "team=web" is not a JSON object/],
    ["cut.csv.gz", big.subarray(0, big.length - 200), /cut\.csv\.gz is cut off/],
    [
      "damaged.csv.gz",
      Buffer.concat([big.subarray(0, 200), Buffer.alloc(50, 0x55), big.subarray(250)]),
      /damaged\.csv\.gz is (damaged|cut off)/,
    ],
    ["empty.csv", "", /empty\.csv is empty/],
    ["empty.csv.gz", gzipSync(""), /empty\.csv\.gz is empty once unpacked/],
    ["header.csv", csv(), /header\.csv has a header but no rows/],
    ["picture.csv", noise, /picture\.csv is a PNG image/],
    ["data.json", '{"BilledCost": 1}\n', /data\.json is JSON/],
    ["people.csv", "name,age\nAda,36\n", /people\.csv, line 1: none of its columns is a FOCUS column/],
    ["renamed.csv", Buffer.from("PK\u0003\u0004rest"), /renamed\.csv is a ZIP archive/],
    ["broken.parquet", Buffer.from("PAR1 and then nothing"), /broken\.parquet is damaged/],
    [
      "latin1.csv",
      Buffer.from(csv(row(), row({ ServiceName: "Käse" })), "latin1"),
      /latin1\.csv, line 3: the text is not UTF-8/,
    ],
    ["utf16.csv", Buffer.from(`\ufeff${csv(row())}`, "utf16le"), /utf16\.csv is text in UTF-16/],
    ["columns.csv", csv(row(), "1,2,3"), /columns\.csv, line 3: the row has 3 values, the header 15 columns/],
    ["open-quote.csv", csv(row(), '"never closed'), /open-quote\.csv, line 3: a quoted value is not closed/],
    [
      "twice.csv",
      `${header},BilledCost\n${row()},1\n`,
      /line 1, column BilledCost: the column is there twice/,
    ],
  ];
  test.each(wrong)("%s is refused and leaves nothing", async (name, content, message) => {
    const { importFile, ctx } = await newTenant();
    const error = await importFile(await file(name, content)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "invalid_input", message: expect.stringMatching(message) });
    expect(await countEverything(ctx)).toMatchObject({ cost_data: 0, cost_deliveries: 0, cost_series: 0 });
    const { rows } = await ctx.read((transaction) =>
      sql`select 1 from cloud_connections`.execute(transaction),
    );
    expect(rows).toEqual([]);
  });

  test("a billing period of 13 months is taken", async () => {
    const { importFile } = await newTenant();
    const year = row({ BillingPeriodStart: "2025-09-01" });
    expect(await importFile(await file("year.csv", csv(year)))).toMatchObject({ rowCount: 1 });
  });

  test("a missing file, a folder and a relative path are refused", async () => {
    const { importFile } = await newTenant();
    await expect(importFile(join(directory, "nowhere.csv"))).rejects.toMatchObject({ code: "not_found" });
    await mkdir(join(directory, "folder.csv"), { recursive: true });
    await expect(importFile(join(directory, "folder.csv"))).rejects.toThrow("holds no FOCUS file");
    await expect(importFile("file.csv")).rejects.toThrow("not an absolute path");
  });

  test("a bad number in Parquet names its row", async () => {
    const { importFile } = await newTenant();
    const path = join(directory, "bad.parquet");
    await file("bad-source.csv", csv(row(), row({ BilledCost: "x" })));
    await duckdb(
      `copy (select * from read_csv('${join(directory, "bad-source.csv")}', all_varchar = true)) to '${path}' (format parquet)`,
    );
    await expect(importFile(path)).rejects.toThrow(
      'bad.parquet, row 2, column BilledCost: "x" is not a number',
    );
  });
});

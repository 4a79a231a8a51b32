import { describeTimescaleToo } from "@cloudoptima/db/testing/engines.ts";
import { beforeAll, expect, it } from "vitest";
import { decimal, sumDecimals } from "../kernel/money.ts";
import { createTestTools, type TestOrganization, type TestTools } from "../testing/test-tools.ts";
import type { CostBreakdown } from "./cost-shapes.ts";
import { importSample, readSample } from "./testing/focus-sample.ts";
import { ask } from "./testing/load-rows.ts";
import type { CostTrend } from "./trend-shapes.ts";

type SampleRow = Record<string, string>;
const sample = readSample();
const columns = {
  effective: "EffectiveCost",
  billed: "BilledCost",
  list: "ListCost",
  contracted: "ContractedCost",
};

/** Exact sums of a cost column by a key, largest first. */
function truth(column: string, keyOf: (row: SampleRow) => string, rows = sample): [string, string][] {
  const groups = Map.groupBy(rows, keyOf);
  return [...groups]
    .map(([key, own]) => [key, sumDecimals(own.map((row) => row[column]!)).toFixed()] as [string, string])
    .sort(([a, x], [b, y]) => decimal(y).comparedTo(x) || (a < b ? -1 : 1));
}

const day = (row: SampleRow) => row.ChargePeriodStart!.slice(0, 10);
const tag = (row: SampleRow, key: string) =>
  (JSON.parse(row.Tags || "{}") as Record<string, string>)[key] ?? "";
const providers: Record<string, string> = { AWS: "aws", Microsoft: "azure", Oracle: "oracle" };

describeTimescaleToo("costs of the FOCUS sample", (engine) => {
  let tools: TestTools;
  let sunBird: TestOrganization;

  beforeAll(async () => {
    tools = createTestTools({ database: engine.database(), now: "2026-11-23T15:00:00Z" });
    sunBird = await tools.createOrganization("SunBird");
    await importSample(tools, sunBird);
  });

  const breakdown = (input: Record<string, unknown>) =>
    ask<CostBreakdown>(tools, sunBird, "get_cost_breakdown", {
      period: { words: "September 2024" },
      top: 100,
      ...input,
    });
  const shown = (output: CostBreakdown) => output.rows.map((row) => [row.key, row.amount.value]);

  it("reads the sample without our importer", () => {
    expect(sample).toHaveLength(1000);
  });

  it.each(["effective", "billed", "list", "contracted"] as const)(
    "totals %s cost exactly",
    async (costKind) => {
      const output = await breakdown({ costKind });
      const expected = sumDecimals(sample.map((row) => row[columns[costKind]] || "0")).toFixed();
      expect(output.total).toEqual([{ value: expected, currency: "USD" }]);
      expect(output.rowCount).toBe(1000);
    },
  );

  const groupings: [string, Record<string, unknown>, (row: SampleRow) => string][] = [
    ["service", {}, (row) => row.ServiceName!],
    ["provider", {}, (row) => providers[row.ProviderName!]!],
    ["region", {}, (row) => (row.RegionId || row.RegionName!).toLowerCase().replaceAll(" ", "")],
    ["subscription", {}, (row) => row.SubAccountId!],
    ["charge_category", {}, (row) => row.ChargeCategory!],
    ["tag", { tagKey: "environment" }, (row) => tag(row, "environment")],
    ["tag", { tagKey: "business_unit" }, (row) => tag(row, "business_unit")],
  ];
  it.each(groupings)("groups by %s %j as the file says", async (groupBy, more, keyOf) => {
    const output = await breakdown({ groupBy, ...more });
    const expected = truth("EffectiveCost", keyOf);
    const top = expected.slice(0, 100).map(([, amount]) => amount);
    expect(output.rows.map((row) => row.amount.value)).toEqual(top);
    if (expected.length <= 100)
      expect(Object.fromEntries(shown(output))).toEqual(Object.fromEntries(expected));
  });

  it("groups by resource, lower case for Azure", async () => {
    const output = await breakdown({ groupBy: "resource" });
    const expected = truth("EffectiveCost", (row) =>
      row.ProviderName === "Microsoft" ? row.ResourceId!.toLowerCase() : row.ResourceId!,
    );
    expect(output.rows.map((row) => row.amount.value)).toEqual(
      expected.slice(0, 100).map(([, amount]) => amount),
    );
    expect(output.otherCount).toBe(expected.length - 100);
  });

  it("shows the credit apart", async () => {
    const output = await breakdown({});
    const credit = sample.filter((row) => row.ChargeCategory === "Credit");
    expect(output.charges).toContainEqual({
      kind: "credit",
      label: "credits",
      amount: { value: sumDecimals(credit.map((row) => row.EffectiveCost!)).toFixed(), currency: "USD" },
    });
  });

  it("filters by provider and tag together", async () => {
    const filters = [
      { dimension: "provider", values: ["AWS"] },
      { dimension: "tag", tagKey: "environment", values: ["prod"] },
    ];
    const output = await breakdown({ filters, costKind: "billed" });
    const rows = sample.filter((row) => row.ProviderName === "AWS" && tag(row, "environment") === "prod");
    expect(output.total[0]!.value).toBe(sumDecimals(rows.map((row) => row.BilledCost!)).toFixed());
    expect(output.rowCount).toBe(rows.length);
  });

  it("cuts a few days, by resource too", async () => {
    const period = { words: "Sep 5-18 2024" };
    const rows = sample.filter((row) => day(row) >= "2024-09-05" && day(row) < "2024-09-19");
    for (const groupBy of ["service", "resource"]) {
      const output = await breakdown({ period, groupBy });
      expect(output.total[0]!.value).toBe(sumDecimals(rows.map((row) => row.EffectiveCost!)).toFixed());
    }
  });

  const trends: [string, Record<string, unknown>][] = [
    ["daily", {}],
    ["weekly", {}],
    ["monthly", {}],
    ["daily", { groupBy: "service", top: 3 }],
    ["weekly", { groupBy: "resource", top: 2 }],
    ["monthly", { groupBy: "tag", tagKey: "environment" }],
    ["daily", { filters: [{ dimension: "resource", values: ["(none)"], exclude: true }] }],
  ];
  it.each(trends)(
    "draws a %s trend %j whose points add up to the breakdown's total",
    async (granularity, more) => {
      const period = { words: "September 2024" };
      const trend = await ask<CostTrend>(tools, sunBird, "get_cost_trend", { granularity, period, ...more });
      const whole = await breakdown({ filters: more.filters ?? [] });
      const points = trend.series.flatMap((line) => line.points.map((point) => point.amount.value));
      expect(sumDecimals(points).toFixed()).toBe(whole.total[0]!.value);
      expect(trend.total).toEqual(whole.total);
    },
  );

  it("gives each day's cost as the file says", async () => {
    const trend = await ask<CostTrend>(tools, sunBird, "get_cost_trend", {
      granularity: "daily",
      period: { words: "September 2024" },
    });
    const expected = Object.fromEntries(truth("EffectiveCost", day));
    const points = trend.series[0]!.points;
    expect(points).toHaveLength(30);
    for (const { start, amount } of points) expect(amount.value).toBe(expected[start] ?? "0");
    const [highest] = truth("EffectiveCost", day)[0]!;
    expect(trend.statistics[0]!.highest.start).toBe(highest);
  });

  it("knows the organization's names, and no other's", async () => {
    const { output } = await tools.invoke({
      actor: tools.actor(sunBird, "viewer"),
      name: "get_cost_vocabulary",
      input: {},
      source: "web",
    });
    const { dimensions, tags } = output as {
      dimensions: { dimension: string; values: { key: string }[] }[];
      tags: { tagKey: string }[];
    };
    const services = dimensions
      .find(({ dimension }) => dimension === "service")!
      .values.map(({ key }) => key);
    expect(new Set(services)).toEqual(new Set(sample.map((row) => row.ServiceName)));
    expect(tags.map(({ tagKey }) => tagKey)).toContain("environment");
    const other = await tools.createOrganization("Other");
    const none = await ask<{ currencies: string[] }>(tools, other, "get_cost_vocabulary", {});
    expect(none.currencies).toEqual([]);
  });

  it("says how fresh the data is, per provider", async () => {
    const output = await ask<{ rowCount: number; sources: Record<string, unknown>[]; freshness: unknown }>(
      tools,
      sunBird,
      "get_data_freshness",
      {},
    );
    expect(output.rowCount).toBe(1000);
    expect(output.freshness).toMatchObject({ dataFrom: "2024-09-01", dataUntil: "2024-09-30" });
    expect(output.sources.map(({ provider, rowCount }) => [provider, rowCount])).toEqual([
      ["aws", 942],
      ["azure", 51],
      ["oracle", 7],
    ]);
    expect(output.sources[0]).toMatchObject({ files: ["focus_sample_1000.csv"], isLoading: false });
  });
});

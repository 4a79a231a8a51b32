import { expect, test } from "vitest";
import { price, priceBookOf } from "../../prices/testing.ts";
import { dailyCosts, facts, hourlyUsage, judge, resource, waste } from "../testing.ts";
import rule from "./database-rightsizing.ts";

const gib = 1024 ** 3;
const database = (objective: string, properties: Record<string, unknown> = {}, more = {}) =>
  resource("microsoft.sql/servers/databases", {
    status: "online",
    properties: { currentServiceObjectiveName: objective, maxSizeBytes: 250 * gib, ...properties },
    ...more,
  });
const daily: Record<string, string> = { S0: "0.48", S1: "0.97", S2: "2.42", S3: "4.84", S4: "9.68" };
const prices = priceBookOf({
  sqlDtu: (_, objective) => (daily[objective] ? price(daily[objective], "day") : null),
  sqlVcore: () => ({
    compute: price("0.15", "vcore_hour"),
    licence: price("0.1", "vcore_hour"),
    reservation1Year: null,
    reservation3Years: null,
    storage: price("0.1", "gib_month"),
  }),
});
const loaded = (percent: number, more: Partial<Parameters<typeof facts>[0]> = {}, storedGib = 40) =>
  facts({
    prices,
    costs: dailyCosts(30, "4.84", { service: "SQL Database" }),
    usage: hourlyUsage({
      "dtu_percent/maximum": percent,
      "cpu_percent/maximum": percent,
      "storage_bytes/maximum": storedGib * gib,
    }),
    ...more,
  });

test("an S3 that uses 30 % fits an S2 and saves half", () => {
  const finding = waste(judge(rule, database("S3"), loaded(30)));
  expect(finding).toMatchObject({
    type: "database_rightsizing",
    monthlySavings: "73.6",
    target: { sku: "S2" },
    confidence: 0.85,
  });
  expect(finding.evidence[1]).toMatchObject({ label: "The same on S2", value: "60" });
});

test("the smallest objective that carries the load is the target", () => {
  expect(waste(judge(rule, database("S3"), loaded(7))).target?.sku).toBe("S0");
  expect(waste(judge(rule, database("S3"), loaded(12))).target?.sku).toBe("S1");
});

test("data that does not fit a smaller objective keeps the larger", () => {
  expect(waste(judge(rule, database("S4"), loaded(10, {}, 300))).target?.sku).toBe("S3");
  expect(judge(rule, database("S3"), loaded(10, {}, 300)).verdict).toBe("fine");
});

test("vCores scale with their licence; storage that is billed with them stays", () => {
  // 8 vCores at list: 8 x 0.25 x 730 = 1,460 a month, 48 a day.
  const compute = dailyCosts(30, "48", { service: "SQL Database" });
  const finding = waste(judge(rule, database("GP_Gen5_8"), loaded(35, { costs: compute })));
  expect(finding.target?.sku).toBe("GP_Gen5_4");
  expect(finding.monthlySavings).toBe("730");
  const withStorage = dailyCosts(30, "48.821917808", { service: "SQL Database" }); // 25 a month for 250 GiB
  const apart = waste(judge(rule, database("GP_Gen5_8"), loaded(35, { costs: withStorage })));
  expect(Number(apart.monthlySavings)).toBeCloseTo(730, 1);
  expect(apart.confidence).toBe(0.7);
});

test.each<[string, ReturnType<typeof database>, ReturnType<typeof loaded>]>([
  ["is used", database("S3"), loaded(40)],
  ["is in an elastic pool", database("S3", { elasticPoolId: "/subscriptions/s/pool" }), loaded(5)],
  ["is a geo-replica", database("S3", { secondaryType: "Geo" }), loaded(5)],
  ["is serverless", database("GP_S_Gen5_4"), loaded(5)],
  ["is the smallest already", database("S0"), loaded(5)],
  ["is paused", database("S3", {}, { status: "paused" }), loaded(5)],
  ["waits for a failover", database("S3", {}, { tags: { Role: "DR" } }), loaded(5)],
])("one that %s is fine", (_, resource, about) => {
  expect(judge(rule, resource, about).verdict).toBe("fine");
});

test.each<[string, ReturnType<typeof loaded>]>([
  ["without measurements", facts({ prices })],
  ["without prices", loaded(5, { prices: priceBookOf({}) })],
  [
    "with gaps",
    loaded(5, { usage: hourlyUsage({ "dtu_percent/maximum": ({ hour }) => (hour < 12 ? 5 : NaN) }) }),
  ],
  ["with data of unknown size", loaded(5, { usage: hourlyUsage({ "dtu_percent/maximum": 5 }) })],
])("%s: unknown", (_, about) => {
  expect(judge(rule, database("S3"), about).verdict).toBe("unknown");
});

test("a limit of the organization's own", () => {
  expect(judge(rule, database("S3"), loaded(30), { usedPercentP99: 20 }).verdict).toBe("fine");
});

import { expect, test } from "vitest";
import { price, priceBookOf } from "../prices/testing.ts";
import rule from "./rules/database-rightsizing.ts";
import { dailyCosts, facts, hourlyUsage, judge, resource, waste } from "./testing.ts";

const gib = 1024 ** 3;
const type = "microsoft.sql/servers/elasticpools";
const vcorePool = (capacity: number, properties: Record<string, unknown> = {}, more = {}) =>
  resource(type, {
    properties: {
      sku: { name: "GP_Gen5", tier: "GeneralPurpose", family: "Gen5", capacity },
      maxSizeBytes: 500 * gib,
      perDatabaseSettings: { minCapacity: 0, maxCapacity: capacity },
      ...properties,
    },
    ...more,
  });
const dtuPool = (capacity: number, properties: Record<string, unknown> = {}, tier = "Standard") =>
  resource(type, {
    properties: { sku: { name: `${tier}Pool`, tier, capacity }, maxSizeBytes: capacity * gib, ...properties },
  });
const prices = priceBookOf({
  sqlPool: (_, tier, edtus) => (tier === "Standard" ? price((edtus * 0.07).toFixed(2), "day") : null),
  sqlVcore: () => ({
    compute: price("0.15", "vcore_hour"),
    licence: price("0.1", "vcore_hour"),
    reservation1Year: null,
    reservation3Years: null,
    storage: price("0.1", "gib_month"),
  }),
});
const holding = (count: number) => (kind: string) =>
  kind === "elastic_pool" ? Array.from({ length: count }, (_, index) => `/databases/${index}`) : [];
const loaded = (percent: number, more: Partial<Parameters<typeof facts>[0]> = {}, storedGib = 40) =>
  facts({
    prices,
    costs: dailyCosts(30, "14", { service: "SQL Database" }),
    usage: hourlyUsage({
      "dtu_percent/maximum": percent,
      "cpu_percent/maximum": percent,
      "storage_bytes/maximum": storedGib * gib,
    }),
    usedBy: holding(2),
    ...more,
  });

test("a pool of 200 eDTUs that uses 30 % fits 100 and saves half", () => {
  const finding = waste(judge(rule, dtuPool(200), loaded(30)));
  expect(finding).toMatchObject({
    type: "database_rightsizing",
    title: "Scale elastic pool thing-1 down to 100 eDTUs",
    monthlySavings: "212.91", // half of 14 a day
    target: { sku: "StandardPool_100" },
    confidence: 0.85,
  });
  expect(finding.evidence.slice(0, 4)).toMatchObject([
    { value: "30" },
    { label: "The same on StandardPool_100", value: "60" },
    { value: String(40 * gib) },
    { label: "Databases in the pool", value: "2" },
  ]);
});

test("vCores scale with their licence, and what else is billed with them stays", () => {
  // 8 vCores at list are 48 a day, its 500 GiB 50 a month.
  const costs = dailyCosts(30, "49.643835616", { service: "SQL Database" });
  const finding = waste(judge(rule, vcorePool(8), loaded(35, { costs })));
  expect(finding.target?.sku).toBe("GP_Gen5_4");
  expect(Number(finding.monthlySavings)).toBeCloseTo(730, 1);
});

test("what is stored is told in bytes or as a share of what the pool may store", () => {
  const usage = (percent: number) =>
    hourlyUsage({ "dtu_percent/maximum": 30, "storage_percent/maximum": percent });
  expect(waste(judge(rule, dtuPool(200), loaded(30, { usage: usage(50) }))).target?.sku).toBe(
    "StandardPool_100",
  );
  expect(judge(rule, dtuPool(200), loaded(30, { usage: usage(51) })).verdict).toBe("fine");
});

test("the smallest size is taken that keeps load, data, databases and what is promised to each", () => {
  const target = (pool: ReturnType<typeof vcorePool>, about: ReturnType<typeof loaded>) =>
    waste(judge(rule, pool, about)).target?.sku;
  expect(target(vcorePool(16), loaded(9))).toBe("GP_Gen5_2");
  expect(target(vcorePool(16), loaded(9, {}, 600))).toBe("GP_Gen5_4");
  expect(target(vcorePool(16), loaded(9, { usedBy: holding(101) }))).toBe("GP_Gen5_4");
  const promise = (minCapacity: number, maxCapacity: number) =>
    vcorePool(16, { perDatabaseSettings: { minCapacity, maxCapacity } });
  expect(target(promise(2, 16), loaded(9))).toBe("GP_Gen5_4");
  expect(target(promise(0, 6), loaded(9))).toBe("GP_Gen5_6");
  const critical = { sku: { name: "BC_Gen5", tier: "BusinessCritical", family: "Gen5", capacity: 8 } };
  expect(target(vcorePool(8, critical), loaded(9))).toBe("BC_Gen5_4");
});

test.each<[string, ReturnType<typeof vcorePool>, ReturnType<typeof loaded>]>([
  ["is used", dtuPool(200), loaded(40)],
  ["is the smallest", dtuPool(50), loaded(5)],
  ["stores more than the next size includes", dtuPool(200), loaded(30, {}, 101)],
  ["promises all it has", vcorePool(4, { perDatabaseSettings: { minCapacity: 2 } }), loaded(5)],
  ["waits for a failover", vcorePool(8, {}, { tags: { Role: "DR" } }), loaded(5)],
  [
    "holds replicas",
    vcorePool(8),
    loaded(5, { related: (id) => resource("d", { id, properties: { secondaryType: "Geo" } }) }),
  ],
  [
    "was made yesterday and is empty yet",
    vcorePool(4, { creationDate: "2026-10-04T08:00:00Z" }),
    loaded(0, { usedBy: () => [] }, 0),
  ],
  ["held data in these days and is empty now", vcorePool(4), loaded(0, { usedBy: () => [] }, 5)],
  ["is empty and waits for a failover", vcorePool(4, {}, { name: "pool-dr" }), facts({ prices })],
])("a pool that %s is fine", (_, pool, about) => {
  expect(judge(rule, pool, about).verdict).toBe("fine");
});

test.each<[string, ReturnType<typeof vcorePool>, ReturnType<typeof loaded>]>([
  ["without measurements", dtuPool(200), facts({ prices, usedBy: holding(1) })],
  ["without prices", dtuPool(250, {}, "Premium"), loaded(5)],
  [
    "with gaps",
    dtuPool(200),
    loaded(5, { usage: hourlyUsage({ "dtu_percent/maximum": ({ hour }) => (hour < 12 ? 5 : NaN) }) }),
  ],
  [
    "with data of unknown size",
    dtuPool(200),
    loaded(5, { usage: hourlyUsage({ "dtu_percent/maximum": 5 }) }),
  ],
  [
    "on hardware of unknown sizes",
    vcorePool(8, { sku: { name: "GP_DC", tier: "GeneralPurpose", family: "DC", capacity: 8 } }),
    loaded(5),
  ],
])("a pool %s: unknown", (_, pool, about) => {
  expect(judge(rule, pool, about).verdict).toBe("unknown");
});

test("a pool without a database is paid for nothing, whatever its size", () => {
  const empty = { usedBy: () => [] };
  const finding = waste(judge(rule, dtuPool(200), loaded(0, empty, 0)));
  expect(finding).toMatchObject({
    title: "Delete empty elastic pool thing-1",
    monthlySavings: "425.83",
    target: null,
    remediation: null,
    confidence: 0.95,
  });
  const unmeasured = facts({ prices, costs: dailyCosts(30, "14", { service: "SQL Database" }) });
  expect(waste(judge(rule, dtuPool(200), unmeasured)).confidence).toBe(0.8);
});

test("a limit of the organization's own", () => {
  expect(judge(rule, dtuPool(200), loaded(30), { usedPercentP99: 20 }).verdict).toBe("fine");
});

import { expect, test } from "vitest";
import { price, priceBookOf } from "../../prices/testing.ts";
import { dailyCosts, facts, hourlyUsage, judge, resource, waste } from "../testing.ts";
import rule from "./serverless-candidate.ts";

const database = (objective: string, properties: Record<string, unknown> = {}, more = {}) =>
  resource("microsoft.sql/servers/databases", {
    status: "online",
    properties: { currentServiceObjectiveName: objective, ...properties },
    ...more,
  });
const pricesAt = (serverless: string) =>
  priceBookOf({
    sqlVcore: () => ({
      compute: price("0.15", "vcore_hour"),
      licence: price("0.1", "vcore_hour"),
      reservation1Year: null,
      reservation3Years: null,
      storage: null,
    }),
    sqlServerless: () => ({ compute: price(serverless, "vcore_hour"), memoryGibPerVcore: 3, storage: null }),
  });
const prices = pricesAt("0.5");
const at = (busy: (hour: Temporal.ZonedDateTime) => boolean, cpuPercent = 50) =>
  facts({
    prices,
    costs: dailyCosts(30, "24", { service: "SQL Database" }), // 4 vCores x 0.25 x 24
    usage: hourlyUsage({
      "sessions_percent/maximum": (hour) => (busy(hour) ? 3 : 0),
      "cpu_percent/average": (hour) => (busy(hour) ? cpuPercent : 0),
      "cpu_percent/maximum": (hour) => (busy(hour) ? cpuPercent : 0),
    }),
  });
const officeHours = ({ hour }: Temporal.ZonedDateTime) => hour >= 9 && hour < 17;

test("busy 8 hours a day at half its vCores: billed for those and an hour of delay", () => {
  const finding = waste(judge(rule, database("GP_Gen5_4"), at(officeHours)));
  // A day: 8 h x 2 vCores + 1 h x 0.5 = 16.5 vCore-hours x 0.5 = 8.25 instead of 24. The window begins and ends
  // idle, so that there is one stretch more than days.
  const vcoreHours = 14 * 8 * 2 + 15 * 0.5;
  const share = (vcoreHours * 0.5 * 730) / 336 / (4 * 0.25 * 730);
  expect(Number(finding.monthlySavings)).toBeCloseTo(730 * (1 - share), 1);
  expect(finding).toMatchObject({ target: { sku: "GP_S_Gen5_4" }, risk: "medium" });
  expect(finding.evidence[0]).toMatchObject({ value: String(14 * 16) });
});

test.each([
  ["GP_Gen5_4", 0.25, 15, "15 idle minutes"],
  ["GP_Gen5_4", 4, 240, "4 idle hours"],
  ["HS_Gen5_4", 0.25, 60, "1 idle hour"],
])(
  "%s with a delay of %d h is reckoned with and made to pause after %i minutes",
  (objective, hours, minutes, said) => {
    const finding = waste(judge(rule, database(objective), at(officeHours), { pauseDelayHours: hours }));
    expect(finding.target).toMatchObject({ settings: { pauseAfterMinutes: minutes } });
    expect(finding.description).toContain(`pauses after ${said} `);
    expect(Number(finding.evidence[3]!.value)).toBeCloseTo(14 * 8 * 2 + (15 * 0.5 * minutes) / 60, 1);
    expect(finding.evidence[4]).toMatchObject({ label: "Auto-pause delay", value: String(minutes / 60) });
  },
);

test("the minimum of a large database is billed in its busy hours", () => {
  const big = waste(
    judge(rule, database("GP_Gen5_32"), { ...at(officeHours, 5), costs: dailyCosts(30, "192") }),
  );
  expect(big.evidence.at(3)).toMatchObject({ label: "vCore-hours when serverless" });
  expect(Number(big.evidence[3]!.value)).toBe(14 * 8 * 4 + 15 * 4);
});

test.each<[string, ReturnType<typeof database>, ReturnType<typeof at>]>([
  ["is always on", database("GP_Gen5_4"), at(() => true)],
  ["rests for single hours only", database("GP_Gen5_4"), at(({ hour }) => hour % 2 === 0)],
  [
    "would cost more",
    database("GP_Gen5_4"),
    { ...at(({ hour }) => hour < 11, 100), prices: pricesAt("0.6") },
  ],
  [
    "is in a failover group",
    database("GP_Gen5_4", { failoverGroupId: "/subscriptions/s/fg" }),
    at(officeHours),
  ],
  ["is a geo-replica", database("GP_Gen5_4", { secondaryType: "Geo" }), at(officeHours)],
  ["runs jobs", database("GP_Gen5_4", {}, { tags: { Role: "elastic-job" } }), at(officeHours)],
  [
    "elastic jobs keep awake",
    database("GP_Gen5_4"),
    { ...at(officeHours), usedBy: (kind) => (kind === "job_database" ? ["/subscriptions/s/agent"] : []) },
  ],
  ["is in a pool", database("GP_Gen5_4", { elasticPoolId: "/subscriptions/s/pool" }), at(officeHours)],
  ["is business critical", database("BC_Gen5_4"), at(officeHours)],
  ["is serverless already", database("GP_S_Gen5_4"), at(officeHours)],
])("one that %s is fine", (_, resource, about) => {
  expect(judge(rule, resource, about).verdict).toBe("fine");
});

test("without measurements or prices: unknown", () => {
  expect(judge(rule, database("GP_Gen5_4"), facts({ prices })).verdict).toBe("unknown");
  const unpriced = { ...at(officeHours), prices: priceBookOf({}) };
  expect(judge(rule, database("GP_Gen5_4"), unpriced).verdict).toBe("unknown");
});

import { expect, test } from "vitest";
import { dailyCosts, facts, hourlyUsage, judge, resource, waste } from "../testing.ts";
import rule from "./idle-vm.ts";

const machine = (more = {}) =>
  resource("microsoft.compute/virtualmachines", {
    status: "running",
    properties: { hardwareProfile: { vmSize: "Standard_D4s_v5" } },
    ...more,
  });
const costs = dailyCosts(60, "4.8", { service: "Virtual Machines" });
const nothing = {
  "cpu_percent/maximum": 1.9,
  "cpu_percent/average": 1.1,
  "network_out_bytes/total": 900_000,
};
type Usage = Parameters<typeof hourlyUsage>[0];
const idle = (usage: Usage = {}) => facts({ costs, usage: hourlyUsage({ ...nothing, ...usage }) });
/** One value in the last `days` days, another before. */
const sinceDays = (days: number, before: number, after: number) => (hour: Temporal.ZonedDateTime) =>
  Temporal.ZonedDateTime.compare(
    hour,
    Temporal.ZonedDateTime.from("2026-10-05T00:00[UTC]").subtract({ days }),
  ) < 0
    ? before
    : after;

test("a machine idle for 30 days saves its compute cost", () => {
  const finding = waste(judge(rule, machine(), idle()));
  expect(finding).toMatchObject({
    monthlySavings: "146",
    annualSavings: "1752",
    confidence: 0.95,
    risk: "low",
  });
  expect(finding.evidence.find(({ label }) => label.startsWith("Maximum CPU"))).toMatchObject({
    value: "1.9",
    unit: "percent",
    window: { start: "2026-09-05", end: "2026-10-05" },
  });
});

test("a day and a half of work in the last week is under 5 % of a month, and no idle machine", () => {
  const work = (busy: number, rest: number) => (hour: Temporal.ZonedDateTime) =>
    [29, 30].includes(hour.day) && hour.hour >= 6 && hour.hour < 23 ? busy : rest;
  const closing = idle({ "cpu_percent/maximum": work(60, 1.9), "cpu_percent/average": work(48, 1.1) });
  expect(judge(rule, machine(), closing).verdict).toBe("fine");
});

test("what is not compute (disks, backup) is not saved", () => {
  const more = [...costs, ...dailyCosts(60, "2", { service: "Backup" })];
  expect(waste(judge(rule, machine(), { ...idle(), costs: more })).monthlySavings).toBe("146");
});

test("what a reservation pays for is not saved by stopping", () => {
  const reserved = dailyCosts(60, "4.8", { service: "Virtual Machines", billed: "0" });
  const finding = waste(judge(rule, machine(), { ...idle(), costs: reserved }));
  expect(finding).toMatchObject({ monthlySavings: "0", annualSavings: "0" });
  expect(finding.description).toContain("reservation");
});

test("busy earlier, idle for a week: found with less confidence and the week as its window", () => {
  const busy = idle({
    "cpu_percent/maximum": sinceDays(7, 40, 1.9),
    "cpu_percent/average": sinceDays(7, 35, 1.1),
  });
  const finding = waste(judge(rule, machine(), busy));
  expect(finding.confidence).toBe(0.8);
  expect(finding.evidence[0]!.window).toEqual({ start: "2026-09-28", end: "2026-10-05" });
});

test.each<[string, Usage]>([
  ["works", { "cpu_percent/maximum": 12 }],
  ["worked in the last 3 days", { "cpu_percent/average": sinceDays(2, 1, 2.5) }],
  ["is at the limit of 3 %", { "cpu_percent/maximum": 3 }],
  ["forwards traffic", { "network_out_bytes/total": 4.2e11 }],
])("a machine that %s is fine", (_, usage) => {
  expect(judge(rule, machine(), idle(usage)).verdict).toBe("fine");
});

test.each<[string, Usage]>([
  ["no points", { "cpu_percent/maximum": Number.NaN, "cpu_percent/average": Number.NaN }],
  [
    "too many gaps",
    { "cpu_percent/maximum": (hour: Temporal.ZonedDateTime) => (hour.hour < 14 ? 1 : Number.NaN) },
  ],
  ["no network points", { "network_out_bytes/total": Number.NaN }],
])("%s: unknown, never idle", (_, usage) => {
  expect(judge(rule, machine(), idle(usage)).verdict).toBe("unknown");
});

test("without any metrics: unknown", () => {
  expect(judge(rule, machine(), facts({ costs })).verdict).toBe("unknown");
});

test.each([
  [{ status: "deallocated" }],
  [{ status: "stopped" }],
  [{ tags: { Role: "DR replica" } }],
  [{ tags: { "ASR-ProtectedItem": "vm-warehouse-prod" } }],
  [{ tags: { purpose: "site recovery" } }],
])("%j is fine", (more) => {
  expect(judge(rule, machine(more), idle()).verdict).toBe("fine");
});

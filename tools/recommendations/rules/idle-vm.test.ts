import { expect, test } from "vitest";
import type { BusyWindow } from "../judged-resource.ts";
import { busyWindows, dailyCosts, facts, resource, waste } from "../testing.ts";
import { judgeIdleVm } from "./idle-vm.ts";

const machine = (more = {}) =>
  resource("microsoft.compute/virtualmachines", {
    status: "running",
    properties: { hardwareProfile: { vmSize: "Standard_D4s_v5" } },
    ...more,
  });
const costs = dailyCosts(60, "4.8", { service: "Virtual Machines" });
const idle = (usage: Partial<BusyWindow> = {}) => facts({ costs, busy: busyWindows(usage) });

test("a machine idle for 30 days saves its compute cost", () => {
  const finding = waste(judgeIdleVm(machine(), idle()));
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

test("what is not compute (disks, backup) is not saved", () => {
  const more = [...costs, ...dailyCosts(60, "2", { service: "Backup" })];
  expect(waste(judgeIdleVm(machine(), facts({ costs: more, busy: busyWindows() }))).monthlySavings).toBe(
    "146",
  );
});

test("what a reservation pays for is not saved by stopping", () => {
  const reserved = dailyCosts(60, "4.8", { service: "Virtual Machines", billed: "0" });
  const finding = waste(judgeIdleVm(machine(), facts({ costs: reserved, busy: busyWindows() })));
  expect(finding).toMatchObject({ monthlySavings: "0", annualSavings: "0" });
  expect(finding.description).toContain("reservation");
});

test("busy earlier, idle for a week: found with less confidence and the week as its window", () => {
  const busy = busyWindows();
  for (const days of [14, 30])
    busy.set(days, { ...busy.get(days)!, cpuMaximumP95: 40, cpuAverageHighest: 35 });
  const finding = waste(judgeIdleVm(machine(), facts({ costs, busy })));
  expect(finding.confidence).toBe(0.8);
  expect(finding.evidence[0]!.window).toEqual({ start: "2026-09-28", end: "2026-10-05" });
});

test.each<[string, Partial<BusyWindow>]>([
  ["works", { cpuMaximumP95: 12 }],
  ["worked in the last 3 days", { cpuAverageHighest: 2.5 }],
  ["is at the limit of 3 %", { cpuMaximumP95: 3 }],
  ["forwards traffic", { networkOutBytes: 30 * 24 * 4.2e11, networkOutHours: 30 * 24 }],
])("a machine that %s is fine", (_, usage) => {
  expect(judgeIdleVm(machine(), idle(usage)).verdict).toBe("fine");
});

test.each<[string, Partial<BusyWindow>]>([
  ["no points", { hours: 0, cpuMaximumP95: null, cpuAverageHighest: null }],
  ["too many gaps", { hours: 40 }],
  ["no network points", { networkOutHours: 0, networkOutBytes: null }],
])("%s: unknown, never idle", (_, usage) => {
  expect(judgeIdleVm(machine(), idle(usage)).verdict).toBe("unknown");
});

test("without any metrics: unknown", () => {
  expect(judgeIdleVm(machine(), facts({ costs })).verdict).toBe("unknown");
});

test.each([
  [{ status: "deallocated" }],
  [{ status: "stopped" }],
  [{ tags: { Role: "DR replica" } }],
  [{ tags: { "ASR-ProtectedItem": "vm-warehouse-prod" } }],
  [{ tags: { purpose: "site recovery" } }],
])("%j is fine", (more) => {
  expect(judgeIdleVm(machine(more), idle()).verdict).toBe("fine");
});

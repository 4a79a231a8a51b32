import { expect, test } from "vitest";
import type { Resource } from "../tenant/tenant-schema.ts";
import { compileActivityMetric } from "./activity-hour.ts";
import { compileVmMetric, vmMetrics } from "./vm-hour.ts";

const hourOf = (instant: string) => Temporal.Instant.from(instant).epochMilliseconds / 3_600_000;
const machine = (usage: Partial<NonNullable<Resource["usage"]>>) =>
  ({
    id: "/subscriptions/s/vm",
    usage: { cpuNightPercent: 2, cpuDayPercent: 3, networkOutBytesPerHour: 100, ...usage },
  }) as Resource;
const metric = (name: string) => vmMetrics.find((one) => one.name === name)!;

test("a load of its own by weekday and at a month's end, UTC", () => {
  const scheduled = [
    { weekdays: [7], from: 1, to: 3, cpuPercent: 90 },
    { lastDaysOfMonth: 2, from: 0, to: 24, cpuPercent: 70 },
  ];
  const cpu = compileVmMetric("s", machine({ scheduled }), [], metric("Percentage CPU"));
  const most = (instant: string) => cpu(hourOf(instant))!.maximum;
  // 4 October 2026 is a Sunday.
  expect(most("2026-10-04T01:00:00Z")).toBe(90);
  expect(most("2026-10-04T03:00:00Z")).toBeLessThan(10);
  expect(most("2026-10-05T01:00:00Z")).toBeLessThan(10);
  expect(["2026-02-27T00:00:00Z", "2026-02-28T23:00:00Z"].map(most)).toEqual([70, 70]);
  expect(most("2026-02-26T23:00:00Z")).toBeLessThan(10);
});

test("single metrics without points, the others with", () => {
  const one = machine({ missingMetrics: ["Network Out Total"] });
  const at = (name: string) => compileVmMetric("s", one, [], metric(name))(hourOf("2026-10-05T09:00:00Z"));
  expect(at("Network Out Total")).toBeUndefined();
  expect(at("Percentage CPU")).toBeDefined();
});

test("values of their own of other types", () => {
  const scheduled = [{ lastDaysOfMonth: 1, from: 20, to: 22, value: 95 }];
  const activity = [{ metric: "cpu_percent", day: 5, night: 5, growthPercent: 0, scheduled }];
  const database = { id: "/subscriptions/s/db", activity } as Resource;
  const percent = { name: "cpu_percent", unit: "Percent", primaryAggregation: "Average" } as const;
  const cpu = compileActivityMetric("s", database, percent, "cpu_percent", hourOf("2026-11-01T00:00:00Z"));
  expect(cpu(hourOf("2026-10-31T21:00:00Z"))!.maximum).toBe(95);
  expect(cpu(hourOf("2026-10-31T22:00:00Z"))!.maximum).toBeLessThan(10);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { machine, machineFacts, usageOf } from "../testing/machines.ts";
import { dailyCosts, judge, waste } from "../testing.ts";
import rule from "./auto-shutdown.ts";

const costs = [
  ...dailyCosts(30, "11.04", { service: "Virtual Machines" }),
  ...dailyCosts(30, "2", { service: "Storage" }),
];
type Hour = Temporal.ZonedDateTime;
/** Works where `isBusy` says so, in a zone. */
const works = (isBusy: (local: Hour, hour: Hour) => boolean, timeZone = "UTC") => {
  const when = (busy: number, rest: number) => (hour: Hour) =>
    isBusy(hour.withTimeZone(timeZone), hour) ? busy : rest;
  return usageOf({
    "cpu_percent/average": when(31, 2.6),
    "network_in_bytes/total": when(2e7, 1.6e6),
    "network_out_bytes/total": when(2e7, 1.6e6),
  });
};
const office = ({ dayOfWeek, hour }: Hour) => dayOfWeek <= 5 && hour >= 8 && hour < 18;
const about = (usage = works(office), timeZone = "UTC") => machineFacts({ costs, usage, timeZone });
const dev = machine({}, { tags: { Environment: "Development" } });

test("saves the share of the week in which it never works, of compute alone, and says the hours", () => {
  const finding = waste(judge(rule, dev, about()));
  // 11.04 x 365/12 x (168 - 50) / 168
  expect(finding).toMatchObject({
    monthlySavings: "235.85",
    target: { label: "Monday to Friday 08:00-18:00 UTC", sku: "18:00 UTC" },
    effects: [{ component: "compute", change: { kind: "share", remaining: "0.297619" } }],
  });
  expect(finding.evidence.find(({ label }) => label === "Hours a week it would be off")?.value).toBe("118");
});

test("office hours are the organization's, also across the change of its clocks", () => {
  const usage = works(office, "America/New_York");
  expect(waste(judge(rule, dev, about(usage, "America/New_York"))).target?.label).toBe(
    "Monday to Friday 08:00-18:00 America/New_York",
  );
  // The same hours end at 22:00 in London: no office hours there.
  expect(judge(rule, dev, about(usage, "Europe/London")).verdict).toBe("fine");
});

describe("is left alone", () => {
  test.each([
    ["production by tag", machine({}, { tags: { Environment: "Production" } })],
    ["production by name", machine({}, { name: "vm-counter-prod", resourceGroup: "rg-counter" })],
    ["of which nothing says what it is", machine({}, { resourceGroup: "rg-counter" })],
    ["deallocated", machine({}, { status: "deallocated" })],
    ["a replica", machine({}, { tags: { Environment: "Test", Role: "DR replica" } })],
  ])("%s", (_, one) => {
    expect(judge(rule, one, about()).verdict).toBe("fine");
  });

  const even = (hour: Hour) => Math.floor(hour.epochMilliseconds / 6.048e8) % 2 === 0;
  test.each<[string, (local: Hour) => boolean]>([
    ["works at weekends", (hour) => office(hour) || hour.dayOfWeek === 6],
    ["works at night", ({ hour }) => hour < 4],
    ["works always", () => true],
    ["never works", () => false],
    ["works one evening", (hour) => office(hour) || (hour.dayOfWeek === 3 && hour.hour === 22)],
    [
      "works in the other half of the day every other week",
      (hour) => office(hour) && even(hour) === hour.hour < 13,
    ],
  ])("what %s", (_, isBusy) => {
    expect(judge(rule, dev, about(works(isBusy))).verdict).toBe("fine");
  });

  test("what only sends at night", () => {
    const usage = works(office);
    const sends = usageOf({
      "cpu_percent/average": (hour) => (office(hour) ? 31 : 2),
      "network_out_bytes/total": 3.7e6,
      "network_in_bytes/total": 0,
    });
    expect(judge(rule, dev, about(usage)).verdict).toBe("waste");
    expect(judge(rule, dev, about(sends)).verdict).toBe("fine");
  });
});

test("gaps: unknown when there are many, busy where neither week has a point", () => {
  const gaps = (missing: (hour: Hour) => boolean) => {
    const usage = works(office);
    return usageOf(
      {
        "cpu_percent/average": (hour) => (missing(hour) ? Number.NaN : office(hour) ? 31 : 2),
        "network_in_bytes/total": (hour) => (office(hour) ? 2e7 : 1e6),
        "network_out_bytes/total": 1e6,
      },
      { days: usage.days },
    );
  };
  expect(judge(rule, dev, about(gaps(({ hour }) => hour < 6))).verdict).toBe("unknown");
  expect(judge(rule, dev, about(gaps(({ dayOfWeek, hour }) => dayOfWeek === 2 && hour === 3))).verdict).toBe(
    "fine",
  );
  expect(judge(rule, dev, about(gaps(({ day, hour }) => day === 30 && hour === 3))).verdict).toBe("waste");
  expect(judge(rule, dev, machineFacts({ costs, usage: usageOf({}, { days: 0 }) })).verdict).toBe("unknown");
});

test("its thresholds are the organization's to change", () => {
  expect(judge(rule, dev, about(), { restCpuPercent: 2 }).verdict).toBe("fine");
  expect(judge(rule, dev, about(), { restBytesPerSecond: 500 }).verdict).toBe("fine");
  expect(judge(rule, dev, about(), { officeStartHour: 9 }).verdict).toBe("fine");
  expect(judge(rule, dev, about(), { officeEndHour: 17 }).verdict).toBe("fine");
});

test("a reservation's share is not saved; no cost: unknown saving", () => {
  const reserved = dailyCosts(30, "11", { service: "Virtual Machines", billed: "0" });
  expect(waste(judge(rule, dev, { ...about(), costs: reserved })).monthlySavings).toBe("0");
  expect(waste(judge(rule, dev, { ...about(), costs: [] })).monthlySavings).toBeNull();
});

test("it never switches off an hour in which the machine worked, and never saves the whole cost", () => {
  const workingHours = fc.uniqueArray(fc.integer({ min: 0, max: 167 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(workingHours, (hours) => {
      const busy = new Set(hours);
      const isBusy = ({ dayOfWeek, hour }: Hour) => busy.has((dayOfWeek - 1) * 24 + hour);
      const verdict = judge(rule, dev, about(works(isBusy)));
      if (verdict.verdict !== "waste") return;
      const [, from, to] = /(\d+):00-(\d+):00/.exec(verdict.finding.target!.label)!;
      for (const hour of hours) {
        expect(hour).toBeLessThan(120);
        expect(hour % 24).toBeGreaterThanOrEqual(Number(from));
        expect(hour % 24).toBeLessThan(Number(to));
      }
      expect(Number(verdict.finding.monthlySavings)).toBeLessThan(335.8);
    }),
    { numRuns: 100 },
  );
});

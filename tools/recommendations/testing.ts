import type { Verdict } from "./finding.ts";
import type { BusyWindow, JudgedResource, ResourceFacts } from "./judged-resource.ts";
import type { DayCost } from "./net-rate.ts";

/** Facts of 5 Oct 2026 with costs until the day before, for tests of rules. */
export function facts(more: Partial<ResourceFacts> = {}): ResourceFacts {
  return {
    today: "2026-10-05",
    costsUntil: "2026-10-05",
    costs: dailyCosts(60, "1.2"),
    busy: new Map(),
    openSince: null,
    related: () => undefined,
    ...more,
  };
}

/** `days` days of the same cost, ending on 4 Oct 2026. */
export function dailyCosts(days: number, effective: string, more: Partial<DayCost> = {}): DayCost[] {
  const end = Temporal.PlainDate.from("2026-10-05");
  return Array.from({ length: days }, (_, index) => ({
    day: end.subtract({ days: days - index }).toString(),
    service: "Storage",
    currency: "USD",
    effective,
    billed: effective,
    ...more,
  }));
}

/** Windows of a machine that does the same every hour. */
export function busyWindows(usage: Partial<BusyWindow> = {}): Map<number, BusyWindow> {
  const end = Temporal.PlainDate.from("2026-10-05");
  return new Map(
    [3, 7, 14, 30].map((days) => [
      days,
      {
        days,
        start: end.subtract({ days }).toString(),
        end: end.toString(),
        hours: days * 24,
        cpuMaximumP95: 1.9,
        cpuAverageHighest: 1.1,
        networkOutHours: days * 24,
        networkOutBytes: days * 24 * 900_000,
        ...usage,
      },
    ]),
  );
}

export function resource(type: string, more: Partial<JudgedResource> = {}): JudgedResource {
  return {
    id: `/subscriptions/s/resourcegroups/rg/providers/${type}/thing-1`,
    type,
    name: "thing-1",
    status: null,
    tags: {},
    properties: {},
    ...more,
  };
}

/** The finding of a verdict that must be waste. */
export function waste(verdict: Verdict) {
  if (verdict.verdict !== "waste")
    throw new Error(`Expected waste, got ${verdict.verdict}: ${verdict.because}`);
  return verdict.finding;
}

import { priceBookOf } from "../prices/testing.ts";
import type { Verdict } from "./finding.ts";
import type { HourlyUsage, MetricKey } from "./hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "./judged-resource.ts";
import type { DayCost } from "./net-rate.ts";
import { limitsOf, type Rule } from "./rule.ts";

/** Facts of 5 Oct 2026 with costs until the day before, for tests of rules. */
export function facts(more: Partial<ResourceFacts> = {}): ResourceFacts {
  return {
    today: "2026-10-05",
    costsUntil: "2026-10-05",
    costs: dailyCosts(60, "1.2"),
    costsSince: null,
    usage: hourlyUsage({}),
    openSince: null,
    related: () => undefined,
    isThere: () => null,
    uses: () => [],
    usedBy: () => [],
    prices: priceBookOf({}),
    timeZone: "UTC",
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

/**
 * Hourly measurements of `days` days that end on 5 Oct 2026, 00:00 UTC (a Monday): the same every hour, or by the
 * hour's instant; NaN is a gap.
 */
export function hourlyUsage(
  series: Partial<Record<MetricKey, number | ((hour: Temporal.ZonedDateTime) => number)>>,
  days = 30,
): HourlyUsage {
  const end = Temporal.ZonedDateTime.from("2026-10-05T00:00[UTC]");
  const start = end.subtract({ days });
  const hourly = Object.entries(series).map(([key, value]) => [
    key as MetricKey,
    Float64Array.from({ length: days * 24 }, (_, hour) =>
      typeof value === "function" ? value(start.add({ hours: hour })) : value,
    ),
  ]);
  return { end: "2026-10-05T00:00:00Z", days, series: new Map(hourly as [MetricKey, Float64Array][]) };
}

export function resource(type: string, more: Partial<JudgedResource> = {}): JudgedResource {
  return {
    id: `/subscriptions/s/resourcegroups/rg/providers/${type}/thing-1`,
    type,
    name: "thing-1",
    resourceGroup: "rg",
    region: "westeurope",
    status: null,
    tags: {},
    properties: {},
    ...more,
  };
}

/** What a rule says with its default limits, or with some set by the organization. */
export function judge(
  rule: Rule,
  resource: JudgedResource,
  about: ResourceFacts,
  own: Record<string, number> = {},
): Verdict {
  return rule.judge(resource, about, limitsOf(rule, own));
}

/** The finding of a verdict that must be waste. */
export function waste(verdict: Verdict) {
  if (verdict.verdict !== "waste")
    throw new Error(`Expected waste, got ${verdict.verdict}: ${verdict.because}`);
  return verdict.finding;
}

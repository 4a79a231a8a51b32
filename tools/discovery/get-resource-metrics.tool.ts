import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { type ResourceDetails, readMetricSeries } from "@cloudoptima/db/queries/resource-details.ts";
import { z } from "zod";
import { PeriodInput } from "../costs/period-input.ts";
import { resolvePeriod } from "../costs/period-words.ts";
import { defineTool } from "../kernel/define-tool.ts";
import { findOneResource, ResourceNameOrId } from "./find-one-resource.ts";
import { memoryInUse, readMemoryGib } from "./memory-in-use.ts";
import { type MetricsOutput, ResourceMetrics } from "./metric-shapes.ts";
import { metricViews } from "./metric-views.ts";
import { metricsCalled, metricWords } from "./metric-words.ts";
import { sharesOfRequests } from "./share-of-requests.ts";
import { byDay, type HourlyPoints, summarizeMetric } from "./summarize-metric.ts";

/** Up to so many days hours are shown, beyond it days: a week of hours is as much as a chart can hold. */
const mostHourlyDays = 7;
const hoursPerDay = 24;

export default defineTool({
  name: "get_resource_metrics",
  title: "Metrics of a resource",
  description:
    "How busy one resource is: CPU, memory, disk, network, DTU, storage, requests, by hour or day, 90 days back.",
  examples: [
    "show me the CPU of vm-web-1 over the last week",
    "memory utilization of vm-data-2",
    "how busy is the database orders?",
    "network traffic of lb-shop in September",
    "is vm-batch-3 doing anything?",
  ],
  permission: "resources:read",
  effect: "read",
  rest: "GET /resources/{id}/metrics",
  input: z.object({
    id: ResourceNameOrId,
    metric: z.string().max(100).optional().describe("cpu, memory, disk, network, …"),
    days: z.number().int().min(1).max(90).default(7).describe("Up to now"),
    period: PeriodInput.optional().describe("Instead of days"),
    interval: z.enum(["auto", "hour", "day"]).default("auto"),
  }),
  output: ResourceMetrics,
  views: metricViews,
  async run(ctx, { id, metric: asked, ...input }): Promise<MetricsOutput> {
    const span = spanOf(input, ctx.now());
    const isHourly = span.interval === "hour";
    return ctx.read(async (transaction) => {
      const resource = await findOneResource(transaction, id);
      const wanted = asked === undefined ? undefined : [asked, ...metricsCalled(asked)];
      const found = (await readAll(transaction, resource, span)).filter(
        ({ metric }) => !wanted || wanted.includes(metric),
      );
      return {
        id: resource.id,
        name: resource.name,
        from: span.from.toString(),
        to: span.to.toString(),
        interval: span.interval,
        spanHours: Math.floor(span.to.since(span.from).total("hours")),
        measuredUntil:
          found
            .flatMap(({ points }) => points.at(-1)?.time ?? [])
            .toSorted()
            .at(-1) ?? null,
        series: found.flatMap((series) => {
          const summary = summarizeMetric(series);
          const { metric, aggregation, unit } = series;
          const { label, kind } = metricWords(metric);
          const points = isHourly ? [...series.points] : byDay(series);
          return summary
            ? [{ metric, label: series.label ?? label, kind, aggregation, unit, ...summary, points }]
            : [];
        }),
      };
    });
  },
});

interface Span {
  from: Temporal.Instant;
  to: Temporal.Instant;
  interval: "hour" | "day";
}

function spanOf(
  {
    days,
    period,
    interval,
  }: { days: number; period?: PeriodInput | undefined; interval: "auto" | "hour" | "day" },
  now: Temporal.Instant,
): Span {
  if (!period) {
    const chosen = interval === "auto" ? (days > mostHourlyDays ? "day" : "hour") : interval;
    const from = now.subtract({ hours: hoursPerDay * days });
    // Whole days, so that the first is not told by its last hours alone.
    return { from: chosen === "day" ? startOfDay(from) : from, to: now, interval: chosen };
  }
  const { start, end } = resolvePeriod(period, now);
  const [from, to] = [start, end].map((day) => Temporal.Instant.from(`${day}T00:00:00Z`)) as [
    Temporal.Instant,
    Temporal.Instant,
  ];
  const isShort = to.since(from).total("hours") <= hoursPerDay * mostHourlyDays;
  return {
    from,
    to: Temporal.Instant.compare(to, now) > 0 && Temporal.Instant.compare(from, now) < 0 ? now : to,
    interval: interval === "auto" ? (isShort ? "hour" : "day") : interval,
  };
}

function startOfDay(instant: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.from(`${instant.toString().slice(0, 10)}T00:00:00Z`);
}

/** All that is stored of the resource, and what follows from it. */
async function readAll(
  transaction: TenantTransaction,
  resource: ResourceDetails,
  { from, to }: Span,
): Promise<HourlyPoints[]> {
  const stored: HourlyPoints[] = await readMetricSeries(transaction, resource.id, {
    from: new Date(from.epochMilliseconds),
    to: new Date(to.epochMilliseconds),
  });
  const free = stored.find(
    ({ metric, aggregation }) => metric === "memory_available_bytes" && aggregation === "average",
  );
  const memoryGib = free ? await readMemoryGib(transaction, resource) : null;
  const inUse = free && memoryGib ? [memoryInUse(free, memoryGib)] : [];
  return [...stored, ...inUse, ...sharesOfRequests(resource, stored)];
}

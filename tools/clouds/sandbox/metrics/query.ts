import { z } from "zod";
import type { Estate } from "../estate.ts";
import { badRequest } from "../server/azure-error.ts";
import { powerStateAt } from "../tenant/power.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { compileActivityMetric } from "./activity-hour.ts";
import { metricsOfType, vmType } from "./catalog.ts";
import { containersOf, shareOf } from "./container-series.ts";
import type { MetricDefinition, MetricHour } from "./metric-hour.ts";
import { compileVmMetric } from "./vm-hour.ts";

/** Monitor keeps 93 days. */
const retentionHours = 93 * 24;
const hoursByInterval: Record<string, number> = { PT1H: 1, PT6H: 6, PT12H: 12, P1D: 24 };

const aggregations = ["average", "minimum", "maximum", "total", "count"] as const;
type Aggregation = (typeof aggregations)[number];

const Parameters = z.object({
  metricnames: z.string().min(1),
  aggregation: z.string().optional(),
  interval: z.string().optional(),
  /** Either start/end … */
  starttime: z.string().optional(),
  endtime: z.string().optional(),
  /** … or one ISO 8601 interval. */
  timespan: z.string().optional(),
  /** The two contracts spell it differently. */
  filter: z.string().optional(),
  $filter: z.string().optional(),
});

export interface MetricQuery {
  metrics: MetricDefinition[];
  /** The operation that a filter on ApiName names. */
  apiName: string | undefined;
  /** Whether each container is a series of its own. */
  byContainer: boolean;
  aggregations: Aggregation[];
  interval: string;
  stepHours: number;
  firstHour: number;
  /** Exclusive. */
  endHour: number;
  /** When each point begins, ISO: written once for all resources and metrics of the answer. */
  times: string[];
  now: number;
}

/** Reads the query string of both metric contracts; what Monitor would refuse is refused. */
export function parseMetricQuery(
  query: Record<string, string>,
  type: string,
  now: Temporal.Instant,
): MetricQuery {
  const parsed = Parameters.safeParse(query);
  if (!parsed.success) throw badRequest("The metricnames query parameter is required.");
  const { metricnames, aggregation, interval = "PT1H", starttime, endtime, timespan } = parsed.data;
  const stepHours = hoursByInterval[interval];
  if (stepHours === undefined) {
    throw badRequest(
      `Detected invalid time grain input: ${interval}. Valid time grains: ${Object.keys(hoursByInterval).join(",")}.`,
    );
  }
  const metrics = metricnames.split(",").map((name) => findMetric(type, name.trim()));
  if (metrics.length > 20) throw badRequest("At most 20 metrics can be requested at once.");
  const wanted = (aggregation ?? "average").split(",").map((name) => name.trim().toLowerCase());
  const unknown = wanted.find((name) => !aggregations.some((known) => known === name));
  if (unknown !== undefined) throw badRequest(`Invalid aggregation type: ${unknown}.`);

  const [start, end] = timespan === undefined ? [starttime, endtime] : timespan.split("/");
  const nowHour = Math.floor(now.epochMilliseconds / 3_600_000);
  const endHour = Math.min(Math.ceil(end === undefined ? nowHour : hourOf(end)), nowHour);
  const firstHour = start === undefined ? endHour - 1 : Math.floor(hourOf(start));
  if (end !== undefined && start !== undefined && hourOf(end) <= hourOf(start)) {
    throw badRequest("The end time must be after the start time.");
  }
  return {
    metrics,
    ...readFilter(parsed.data.filter ?? parsed.data.$filter),
    aggregations: aggregations.filter((name) => wanted.includes(name)),
    interval,
    stepHours,
    firstHour,
    endHour,
    times: timesOf(firstHour, endHour, stepHours),
    now: nowHour,
  };
}

function readFilter(filter: string | undefined): Pick<MetricQuery, "apiName" | "byContainer"> {
  if (filter === undefined) return { apiName: undefined, byContainer: false };
  if (/^\s*containerName\s+eq\s+'\*'\s*$/i.test(filter)) return { apiName: undefined, byContainer: true };
  const match = /^\s*ApiName\s+eq\s+'(\w+)'\s*$/i.exec(filter);
  if (!match) throw badRequest(`The sandbox cannot filter metrics by: ${filter}`);
  return { apiName: match[1], byContainer: false };
}

/** The metrics of one resource in Monitor's shape; gaps are points without values. */
export function metricValues(estate: Estate, resource: Resource, query: MetricQuery) {
  return query.metrics.map((metric) => {
    const { seed } = estate.tenant;
    const isVm = resource.type.toLowerCase() === vmType;
    const name = query.apiName === undefined ? metric.name : `${metric.name}/${query.apiName}`;
    const at = isVm
      ? compileVmMetric(seed, resource, estate.powerChanges(resource.id), metric)
      : whileItsMachineRuns(estate, resource, compileActivityMetric(seed, resource, metric, name, query.now));
    const silent = isVm
      ? resource.usage === undefined || resource.usage.missing
      : !resource.activity?.some(({ metric: known }) => known === name);
    return {
      id: `${resource.id}/providers/Microsoft.Insights/metrics/${metric.name}`,
      type: "Microsoft.Insights/metrics",
      name: { value: metric.name, localizedValue: metric.name },
      displayDescription: metric.name,
      unit: metric.unit,
      errorCode: "Success",
      timeseries: silent ? [] : seriesOf(resource, metric, at, query),
    };
  });
}

/** One series, or where it was asked for one of each container; together a group's average is its containers'. */
function seriesOf(
  resource: Resource,
  metric: MetricDefinition,
  at: (hour: number) => MetricHour | undefined,
  query: MetricQuery,
) {
  const containers = containersOf(resource, metric.name);
  if (query.byContainer && !containers)
    throw badRequest(`Metric ${metric.name} has no dimension containerName.`);
  const series = (share: number) => points((hour) => shareOf(at(hour), share), query);
  if (!query.byContainer) {
    return [{ metadatavalues: [], data: series(containers?.length ? 1 / containers.length : 1) }];
  }
  return containers!.map(({ name, share }) => ({
    metadatavalues: [{ name: { value: "containername", localizedValue: "containername" }, value: name }],
    data: series(share),
  }));
}

/** A disk does nothing while the machine that it is attached to is off. */
function whileItsMachineRuns(
  estate: Estate,
  { managedBy }: Resource,
  at: (hour: number) => MetricHour | undefined,
): (hour: number) => MetricHour | undefined {
  const machine = managedBy === undefined ? undefined : estate.resource(managedBy);
  if (machine?.type.toLowerCase() !== vmType) return at;
  const changes = estate.powerChanges(machine.id);
  return (hour) => (powerStateAt(machine.power, changes, hour) === "running" ? at(hour) : undefined);
}

function points(
  at: (hour: number) => MetricHour | undefined,
  query: MetricQuery,
): Record<string, string | number>[] {
  return query.times.map((timeStamp, index) => {
    const start = query.firstHour + index * query.stepHours;
    const end = Math.min(start + query.stepHours, query.endHour);
    const hours: MetricHour[] = [];
    for (let hour = Math.max(start, query.now - retentionHours); hour < end; hour++) {
      const value = at(hour);
      if (value) hours.push(value);
    }
    const point: Record<string, string | number> = { timeStamp };
    if (hours.length > 0) {
      for (const name of query.aggregations) point[name] = combine(hours, name);
    }
    return point;
  });
}

function timesOf(firstHour: number, endHour: number, stepHours: number): string[] {
  const count = Math.max(0, Math.ceil((endHour - firstHour) / stepHours));
  return Array.from({ length: count }, (_, index) =>
    new Date((firstHour + index * stepHours) * 3_600_000).toISOString(),
  );
}

function combine(hours: readonly MetricHour[], name: Aggregation): number {
  const [first] = hours;
  if (hours.length === 1 && name !== "average") return first![name];
  const values = hours.map((hour) => hour[name]);
  if (name === "maximum") return Math.max(...values);
  if (name === "minimum") return Math.min(...values);
  const sum = values.reduce((total, value) => total + value, 0);
  return name === "average" ? Math.round((sum / values.length) * 10_000) / 10_000 : sum;
}

function findMetric(type: string, name: string): MetricDefinition {
  const known = metricsOfType(type) ?? [];
  const metric = known.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (!metric) {
    throw badRequest(
      `Failed to find metric configuration for resource type: ${type}, metric: ${name}, Valid metrics: ${known.map((each) => each.name).join(",")}`,
    );
  }
  return metric;
}

/** Hours since 1970, with fraction. */
function hourOf(time: string): number {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) throw badRequest(`The time '${time}' is invalid.`);
  return ms / 3_600_000;
}

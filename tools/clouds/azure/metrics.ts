import type { MetricsClient, MetricsQueryResult } from "@azure/monitor-query";
import {
  type CloudResource,
  type MetricAggregation,
  type MetricName,
  type MetricPoint,
  type MetricRequest,
  metricUnit,
} from "../cloud.ts";
import type { AzureCaller } from "./azure-caller.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { clientOptions } from "./client-options.ts";
import { azureMetric } from "./metric-names.ts";

// The batch API's own limit, and one call is for one region, type and subscription.
const maxResourcesPerCall = 50;

/** Azure Monitor metrics by the batch API, joined by resource id (never by name). */
export class Metrics {
  readonly #endpoint: AzureEndpoint;
  readonly #caller: AzureCaller;
  readonly #clients = new Map<string, Promise<MetricsClient>>();

  constructor(endpoint: AzureEndpoint, caller: AzureCaller) {
    this.#endpoint = endpoint;
    this.#caller = caller;
  }

  /** Points that exist, a page per batch; a resource or hour without data yields nothing. */
  async *points(request: MetricRequest, signal: AbortSignal): AsyncGenerator<MetricPoint[]> {
    for (const resources of batches(request.resources)) {
      for (const call of callsFor(resources[0]!.type, request.metrics)) {
        yield await this.#batch(resources, call, request, signal);
      }
    }
  }

  async #batch(
    resources: CloudResource[],
    { metrics, aggregations, filter }: MetricCall,
    request: MetricRequest,
    signal: AbortSignal,
  ): Promise<MetricPoint[]> {
    const [first] = resources;
    if (!first) return [];
    const client = await this.#connect(first.region ?? "global");
    const results = await this.#caller.call({
      what: `read the metrics of ${first.type} in ${first.region ?? "no region"}`,
      service: "monitor",
      part: `${first.subscriptionId} ${first.region}`,
      spend: [],
      timeoutMs: 90_000,
      signal,
      run: (abortSignal) =>
        client.queryResources(
          resources.map((resource) => resource.id),
          [...metrics.keys()],
          first.type,
          {
            startTime: new Date(request.from.epochMilliseconds),
            endTime: new Date(request.to.epochMilliseconds),
            interval: `PT${request.intervalMinutes / 60}H`,
            aggregation: aggregations.join(","),
            ...(filter === undefined ? {} : { filter }),
            abortSignal,
          },
        ),
    });
    const asked = new Set(resources.map((resource) => resource.id));
    return results.flatMap((result) => readPoints(result, metrics, asked, aggregations));
  }

  #connect(region: string): Promise<MetricsClient> {
    const origin = this.#endpoint.metrics(region);
    let client = this.#clients.get(origin);
    if (!client) {
      client = import("@azure/monitor-query").then(
        ({ MetricsClient }) =>
          new MetricsClient(origin, this.#endpoint.credential, {
            ...clientOptions(this.#endpoint, origin),
            audience: this.#endpoint.metricsAudience,
          }),
      );
      this.#clients.set(origin, client);
    }
    return client;
  }
}

function* batches(resources: readonly CloudResource[]): Generator<CloudResource[]> {
  const groups = Map.groupBy(resources, ({ subscriptionId, region, type }) =>
    JSON.stringify([subscriptionId, region, type]),
  );
  for (const group of groups.values()) {
    for (let start = 0; start < group.length; start += maxResourcesPerCall) {
      yield group.slice(start, start + maxResourcesPerCall);
    }
  }
}

interface MetricCall {
  aggregations: MetricAggregation[];
  filter: string | undefined;
  /** Our metrics by Azure's names. */
  metrics: Map<string, MetricName>;
}

/** One call asks every metric for the same aggregations and filter, so metrics are put together by theirs. */
function callsFor(type: string, wanted: MetricRequest["metrics"]) {
  const byMetric = Map.groupBy(wanted, ({ metric }) => metric);
  const calls = new Map<string, MetricCall>();
  for (const [metric, entries] of byMetric) {
    const azure = azureMetric(type, metric);
    if (!azure) continue;
    const aggregations = [...new Set(entries.map((entry) => entry.aggregation))].sort();
    const key = `${aggregations.join()} ${azure.filter ?? ""}`;
    const call = calls.get(key) ?? { aggregations, filter: azure.filter, metrics: new Map() };
    call.metrics.set(azure.name, metric);
    calls.set(key, call);
  }
  return calls.values();
}

function readPoints(
  result: MetricsQueryResult,
  metrics: MetricCall["metrics"],
  asked: ReadonlySet<string>,
  aggregations: readonly MetricAggregation[],
): MetricPoint[] {
  const resourceId = result.resourceId?.toLowerCase();
  if (!resourceId || !asked.has(resourceId)) return [];
  const points: MetricPoint[] = [];
  const ours = new Map([...metrics].map(([azure, metric]) => [azure.toLowerCase(), metric]));
  for (const series of result.metrics) {
    const metric = ours.get(series.name.toLowerCase());
    if (!metric) continue;
    const unit = metricUnit(metric);
    for (const point of together(series.timeseries)) {
      for (const aggregation of aggregations) {
        const value = point[aggregation];
        if (typeof value === "number" && Number.isFinite(value)) {
          points.push({ resourceId, metric, aggregation, time: new Date(point.timeStamp), value, unit });
        }
      }
    }
  }
  return points;
}

type Values = MetricsQueryResult["metrics"][number]["timeseries"][number]["data"] & {};

/**
 * The points of a metric; of one that comes in parts, each hour's parts added up. (The sum of the parts' maxima is the
 * most that they can have come to: they need not have been highest at the same moment.)
 */
function together(parts: readonly { data?: Values }[]): Values {
  if (parts.length <= 1) return parts[0]?.data ?? [];
  const sums = new Map<number, Values[number]>();
  for (const point of parts.flatMap(({ data }) => data ?? [])) {
    const at = point.timeStamp.getTime();
    const sum = sums.get(at) ?? { timeStamp: point.timeStamp };
    for (const aggregation of ["average", "maximum", "total"] as const) {
      const value = point[aggregation];
      if (value !== undefined) sum[aggregation] = (sum[aggregation] ?? 0) + value;
    }
    sums.set(at, sum);
  }
  return [...sums.values()];
}

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
import { azureMetricName, ourMetricName } from "./metric-names.ts";

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
      const measured = request.metrics.filter(({ metric }) => azureMetricName(resources[0]!.type, metric));
      for (const { aggregations, metrics } of callsFor(measured)) {
        yield await this.#batch(resources, metrics, aggregations, request, signal);
      }
    }
  }

  async #batch(
    resources: CloudResource[],
    metrics: MetricName[],
    aggregations: MetricAggregation[],
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
          metrics.flatMap((metric) => azureMetricName(first.type, metric) ?? []),
          first.type,
          {
            startTime: new Date(request.from.epochMilliseconds),
            endTime: new Date(request.to.epochMilliseconds),
            interval: `PT${request.intervalMinutes / 60}H`,
            aggregation: aggregations.join(","),
            abortSignal,
          },
        ),
    });
    const asked = new Set(resources.map((resource) => resource.id));
    return results.flatMap((result) => readPoints(result, first.type, asked, aggregations));
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

/** One call asks every metric for the same aggregations, so metrics are put together by theirs. */
function callsFor(wanted: MetricRequest["metrics"]) {
  const byMetric = Map.groupBy(wanted, ({ metric }) => metric);
  const calls = new Map<string, { aggregations: MetricAggregation[]; metrics: MetricName[] }>();
  for (const [metric, entries] of byMetric) {
    const aggregations = [...new Set(entries.map((entry) => entry.aggregation))].sort();
    const key = aggregations.join();
    const call = calls.get(key) ?? { aggregations, metrics: [] };
    call.metrics.push(metric);
    calls.set(key, call);
  }
  return calls.values();
}

function readPoints(
  result: MetricsQueryResult,
  type: string,
  asked: ReadonlySet<string>,
  aggregations: readonly MetricAggregation[],
): MetricPoint[] {
  const resourceId = result.resourceId?.toLowerCase();
  if (!resourceId || !asked.has(resourceId)) return [];
  const points: MetricPoint[] = [];
  for (const series of result.metrics) {
    const metric = ourMetricName(type, series.name);
    if (!metric) continue;
    const unit = metricUnit(metric);
    for (const { data } of series.timeseries) {
      for (const point of data ?? []) {
        for (const aggregation of aggregations) {
          const value = point[aggregation];
          if (typeof value === "number" && Number.isFinite(value)) {
            points.push({ resourceId, metric, aggregation, time: new Date(point.timeStamp), value, unit });
          }
        }
      }
    }
  }
  return points;
}

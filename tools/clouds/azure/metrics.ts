import type { MetricsClient, MetricsQueryResult } from "@azure/monitor-query";
import type { CloudResource, MetricAggregation, MetricName, MetricPoint, MetricRequest } from "../cloud.ts";
import type { AzureCaller } from "./azure-caller.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { clientOptions } from "./client-options.ts";

// The batch API's own limit, and one call is for one region, type and subscription.
const maxResourcesPerCall = 50;

const azureNames: Record<MetricName, string> = {
  cpu_percent: "Percentage CPU",
  memory_available_bytes: "Available Memory Bytes",
  network_in_bytes: "Network In Total",
  network_out_bytes: "Network Out Total",
  disk_read_bytes: "Disk Read Bytes",
  disk_write_bytes: "Disk Write Bytes",
};
const ourNames = new Map(
  Object.entries(azureNames).map(([ours, azure]) => [azure.toLowerCase(), ours as MetricName]),
);

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
      for (const { aggregations, metrics } of callsFor(request.metrics)) {
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
      what: `read the metrics of ${resources.length} resources`,
      service: "monitor",
      part: `${first.subscriptionId} ${first.region}`,
      spend: [],
      timeoutMs: 90_000,
      signal,
      run: (abortSignal) =>
        client.queryResources(
          resources.map((resource) => resource.id),
          metrics.map((metric) => azureNames[metric]),
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
    return results.flatMap((result) => readPoints(result, asked, aggregations));
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
  asked: ReadonlySet<string>,
  aggregations: readonly MetricAggregation[],
): MetricPoint[] {
  const resourceId = result.resourceId?.toLowerCase();
  if (!resourceId || !asked.has(resourceId)) return [];
  const points: MetricPoint[] = [];
  for (const series of result.metrics) {
    const metric = ourNames.get(series.name.toLowerCase());
    if (!metric) continue;
    const unit = metric === "cpu_percent" ? "percent" : "bytes";
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

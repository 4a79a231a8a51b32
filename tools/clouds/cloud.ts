/**
 * The port to a cloud. Domain code knows only this file; Azure (real or sandbox) implements it,
 * AWS and GCP come after. Ids are the provider's full ids in lower case.
 */

/** A resource, the same for every cloud. */
export interface CloudResource {
  provider: "azure";
  /** Full id, lower case: /subscriptions/…/providers/microsoft.compute/virtualmachines/vm-1 */
  id: string;
  /** Lower case: microsoft.compute/virtualmachines */
  type: string;
  name: string;
  subscriptionId: string;
  resourceGroup: string | null;
  region: string | null;
  tags: Record<string, string>;
  /** Provider properties as delivered (plus sku, kind, zones where present). Untrusted. */
  properties: Record<string, unknown>;
  /** Power or provisioning state in lower case, e.g. "running", "deallocated". */
  status: string | null;
}

export interface Subscription {
  id: string;
  name: string;
}

/** One day's cost of one resource and service, actual (billed) or amortized (effective). */
export interface CloudCost {
  /** YYYY-MM-DD, UTC. */
  day: string;
  subscriptionId: string;
  /** Full id, lower case; null for charges that belong to no resource. */
  resourceId: string | null;
  resourceGroup: string | null;
  resourceType: string | null;
  region: string | null;
  service: string;
  /** FOCUS charge category: Usage, Purchase, Tax, Credit, Adjustment. */
  chargeCategory: string;
  /** "Correction" for a refund (FOCUS charge class); absent otherwise. */
  chargeClass?: "Correction";
  /** "Unused" for the part of a reservation or savings plan that nothing used; absent otherwise. */
  commitmentStatus?: "Used" | "Unused";
  /** Exact decimal strings. */
  billed: string;
  effective: string;
  currency: string;
}

/** What a service cost on a day by the provider's own sum. Exact decimal strings. */
export interface CloudCostTotal {
  /** YYYY-MM-DD, UTC. */
  day: string;
  service: string;
  currency: string;
  billed: string;
  effective: string;
}

/** What is measured, with its unit last in the name; a type of resource has some of them. */
const metricNames = [
  "cpu_percent",
  "memory_available_bytes",
  "memory_percent",
  "network_in_bytes",
  "network_out_bytes",
  "network_total_bytes",
  "disk_read_bytes",
  "disk_write_bytes",
  "dtu_percent",
  "sessions_percent",
  "storage_bytes",
  "transactions",
  "new_flows",
  "requests",
] as const;
export type MetricName = (typeof metricNames)[number];
export type MetricUnit = "percent" | "bytes" | "count";

export function metricUnit(metric: MetricName): MetricUnit {
  if (metric.endsWith("_percent")) return "percent";
  return metric.endsWith("_bytes") ? "bytes" : "count";
}

export type MetricAggregation = "average" | "maximum" | "total";

export interface MetricPoint {
  resourceId: string;
  metric: MetricName;
  aggregation: MetricAggregation;
  /** Start of the interval. */
  time: Date;
  value: number;
  unit: MetricUnit;
}

export interface MetricRequest {
  resources: readonly CloudResource[];
  metrics: readonly { metric: MetricName; aggregation: MetricAggregation }[];
  from: Temporal.Instant;
  to: Temporal.Instant;
  intervalMinutes: 60;
}

/** One resource as it stands at this moment, read by its id. */
export interface LiveResource extends CloudResource {
  /** What the cloud calls this version of it, for `If-Match`; null where it names none. */
  etag: string | null;
}

/** A management lock that covers a resource, set on itself or above it. */
export interface CloudLock {
  id: string;
  level: "CanNotDelete" | "ReadOnly";
}

/** Reading. Every method yields in pages, so that memory stays flat; a lost page is an error, never a short list. */
export interface CloudRead {
  subscriptions(signal: AbortSignal): Promise<Subscription[]>;
  /** All resources of the subscriptions, and the cloud's own count to check the pages against. */
  resources(
    subscriptionIds: readonly string[],
    signal: AbortSignal,
  ): AsyncIterable<{ items: CloudResource[]; total: number }>;
  /** How many days back `changesSince` reaches. */
  changesKeptDays: number;
  /**
   * What was created, updated or deleted in the subscriptions since a moment, as it stands now; `goneIds` are of
   * those that do not exist any more. Nothing is told of changes older than `changesKeptDays`.
   */
  changesSince(
    subscriptionIds: readonly string[],
    since: Temporal.Instant,
    signal: AbortSignal,
  ): AsyncIterable<{ items: CloudResource[]; goneIds: string[] }>;
  /** How many resources of each type there are, counted by the cloud: what a listing or changes must come to. */
  resourceCounts(subscriptionIds: readonly string[], signal: AbortSignal): Promise<Map<string, number>>;
  /** Daily costs of one subscription in [from, to), YYYY-MM-DD. */
  costs(subscriptionId: string, from: string, to: string, signal: AbortSignal): AsyncIterable<CloudCost[]>;
  /** The provider's own totals of one subscription in [from, to) by day and service, asked anew. */
  costTotals(
    subscriptionId: string,
    from: string,
    to: string,
    signal: AbortSignal,
  ): AsyncIterable<CloudCostTotal[]>;
  /** Points that exist; a gap stays a gap. */
  metrics(request: MetricRequest, signal: AbortSignal): AsyncIterable<MetricPoint[]>;
  /** The resource itself, not the inventory's (possibly late) picture of it; null when it does not exist. */
  resource(id: string, signal: AbortSignal): Promise<LiveResource | null>;
  /** Locks of the resource, its group and its subscription. */
  locks(id: string, signal: AbortSignal): Promise<CloudLock[]>;
  /** Which of these operations (e.g. "Microsoft.Compute/disks/delete") the identity may not do on the resource. */
  missingPermissions(id: string, operations: readonly string[], signal: AbortSignal): Promise<string[]>;
}

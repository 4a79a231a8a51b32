/**
 * The port to a cloud. Domain code knows only this file; Azure (real or sandbox) implements it,
 * AWS and GCP come after. Ids are the provider's full ids in lower case.
 */

import type { ExportFiles, ExportPlace } from "./export-files.ts";

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

/** What is known of a virtual hard disk that is a page blob. Untrusted text, but for the address. */
export interface DiskBlob {
  account: string;
  container: string;
  /** As written: blob names tell capitals apart. */
  blob: string;
  /** As machines name it (`blobAddress`). */
  address: string;
  /** What it may hold; standard accounts bill what of it was written. */
  sizeBytes: number;
  /** "locked" or "unlocked". */
  leaseStatus: string | null;
  /** "available", "leased", "expired", "breaking" or "broken". */
  leaseState: string | null;
  /** Of a premium disk, "P10"; null in a standard account. */
  tier: string | null;
  /** ISO times. */
  createdTime: string | null;
  /** Writes of a machine count, a lease does not. */
  lastModified: string | null;
  /** Keys in lower case; what a machine left says "microsoftazurecompute_vmname" and the like. */
  metadata: Record<string, string>;
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
  /** Where the bill has one: what a reservation or savings plan is called. */
  resourceName?: string;
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
  "cpu_millicores",
  "memory_available_bytes",
  "memory_percent",
  "memory_used_bytes",
  "network_in_bytes",
  "network_out_bytes",
  "network_total_bytes",
  "network_in_bytes_per_second",
  "network_out_bytes_per_second",
  "disk_read_bytes",
  "disk_write_bytes",
  "disk_read_bytes_per_second",
  "disk_write_bytes_per_second",
  "disk_read_operations_per_second",
  "disk_write_operations_per_second",
  "dtu_percent",
  "sessions_percent",
  "sessions_count",
  "storage_bytes",
  "storage_percent",
  "transactions",
  "read_transactions",
  "new_flows",
  "tunnel_bytes_per_second",
  "client_connections",
  "requests",
] as const;
export type MetricName = (typeof metricNames)[number];
export type MetricUnit =
  | "percent"
  | "millicores"
  | "bytes"
  | "count"
  | "bytes_per_second"
  | "count_per_second";

export function metricUnit(metric: MetricName): MetricUnit {
  if (metric.endsWith("_percent")) return "percent";
  if (metric.endsWith("_millicores")) return "millicores";
  if (metric.endsWith("_bytes_per_second")) return "bytes_per_second";
  if (metric.endsWith("_per_second")) return "count_per_second";
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

/** Which lines of the cloud's public price list are wanted; names are exact, and at most 30 of each. */
export interface RetailPriceQuery {
  /** ISO 4217. */
  currency: string;
  /** E.g. "Virtual Machines". */
  service: string;
  /** Short names ("westeurope"), "Global" for what costs the same everywhere. */
  regions: readonly string[];
  armSkus?: readonly string[];
  products?: readonly string[];
}

/** A line of the price list as it stands there; what it is the price of is decided in tools/prices. Untrusted text. */
export interface RetailPrice {
  currency: string;
  /** Exact decimal string, for one `unitOfMeasure`, except reservations: for the whole term. */
  price: string;
  /** "1 Hour", "1/Month", "10K"… */
  unitOfMeasure: string;
  /** Lower case; "global" or "" for what costs the same everywhere. */
  region: string;
  service: string;
  product: string;
  sku: string;
  armSku: string;
  meter: string;
  /** Consumption, Reservation, DevTestConsumption. */
  type: string;
  /** "1 Year", "3 Years"; null for what is no reservation. */
  reservationTerm: string | null;
  /** Units from which the price holds. */
  fromUnits: number;
  /** ISO time. */
  effectiveFrom: string;
  /** Whether it is the meter that the region's use is billed by. */
  primary: boolean;
  /** By the hour, for a term of one or three years. */
  savingsPlans: { term: string; price: string }[];
}

/** A machine size or disk tier that a subscription is offered in a region. */
export interface ComputeSku {
  kind: "virtual_machine" | "disk";
  /** "Standard_D4s_v5"; of a disk "Premium_LRS". */
  name: string;
  /** Of a disk its tier, "P30". */
  size: string;
  family: string;
  /** Zones of the region that offer it to the subscription. */
  zones: string[];
  /** As the provider names and writes them. */
  capabilities: Record<string, string>;
  /** Why the subscription cannot use it in the region; null when it can. */
  restriction: string | null;
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

/** What the cloud tells of one change of a resource. Texts are the provider's, untrusted. */
export interface CloudChange {
  /** The provider's id of the change, lower case: told again it is the same. */
  id: string;
  /** Full id, lower case; the resource may be gone, or never have been listed. */
  resourceId: string;
  resourceType: string;
  at: Temporal.Instant;
  kind: "created" | "updated" | "deleted";
  /** A person's address or an application's id; null where the cloud does not say. */
  changedBy: string | null;
  /** By what: "Azure Portal", "ARM Template"… */
  client: string | null;
  operation: string | null;
  /** By the names that resources have here (status, region, tags.Owner, sku.capacity…); null: there was or is none. */
  fields: { field: string; from: string | null; to: string | null }[];
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
   * those that the cloud tells as deleted. Nothing is told of changes older than `changesKeptDays`.
   */
  changesSince(
    subscriptionIds: readonly string[],
    since: Temporal.Instant,
    signal: AbortSignal,
  ): AsyncIterable<{ items: CloudResource[]; goneIds: string[] }>;
  /** The changes themselves since a moment, oldest first; nothing older than `changesKeptDays`. */
  changeHistory(
    subscriptionIds: readonly string[],
    since: Temporal.Instant,
    signal: AbortSignal,
  ): AsyncIterable<CloudChange[]>;
  /**
   * Ids of those resources of one subscription, which a complete listing left out, that do not exist any more. Of the
   * others the identity may no longer read, or they exist: a listing leaves out in silence what may not be read.
   */
  findGone(resources: readonly { id: string; type: string }[], signal: AbortSignal): Promise<string[]>;
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
  /**
   * Virtual hard disks among the page blobs of a storage account (unmanaged disks), page by page, as resources of
   * `diskBlobType`; status "leased" or "unleased", tags its account's, properties as in `DiskBlob`. None where the
   * kind of account has no page blobs. Forbidden where the identity may not list them or a firewall is between.
   */
  diskBlobs(account: CloudResource, signal: AbortSignal): AsyncIterable<CloudResource[]>;
  /** Cost exports in a blob container, read with the connection's own identity. */
  exportFiles(place: ExportPlace): ExportFiles;
  /** Points that exist; a gap stays a gap. */
  metrics(request: MetricRequest, signal: AbortSignal): AsyncIterable<MetricPoint[]>;
  /** The matching lines of the public price list, all of them or an error. */
  retailPrices(query: RetailPriceQuery, signal: AbortSignal): AsyncIterable<RetailPrice[]>;
  /** What machines and disks a subscription is offered in a region ("westeurope"). */
  resourceSkus(subscriptionId: string, region: string, signal: AbortSignal): Promise<ComputeSku[]>;
  /** The resource itself, not the inventory's (possibly late) picture of it; null when it does not exist. */
  resource(id: string, signal: AbortSignal): Promise<LiveResource | null>;
  /** Locks of the resource, its group and its subscription. */
  locks(id: string, signal: AbortSignal): Promise<CloudLock[]>;
  /** Which of these operations (e.g. "Microsoft.Compute/disks/delete") the identity may not do on the resource. */
  missingPermissions(id: string, operations: readonly string[], signal: AbortSignal): Promise<string[]>;
}

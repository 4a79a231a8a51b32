import type { StoredResource } from "@cloudoptima/db/queries/resources.ts";
import type { MetricAggregation, MetricName } from "../clouds/cloud.ts";
import { readText } from "../clouds/read-property.ts";

/** What is read of a type of resource, and how far back by the first scan (Azure Monitor keeps 93 days). */
export interface MetricPlan {
  type: string;
  days: number;
  /** Which resources of the type; all when left out. */
  of?: (resource: Pick<StoredResource, "properties">) => boolean;
  /** In the order of reading, those of one kind of aggregation together: how far the last reaches, all do. */
  metrics: readonly { metric: MetricName; aggregation: MetricAggregation }[];
}

/** As far back as metrics are kept: what the first reading leaves out of them, later scans read. */
export const keptDays = 90;
// The first reading reaches as far back as rules look at most (RULES.md, "Recommendation rules"), so that an estate is
// judged soon. In which hours a machine ran, its processor's average tells: commitments are reckoned from it.
const RAN_DAYS = keptDays;
const JUDGED_DAYS = 30;

export const metricPlans: readonly MetricPlan[] = [
  {
    type: "microsoft.compute/virtualmachines",
    days: RAN_DAYS,
    metrics: [{ metric: "cpu_percent", aggregation: "average" }],
  },
  {
    type: "microsoft.compute/virtualmachines",
    days: JUDGED_DAYS,
    metrics: [
      { metric: "memory_available_bytes", aggregation: "average" },
      { metric: "disk_read_bytes", aggregation: "total" },
      { metric: "disk_write_bytes", aggregation: "total" },
      { metric: "network_in_bytes", aggregation: "total" },
      { metric: "network_out_bytes", aggregation: "total" },
      { metric: "disk_read_operations_per_second", aggregation: "maximum" },
      { metric: "disk_write_operations_per_second", aggregation: "maximum" },
      { metric: "cpu_percent", aggregation: "maximum" },
    ],
  },
  {
    type: "microsoft.compute/virtualmachinescalesets",
    days: JUDGED_DAYS,
    metrics: [
      { metric: "memory_available_bytes", aggregation: "average" },
      { metric: "disk_read_bytes", aggregation: "total" },
      { metric: "disk_write_bytes", aggregation: "total" },
      { metric: "network_in_bytes", aggregation: "total" },
      { metric: "network_out_bytes", aggregation: "total" },
      { metric: "cpu_percent", aggregation: "average" },
      { metric: "cpu_percent", aggregation: "maximum" },
    ],
  },
  {
    // Of its nodes together.
    type: "microsoft.containerservice/managedclusters",
    days: JUDGED_DAYS,
    metrics: [
      { metric: "memory_percent", aggregation: "average" },
      { metric: "cpu_percent", aggregation: "average" },
      { metric: "cpu_percent", aggregation: "maximum" },
    ],
  },
  {
    type: "microsoft.containerinstance/containergroups",
    days: JUDGED_DAYS,
    metrics: [
      { metric: "memory_used_bytes", aggregation: "average" },
      { metric: "network_in_bytes_per_second", aggregation: "average" },
      { metric: "network_out_bytes_per_second", aggregation: "average" },
      { metric: "cpu_millicores", aggregation: "average" },
      { metric: "cpu_millicores", aggregation: "maximum" },
    ],
  },
  {
    type: "microsoft.compute/disks",
    days: JUDGED_DAYS,
    // Only for these is there something to decide: a cheaper tier. A system disk's tier goes with its machine's
    // service level, and reading every disk would double what a scan reads.
    of: ({ properties }) =>
      /^premium/i.test(readText(properties, "sku", "name") ?? "") &&
      readText(properties, "managedBy") !== undefined &&
      readText(properties, "osType") === undefined,
    metrics: [
      { metric: "disk_read_bytes_per_second", aggregation: "maximum" },
      { metric: "disk_write_bytes_per_second", aggregation: "maximum" },
      { metric: "disk_read_operations_per_second", aggregation: "maximum" },
      { metric: "disk_write_operations_per_second", aggregation: "maximum" },
    ],
  },
  {
    type: "microsoft.sql/servers/databases",
    days: JUDGED_DAYS,
    metrics: [
      { metric: "sessions_percent", aggregation: "maximum" },
      { metric: "sessions_count", aggregation: "maximum" },
      { metric: "storage_bytes", aggregation: "maximum" },
      { metric: "dtu_percent", aggregation: "average" },
      { metric: "dtu_percent", aggregation: "maximum" },
      { metric: "cpu_percent", aggregation: "average" },
      { metric: "cpu_percent", aggregation: "maximum" },
    ],
  },
  {
    type: "microsoft.sql/servers/elasticpools",
    days: JUDGED_DAYS,
    metrics: [
      { metric: "storage_percent", aggregation: "maximum" },
      { metric: "storage_bytes", aggregation: "maximum" },
      { metric: "dtu_percent", aggregation: "maximum" },
      { metric: "cpu_percent", aggregation: "maximum" },
    ],
  },
  {
    type: "microsoft.storage/storageaccounts",
    // Data moves to a cooler tier when nobody has read it for that long.
    days: RAN_DAYS,
    metrics: [{ metric: "read_transactions", aggregation: "total" }],
  },
  {
    type: "microsoft.storage/storageaccounts",
    days: JUDGED_DAYS,
    metrics: [
      { metric: "storage_bytes", aggregation: "average" },
      { metric: "network_out_bytes", aggregation: "total" },
      { metric: "transactions", aggregation: "total" },
    ],
  },
  {
    type: "microsoft.network/loadbalancers",
    days: JUDGED_DAYS,
    metrics: [
      { metric: "new_flows", aggregation: "total" },
      { metric: "network_total_bytes", aggregation: "total" },
    ],
  },
  {
    type: "microsoft.network/natgateways",
    days: JUDGED_DAYS,
    metrics: [{ metric: "new_flows", aggregation: "total" }],
  },
  {
    type: "microsoft.network/applicationgateways",
    days: JUDGED_DAYS,
    metrics: [{ metric: "requests", aggregation: "total" }],
  },
  {
    type: "microsoft.network/virtualnetworkgateways",
    days: JUDGED_DAYS,
    metrics: [
      { metric: "client_connections", aggregation: "maximum" },
      { metric: "tunnel_bytes_per_second", aggregation: "average" },
    ],
  },
  {
    type: "microsoft.web/serverfarms",
    days: JUDGED_DAYS,
    metrics: [
      { metric: "memory_percent", aggregation: "average" },
      { metric: "cpu_percent", aggregation: "average" },
      { metric: "cpu_percent", aggregation: "maximum" },
    ],
  },
  {
    type: "microsoft.web/sites",
    days: JUDGED_DAYS,
    metrics: [{ metric: "requests", aggregation: "total" }],
  },
];

import type { MetricName } from "../cloud.ts";

/**
 * A metric by Azure's name, of which a filter on its dimensions may take a part, or ("containerName eq '*'") every
 * part as a series of its own, which add up.
 */
export interface AzureMetric {
  name: string;
  filter?: string;
}

// Asked for without them, the average of a group is that of its containers, not what they use together.
const everyContainer = "containerName eq '*'";

/**
 * What Azure Monitor calls our metrics, by resource type. Source: Azure's "Supported metrics" reference for
 * Microsoft.Compute/virtualMachines and virtualMachineScaleSets, Microsoft.ContainerService/managedClusters,
 * Microsoft.ContainerInstance/containerGroups,
 * Microsoft.Compute/disks, Microsoft.Sql/servers/databases, Microsoft.Sql/servers/elasticPools,
 * Microsoft.Storage/storageAccounts, Microsoft.Network/loadBalancers, natGateways, applicationGateways and
 * virtualNetworkGateways, Microsoft.Web/serverFarms and Microsoft.Web/sites.
 */
const namesByType: Record<string, Partial<Record<MetricName, string | AzureMetric>>> = {
  "microsoft.compute/virtualmachines": {
    cpu_percent: "Percentage CPU",
    memory_available_bytes: "Available Memory Bytes",
    network_in_bytes: "Network In Total",
    network_out_bytes: "Network Out Total",
    disk_read_bytes: "Disk Read Bytes",
    disk_write_bytes: "Disk Write Bytes",
    disk_read_operations_per_second: "Disk Read Operations/Sec",
    disk_write_operations_per_second: "Disk Write Operations/Sec",
  },
  "microsoft.compute/virtualmachinescalesets": {
    cpu_percent: "Percentage CPU",
    memory_available_bytes: "Available Memory Bytes",
    network_in_bytes: "Network In Total",
    network_out_bytes: "Network Out Total",
    disk_read_bytes: "Disk Read Bytes",
    disk_write_bytes: "Disk Write Bytes",
  },
  "microsoft.containerservice/managedclusters": {
    cpu_percent: "node_cpu_usage_percentage",
    memory_percent: "node_memory_working_set_percentage",
  },
  "microsoft.containerinstance/containergroups": {
    cpu_millicores: { name: "CpuUsage", filter: everyContainer },
    memory_used_bytes: { name: "MemoryUsage", filter: everyContainer },
    network_in_bytes_per_second: "NetworkBytesReceivedPerSecond",
    network_out_bytes_per_second: "NetworkBytesTransmittedPerSecond",
  },
  "microsoft.compute/disks": {
    disk_read_bytes_per_second: "Composite Disk Read Bytes/sec",
    disk_write_bytes_per_second: "Composite Disk Write Bytes/sec",
    disk_read_operations_per_second: "Composite Disk Read Operations/sec",
    disk_write_operations_per_second: "Composite Disk Write Operations/sec",
  },
  "microsoft.sql/servers/databases": {
    cpu_percent: "cpu_percent",
    dtu_percent: "dtu_consumption_percent",
    storage_bytes: "storage",
    sessions_percent: "sessions_percent",
    sessions_count: "sessions_count",
  },
  "microsoft.sql/servers/elasticpools": {
    cpu_percent: "cpu_percent",
    dtu_percent: "dtu_consumption_percent",
    storage_bytes: "storage_used",
    storage_percent: "storage_percent",
  },
  "microsoft.storage/storageaccounts": {
    transactions: "Transactions",
    // Data that is read; listing and writing it are no reads.
    read_transactions: { name: "Transactions", filter: "ApiName eq 'GetBlob'" },
    storage_bytes: "UsedCapacity",
    network_out_bytes: "Egress",
  },
  "microsoft.network/loadbalancers": {
    network_total_bytes: "ByteCount",
    new_flows: "SYNCount",
  },
  "microsoft.network/natgateways": { new_flows: "SNATConnectionCount" },
  "microsoft.network/applicationgateways": { requests: "TotalRequests" },
  "microsoft.network/virtualnetworkgateways": {
    // Of the tunnels to other sites; clients are counted apart.
    tunnel_bytes_per_second: "AverageBandwidth",
    client_connections: "P2SConnectionCount",
  },
  "microsoft.web/serverfarms": { cpu_percent: "CpuPercentage", memory_percent: "MemoryPercentage" },
  "microsoft.web/sites": { requests: "Requests" },
};

/** Azure's name of a metric for a type (lower case); undefined where Azure does not measure it. */
export function azureMetric(type: string, metric: MetricName): AzureMetric | undefined {
  const known = namesByType[type]?.[metric];
  return typeof known === "string" ? { name: known } : known;
}

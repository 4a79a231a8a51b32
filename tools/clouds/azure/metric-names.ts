import type { MetricName } from "../cloud.ts";

/**
 * What Azure Monitor calls our metrics, by resource type. Source: Azure's "Supported metrics" reference for
 * Microsoft.Compute/virtualMachines, Microsoft.Sql/servers/databases, Microsoft.Storage/storageAccounts,
 * Microsoft.Network/loadBalancers, Microsoft.Web/serverFarms and Microsoft.Web/sites.
 */
const namesByType: Record<string, Partial<Record<MetricName, string>>> = {
  "microsoft.compute/virtualmachines": {
    cpu_percent: "Percentage CPU",
    memory_available_bytes: "Available Memory Bytes",
    network_in_bytes: "Network In Total",
    network_out_bytes: "Network Out Total",
    disk_read_bytes: "Disk Read Bytes",
    disk_write_bytes: "Disk Write Bytes",
  },
  "microsoft.sql/servers/databases": {
    cpu_percent: "cpu_percent",
    dtu_percent: "dtu_consumption_percent",
    storage_bytes: "storage",
    sessions_percent: "sessions_percent",
  },
  "microsoft.storage/storageaccounts": {
    transactions: "Transactions",
    storage_bytes: "UsedCapacity",
    network_out_bytes: "Egress",
  },
  "microsoft.network/loadbalancers": {
    network_total_bytes: "ByteCount",
    new_flows: "SYNCount",
  },
  "microsoft.web/serverfarms": { cpu_percent: "CpuPercentage", memory_percent: "MemoryPercentage" },
  "microsoft.web/sites": { requests: "Requests" },
};

/** Azure's name of a metric for a type (lower case); undefined where Azure does not measure it. */
export function azureMetricName(type: string, metric: MetricName): string | undefined {
  return namesByType[type]?.[metric];
}

/** Our name for what Azure delivered. */
export function ourMetricName(type: string, azureName: string): MetricName | undefined {
  const names = Object.entries(namesByType[type] ?? {});
  return names.find(([, azure]) => azure.toLowerCase() === azureName.toLowerCase())?.[0] as
    | MetricName
    | undefined;
}

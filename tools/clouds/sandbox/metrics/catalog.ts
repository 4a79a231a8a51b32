import { containerGroupType } from "./container-series.ts";
import type { MetricDefinition } from "./metric-hour.ts";
import { vmMetrics } from "./vm-hour.ts";

export const vmType = "microsoft.compute/virtualmachines";

const gaugeOf = (name: string, unit: MetricDefinition["unit"]): MetricDefinition => ({
  name,
  unit,
  primaryAggregation: "Average",
});
const counterOf = (name: string, unit: MetricDefinition["unit"]): MetricDefinition => ({
  name,
  unit,
  primaryAggregation: "Total",
});

/** The metrics that the sandbox computes, by type in lower case; of other types it has none. */
const metricsByType: Record<string, readonly MetricDefinition[]> = {
  [vmType]: vmMetrics,
  "microsoft.compute/virtualmachinescalesets": [
    gaugeOf("Percentage CPU", "Percent"),
    gaugeOf("Available Memory Bytes", "Bytes"),
    counterOf("Network In Total", "Bytes"),
    counterOf("Network Out Total", "Bytes"),
    counterOf("Disk Read Bytes", "Bytes"),
    counterOf("Disk Write Bytes", "Bytes"),
  ],
  "microsoft.containerservice/managedclusters": [
    gaugeOf("node_cpu_usage_percentage", "Percent"),
    gaugeOf("node_memory_working_set_percentage", "Percent"),
  ],
  [containerGroupType]: [
    gaugeOf("CpuUsage", "Count"),
    gaugeOf("MemoryUsage", "Bytes"),
    gaugeOf("NetworkBytesReceivedPerSecond", "Bytes"),
    gaugeOf("NetworkBytesTransmittedPerSecond", "Bytes"),
  ],
  "microsoft.compute/disks": [
    gaugeOf("Composite Disk Read Bytes/sec", "BytesPerSecond"),
    gaugeOf("Composite Disk Write Bytes/sec", "BytesPerSecond"),
    gaugeOf("Composite Disk Read Operations/sec", "CountPerSecond"),
    gaugeOf("Composite Disk Write Operations/sec", "CountPerSecond"),
  ],
  "microsoft.sql/servers/databases": [
    gaugeOf("cpu_percent", "Percent"),
    gaugeOf("dtu_consumption_percent", "Percent"),
    gaugeOf("sessions_percent", "Percent"),
    gaugeOf("sessions_count", "Count"),
    gaugeOf("storage", "Bytes"),
  ],
  "microsoft.sql/servers/elasticpools": [
    gaugeOf("cpu_percent", "Percent"),
    gaugeOf("dtu_consumption_percent", "Percent"),
    gaugeOf("storage_percent", "Percent"),
    gaugeOf("storage_used", "Bytes"),
  ],
  "microsoft.storage/storageaccounts": [
    counterOf("Transactions", "Count"),
    counterOf("Egress", "Bytes"),
    gaugeOf("UsedCapacity", "Bytes"),
  ],
  "microsoft.network/loadbalancers": [counterOf("ByteCount", "Bytes"), counterOf("SYNCount", "Count")],
  "microsoft.network/natgateways": [counterOf("SNATConnectionCount", "Count")],
  "microsoft.network/applicationgateways": [counterOf("TotalRequests", "Count")],
  "microsoft.network/virtualnetworkgateways": [
    gaugeOf("AverageBandwidth", "BytesPerSecond"),
    gaugeOf("P2SConnectionCount", "Count"),
  ],
  "microsoft.web/serverfarms": [gaugeOf("CpuPercentage", "Percent"), gaugeOf("MemoryPercentage", "Percent")],
  "microsoft.web/sites": [counterOf("Requests", "Count")],
};

export function metricsOfType(type: string): readonly MetricDefinition[] | undefined {
  return metricsByType[type.toLowerCase()];
}

import type { MetricName } from "../clouds/cloud.ts";

/** What a metric is about: metrics of one kind are asked for together, and those of one unit share a chart. */
export const metricKinds = [
  "cpu",
  "memory",
  "disk",
  "network",
  "dtu",
  "sessions",
  "storage",
  "transactions",
  "requests",
  "other",
] as const;
export type MetricKind = (typeof metricKinds)[number];

interface MetricWords {
  label: string;
  kind: MetricKind;
}

const words: Record<MetricName, MetricWords> = {
  cpu_percent: { label: "CPU", kind: "cpu" },
  cpu_millicores: { label: "CPU in use", kind: "cpu" },
  memory_available_bytes: { label: "Free memory", kind: "memory" },
  memory_percent: { label: "Memory in use", kind: "memory" },
  memory_used_bytes: { label: "Memory in use", kind: "memory" },
  network_in_bytes: { label: "Received", kind: "network" },
  network_out_bytes: { label: "Sent", kind: "network" },
  network_total_bytes: { label: "Data through it", kind: "network" },
  network_in_bytes_per_second: { label: "Received", kind: "network" },
  network_out_bytes_per_second: { label: "Sent", kind: "network" },
  disk_read_bytes: { label: "Read from disks", kind: "disk" },
  disk_write_bytes: { label: "Written to disks", kind: "disk" },
  disk_read_bytes_per_second: { label: "Read", kind: "disk" },
  disk_write_bytes_per_second: { label: "Written", kind: "disk" },
  disk_read_operations_per_second: { label: "Read operations", kind: "disk" },
  disk_write_operations_per_second: { label: "Write operations", kind: "disk" },
  dtu_percent: { label: "DTU", kind: "dtu" },
  sessions_percent: { label: "Sessions of those allowed", kind: "sessions" },
  sessions_count: { label: "Sessions", kind: "sessions" },
  storage_bytes: { label: "Data stored", kind: "storage" },
  storage_percent: { label: "Storage in use", kind: "storage" },
  transactions: { label: "Transactions", kind: "transactions" },
  read_transactions: { label: "Reads", kind: "transactions" },
  tunnel_bytes_per_second: { label: "Through its tunnels", kind: "network" },
  client_connections: { label: "Clients connected", kind: "sessions" },
  new_flows: { label: "New connections", kind: "network" },
  requests: { label: "Requests", kind: "requests" },
};

/** What people call a stored metric; one that this version does not know stands for itself. */
export function metricWords(metric: string): MetricWords {
  return words[metric as MetricName] ?? { label: metric, kind: "other" };
}

/** Stored metrics that somebody means by a name ("cpu_percent") or a kind ("memory"); undefined: by no word of ours. */
export function metricsCalled(asked: string): MetricName[] {
  const name = asked
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, "_");
  const all = Object.keys(words) as MetricName[];
  return all.filter((metric) => metric === name || words[metric].kind === name);
}

import type { MetricKind } from "./metric-words.ts";

/** What a load is told by first. */
const order: readonly MetricKind[] = [
  "cpu",
  "memory",
  "dtu",
  "sessions",
  "requests",
  "network",
  "disk",
  "transactions",
  "storage",
  "other",
];

/** By how much of it is in use before by amounts: words and charts begin with the same metric. */
export function metricRank({ kind, unit }: { kind: MetricKind; unit: string }): number {
  return order.indexOf(kind) * 2 + (unit === "percent" ? 0 : 1);
}

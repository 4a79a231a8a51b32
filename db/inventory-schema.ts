import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { BigId, Day, Json, Timestamp } from "./column-types.ts";

export const resourceChangeKinds = ["created", "updated", "gone", "returned"] as const;
export type ResourceChangeKind = (typeof resourceChangeKinds)[number];
export const resourceChangeCategories = [
  "tag",
  "status",
  "region",
  "size",
  "tier",
  "attachment",
  "property",
] as const;
export type ResourceChangeCategory = (typeof resourceChangeCategories)[number];

export type ScanKind = "full" | "incremental";
export type ScanStatus = "running" | "done" | "partial" | "failed" | "interrupted";

interface ResourceChanges {
  id: BigId;
  organization_id: string;
  resource_id: string;
  changed_at: Timestamp;
  kind: ResourceChangeKind;
  field: string | null;
  category: ResourceChangeCategory | null;
  from_value: string | null;
  to_value: string | null;
  provider_id: string | null;
  changed_by: string | null;
  client: string | null;
  operation: string | null;
  resource_type: string | null;
}

interface ResourceRelationships {
  organization_id: string;
  source_id: string;
  from_id: string;
  to_id: string;
  kind: string;
}

interface Scans {
  id: string;
  organization_id: string;
  connection_id: string;
  kind: ScanKind;
  status: ScanStatus;
  resumes: string | null;
  started_at: Timestamp;
  updated_at: Timestamp;
  ended_at: Timestamp | null;
  percent: Generated<number>;
  phases: Json<unknown[]>;
  counts: Json<Record<string, unknown>>;
  failures: Json<unknown[]>;
}

interface InventoryMarks {
  organization_id: string;
  connection_id: string;
  subscription_id: string;
  full_at: Timestamp;
  known_until: Timestamp;
  changes_until: Timestamp | null;
}

interface RetailPrices {
  organization_id: string;
  connection_id: string;
  currency: string;
  region: string;
  price_group: string;
  size: Generated<string>;
  read_at: Timestamp;
  prices: Json<unknown[]>;
}

interface ComputeSizes {
  organization_id: string;
  connection_id: string;
  subscription_id: string;
  region: string;
  read_at: Timestamp;
  sizes: Json<unknown[]>;
}

interface MetricSeries {
  id: GeneratedAlways<number>;
  organization_id: string;
  resource_id: string;
  metric_name: string;
  aggregation: "average" | "maximum" | "total";
  unit: string;
  /** Asked for back to this day; null: no further than its first. */
  read_from: Day | null;
}

interface MetricDays {
  organization_id: string;
  series_id: number;
  day: Day;
  hours: (number | null)[];
}

/** Metric days by the hour, to read. */
interface ResourceMetrics {
  time: ColumnType<Date, never, never>;
  organization_id: ColumnType<string, never, never>;
  resource_id: ColumnType<string, never, never>;
  metric_name: ColumnType<string, never, never>;
  aggregation: ColumnType<"average" | "maximum" | "total", never, never>;
  value: ColumnType<number, never, never>;
  unit: ColumnType<string, never, never>;
}

/** What scans keep beside the resources themselves. */
export interface InventorySchema {
  metric_series: MetricSeries;
  metric_days: MetricDays;
  resource_metrics: ResourceMetrics;
  resource_changes: ResourceChanges;
  resource_relationships: ResourceRelationships;
  scans: Scans;
  inventory_marks: InventoryMarks;
  retail_prices: RetailPrices;
  compute_sizes: ComputeSizes;
}

import { randomUUID } from "node:crypto";
import { now, policy, randomId, type TenantRows } from "./tenant-row.ts";

/** Of what scans bring: resources, metrics, prices, and the policies that judge them. */
export const inventoryRows: TenantRows = {
  resources: (organization_id, { connectionId }) => ({
    id: randomUUID(),
    organization_id,
    connection_id: connectionId,
    cloud_provider: "azure",
    resource_type: "t",
    resource_id: randomUUID(),
    name: "n",
    subscription_id: "s",
    discovered_at: now,
    last_updated: now,
    last_seen: now,
  }),
  resource_changes: (organization_id) => ({
    organization_id,
    resource_id: randomUUID(),
    changed_at: now,
    kind: "created",
  }),
  resource_relationships: (organization_id) => ({
    organization_id,
    source_id: randomUUID(),
    from_id: "a",
    to_id: "b",
    kind: "disk",
  }),
  scans: (organization_id, { connectionId }) => ({
    id: randomUUID(),
    organization_id,
    connection_id: connectionId,
    kind: "full",
    status: "done",
    started_at: now,
    updated_at: now,
  }),
  inventory_marks: (organization_id, { connectionId }) => ({
    organization_id,
    connection_id: connectionId,
    subscription_id: randomUUID(),
    full_at: now,
    known_until: now,
  }),
  retail_prices: (organization_id, { connectionId }) => ({
    organization_id,
    connection_id: connectionId,
    currency: "USD",
    region: "westeurope",
    price_group: randomUUID(),
    read_at: now,
    prices: "[]",
  }),
  compute_sizes: (organization_id, { connectionId }) => ({
    organization_id,
    connection_id: connectionId,
    subscription_id: randomUUID(),
    region: "westeurope",
    read_at: now,
    sizes: "[]",
  }),
  policies: (organization_id) => policy(organization_id, randomUUID()),
  policy_violations: (organization_id, { policyId }) => ({
    id: randomUUID(),
    organization_id,
    policy_id: policyId,
    resource_id: randomUUID(),
    severity: "low",
    detected_at: now,
  }),
  metric_series: (organization_id) => ({
    organization_id,
    resource_id: randomUUID(),
    metric_name: "m",
    aggregation: "average",
    unit: "percent",
  }),
  metric_days: (organization_id, { metricSeriesId }) => ({
    organization_id,
    series_id: metricSeriesId,
    day: new Date((randomId() % 2_900_000) * 86_400_000),
    hours: Array(24).fill(1),
  }),
  // Never written by hand: it shows the metric days by the hour.
  resource_metrics: (organization_id) => ({ organization_id }),
};

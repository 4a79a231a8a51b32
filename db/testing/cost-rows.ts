import { randomUUID } from "node:crypto";
import { now, randomId, type TenantRows } from "./tenant-row.ts";

const costs = { billed_cost: "1", effective_cost: "1", contracted_cost: "1", list_cost: "1", row_count: 1 };
const service = {
  provider: "azure",
  sub_account_id: "",
  sub_account_name: "",
  service_name: "s",
  charge_category: "Usage",
  charge_kind: "usage",
  currency: "USD",
};
const place = { region: "", resource_group: "" };
const ofDay = { delivery_id: 1, day: "2026-10-01" };
const ofMonth = { delivery_id: 1, month: "2026-10-01" };

/** Of costs and the sums of them. */
export const costRows: TenantRows = {
  cost_deliveries: (organization_id, { connectionId }) => ({
    organization_id,
    connection_id: connectionId,
    import_id: randomUUID(),
    source: "s",
    provider: "azure",
    billing_account_id: randomUUID(),
    period_start: "2026-10-01",
    period_end: "2026-11-01",
    content_hash: "h",
    row_count: 1,
    status: "published",
    loaded_at: now,
  }),
  cost_series: (organization_id) => ({
    organization_id,
    series_hash: randomUUID(),
    provider: "azure",
    billing_account_id: "b",
    service_name: "s",
    charge_category: "Usage",
    currency: "USD",
  }),
  cost_data: (organization_id) => ({
    time: now,
    period_end: now,
    organization_id,
    delivery_id: 1,
    series_id: 1,
    content_hash: "h",
    occurrence: 1,
    billed_cost: "1",
    effective_cost: "1",
  }),
  cost_daily: (organization_id) => ({
    organization_id,
    delivery_id: randomId(),
    day: "2026-10-01",
    series_id: randomId(),
    ...costs,
  }),
  cost_monthly: (organization_id) => ({
    organization_id,
    delivery_id: randomId(),
    month: "2026-10-01",
    series_id: randomId(),
    ...costs,
  }),
  cost_running: (organization_id) => ({
    organization_id,
    delivery_id: randomId(),
    month: "2026-10-01",
    series_id: randomId(),
    currency: "USD",
    resource_hash: randomUUID(),
    days: "1".padEnd(31, "0"),
    effective_cost: "{1}",
    row_count: "{1}",
  }),
  daily_cost_summary: (organization_id) => ({ organization_id, ...ofDay, ...service, ...place, ...costs }),
  monthly_cost_summary: (organization_id) => ({
    organization_id,
    ...ofMonth,
    ...service,
    ...place,
    ...costs,
  }),
  daily_service_summary: (organization_id) => ({ organization_id, ...ofDay, ...service, ...costs }),
  monthly_service_summary: (organization_id) => ({ organization_id, ...ofMonth, ...service, ...costs }),
  cost_source_totals: (organization_id) => ({
    organization_id,
    delivery_id: randomId(),
    day: "2026-10-01",
    service_name: "s",
    currency: "USD",
    row_count: 1,
    billed_cost: "1",
    effective_cost: "1",
  }),
};

import type { BigId, Day, Numeric } from "./column-types.ts";

/** What a charge is, finer than its FOCUS category: what nobody used and what was given back have names of their own. */
export const chargeKinds = [
  "usage",
  "unused_commitment",
  "purchase",
  "refund",
  "credit",
  "tax",
  "adjustment",
] as const;
export type ChargeKind = (typeof chargeKinds)[number];

interface CostSourceTotals {
  organization_id: string;
  delivery_id: BigId;
  day: Day;
  service_name: string;
  currency: string;
  row_count: BigId;
  billed_cost: Numeric;
  effective_cost: Numeric;
}

interface MonthlyCostSummary {
  organization_id: string;
  delivery_id: BigId;
  month: Day;
  provider: string;
  sub_account_id: string;
  sub_account_name: string;
  service_name: string;
  region: string;
  resource_group: string;
  charge_category: string;
  charge_kind: ChargeKind;
  currency: string;
  billed_cost: Numeric;
  effective_cost: Numeric;
  contracted_cost: Numeric;
  list_cost: Numeric;
  row_count: BigId;
}

type MonthlyServiceSummary = Omit<MonthlyCostSummary, "region" | "resource_group">;
type DailyServiceSummary = Omit<MonthlyServiceSummary, "month"> & { day: Day };

/** Cost tables beside those of schema.ts. */
export interface CostSchema {
  cost_source_totals: CostSourceTotals;
  monthly_cost_summary: MonthlyCostSummary;
  daily_service_summary: DailyServiceSummary;
  monthly_service_summary: MonthlyServiceSummary;
}

import type { BigId, Day, Numeric } from "./column-types.ts";

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

import type { ColumnType } from "kysely";
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

export interface CostSums {
  organization_id: string;
  delivery_id: BigId;
  billed_cost: Numeric;
  effective_cost: Numeric;
  contracted_cost: Numeric;
  list_cost: Numeric;
  row_count: ColumnType<string, string | number, string | number>;
}

interface OfService extends CostSums {
  provider: string;
  sub_account_id: string;
  sub_account_name: string;
  service_name: string;
  charge_category: string;
  charge_kind: ChargeKind;
  currency: string;
}
interface OfPlace extends OfService {
  region: string;
  resource_group: string;
}
interface OfDay {
  day: Day;
}
interface OfMonth {
  month: Day;
}

/** Running totals of a month, one element per day that has cost; the first day's bit is the leftmost of `days`. */
interface CostRunning extends OfMonth {
  organization_id: string;
  delivery_id: BigId;
  series_id: BigId;
  currency: string;
  resource_hash: string;
  days: string;
  billed_cost: string[] | null;
  effective_cost: string[];
  row_count: number[] | null;
}

/** Cost tables beside those of schema.ts. */
export interface CostSchema {
  cost_source_totals: CostSourceTotals;
  cost_running: CostRunning;
  daily_cost_summary: OfPlace & OfDay;
  monthly_cost_summary: OfPlace & OfMonth;
  daily_service_summary: OfService & OfDay;
  monthly_service_summary: OfService & OfMonth;
}

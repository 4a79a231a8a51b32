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

/** What reconciliation keeps of cost, beside the tables that loading fills. */
export interface CostSchema {
  cost_source_totals: CostSourceTotals;
}

import type { RecordColumn } from "../load/record-columns.ts";

/** FOCUS names of a record column, first choice first, and whether a file without any of them is refused. */
interface FocusColumn {
  names: readonly string[];
  required: boolean;
}

/**
 * FOCUS 1.0 to 1.4. The provider's column was renamed: ProviderName (1.0-1.2, removed in 1.4) became
 * ServiceProviderName and HostProviderName (1.3). x_ columns are Microsoft's, used where FOCUS has none.
 */
export const focusColumns = {
  provider: { names: ["ServiceProviderName", "ProviderName", "HostProviderName"], required: true },
  billing_account_id: { names: ["BillingAccountId"], required: true },
  billing_period_start: { names: ["BillingPeriodStart"], required: true },
  billing_period_end: { names: ["BillingPeriodEnd"], required: true },
  charge_period_start: { names: ["ChargePeriodStart"], required: true },
  charge_period_end: { names: ["ChargePeriodEnd"], required: true },
  charge_category: { names: ["ChargeCategory"], required: true },
  charge_class: { names: ["ChargeClass"], required: false },
  billed_cost: { names: ["BilledCost"], required: true },
  effective_cost: { names: ["EffectiveCost"], required: true },
  contracted_cost: { names: ["ContractedCost"], required: true },
  list_cost: { names: ["ListCost"], required: true },
  currency: { names: ["BillingCurrency"], required: true },
  service_name: { names: ["ServiceName"], required: true },
  service_category: { names: ["ServiceCategory"], required: false },
  sub_account_id: { names: ["SubAccountId"], required: false },
  sub_account_name: { names: ["SubAccountName"], required: false },
  region: { names: ["RegionId", "RegionName"], required: false },
  resource_group: { names: ["x_ResourceGroupName"], required: false },
  resource_id: { names: ["ResourceId"], required: false },
  resource_name: { names: ["ResourceName"], required: false },
  resource_type: { names: ["ResourceType"], required: false },
  commitment_discount_id: { names: ["CommitmentDiscountId"], required: false },
  commitment_discount_type: { names: ["CommitmentDiscountType"], required: false },
  commitment_discount_status: { names: ["CommitmentDiscountStatus"], required: false },
  pricing_category: { names: ["PricingCategory"], required: false },
  tags: { names: ["Tags"], required: false },
  consumed_quantity: { names: ["ConsumedQuantity"], required: false },
  consumed_unit: { names: ["ConsumedUnit"], required: false },
  charge_description: { names: ["ChargeDescription"], required: false },
  sku_id: { names: ["SkuId"], required: false },
} as const satisfies Record<Exclude<RecordColumn, "scope">, FocusColumn>;

export type MappedColumn = keyof typeof focusColumns;

/** How the file spells a FOCUS column, found regardless of case; undefined when it has none. */
export function findColumn(fileColumns: readonly string[], focusName: string): string | undefined {
  return (
    fileColumns.find((name) => name === focusName) ??
    fileColumns.find((name) => name.trim().toLowerCase() === focusName.toLowerCase())
  );
}

/** The file's columns for a record column, first choice first. */
export function columnsFor(fileColumns: readonly string[], column: MappedColumn): string[] {
  return focusColumns[column].names.flatMap((name) => findColumn(fileColumns, name) ?? []);
}

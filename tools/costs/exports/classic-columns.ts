import { findColumn } from "../import/focus-columns.ts";

/**
 * Columns of Cost Management's own (not FOCUS) cost and usage files, first choice first: the Enterprise Agreement's,
 * the Microsoft Customer Agreement's and pay-as-you-go's, from the first versions to 2024-08-01
 * (learn.microsoft.com, "Cost Management dataset schema index"). Case differs between versions.
 */
export const classicColumns = {
  day: ["Date", "UsageDateTime", "UsageDate"],
  cost: ["CostInBillingCurrency", "Cost", "PreTaxCost"],
  currency: ["BillingCurrency", "BillingCurrencyCode", "Currency"],
  billingAccount: ["BillingAccountId", "BillingProfileId", "InvoiceSectionId"],
  subscriptionId: ["SubscriptionId", "SubscriptionGuid"],
  subscriptionName: ["SubscriptionName"],
  service: ["MeterCategory", "ConsumedService", "ProductName", "Product"],
  serviceCategory: ["ServiceFamily"],
  region: ["ResourceLocation", "Location"],
  resourceGroup: ["ResourceGroup", "ResourceGroupName"],
  resourceId: ["ResourceId", "InstanceId"],
  resourceName: ["ResourceName"],
  chargeType: ["ChargeType"],
  pricingModel: ["PricingModel"],
  benefit: ["BenefitId", "ReservationId"],
  tags: ["Tags"],
  quantity: ["Quantity", "UsageQuantity"],
  unit: ["UnitOfMeasure"],
  description: ["ProductName", "Product", "MeterName"],
  meter: ["MeterId"],
} as const;
export type ClassicColumn = keyof typeof classicColumns;

/** The file's own spelling of a column's names, first choice first. */
export function classicNames(fileColumns: readonly string[], column: ClassicColumn): string[] {
  return classicColumns[column].flatMap((name) => findColumn(fileColumns, name) ?? []);
}

/** What a file of either cost type must have; a subscription's file may lack the billing account. */
export const requiredClassicColumns = ["day", "cost", "currency"] as const satisfies readonly ClassicColumn[];

/** Which classic column a record column is made of, to name it where a value is wrong. */
export const classicOrigin: Record<string, ClassicColumn> = {
  billing_account_id: "billingAccount",
  billed_cost: "cost",
  effective_cost: "cost",
  currency: "currency",
  charge_period_start: "day",
  charge_period_end: "day",
  consumed_quantity: "quantity",
  tags: "tags",
};

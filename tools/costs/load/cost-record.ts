/**
 * One normalized FOCUS cost row: what the FOCUS import and the cloud scans hand to the loader.
 * Money and quantities are exact decimal strings ("0.00000012", "1.2E-7"; at most 24 decimals);
 * days are YYYY-MM-DD and times ISO 8601 instants, both UTC. Null means that the source does not say.
 */
export interface CostRecord {
  /** Lower-case key: "aws", "azure", "gcp", "oracle", … */
  provider: string;
  billingAccountId: string;
  /** Half-open, YYYY-MM-DD. */
  billingPeriodStart: string;
  billingPeriodEnd: string;
  /** Sub account, where one account's billing period is delivered in parts by sub account; else "". */
  scope: string;
  /** Half-open; the charge counts on the UTC day of its start. */
  chargePeriodStart: string;
  chargePeriodEnd: string;
  /** FOCUS: Usage, Purchase, Tax, Credit, Adjustment. */
  chargeCategory: string;
  /** FOCUS: "Correction" for what corrects an earlier billing period's charge, such as a refund; else null. */
  chargeClass: string | null;
  billedCost: string;
  effectiveCost: string;
  contractedCost: string | null;
  listCost: string | null;
  /** ISO 4217. */
  currency: string;
  subAccountId: string | null;
  subAccountName: string | null;
  /** As people call it; "" when the source has none. */
  serviceName: string;
  serviceCategory: string | null;
  /** Normalized id: "westeurope", "us-west-2". */
  region: string | null;
  resourceGroup: string | null;
  /** Lower case for Azure, as delivered otherwise. */
  resourceId: string | null;
  resourceName: string | null;
  /** Lower case for Azure. */
  resourceType: string | null;
  commitmentDiscountId: string | null;
  commitmentDiscountType: string | null;
  commitmentDiscountStatus: string | null;
  pricingCategory: string | null;
  tags: Record<string, string>;
  consumedQuantity: string | null;
  consumedUnit: string | null;
  chargeDescription: string | null;
  skuId: string | null;
}

/** Which costs a delivery brings: a newer delivery of the same key replaces the older one. */
export interface DeliveryKey {
  provider: string;
  billingAccountId: string;
  scope: string;
  /** Billing period, half-open, YYYY-MM-DD. */
  periodStart: string;
  periodEnd: string;
}

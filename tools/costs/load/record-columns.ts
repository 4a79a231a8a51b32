import { seriesColumnNames } from "@cloudoptima/db/queries/cost-loading.ts";
import type { CostRecord } from "./cost-record.ts";

/** Column of the staging relation for each field of a CostRecord: all VARCHAR, as the source wrote them. */
export const recordColumns = {
  provider: "provider",
  billingAccountId: "billing_account_id",
  billingPeriodStart: "billing_period_start",
  billingPeriodEnd: "billing_period_end",
  scope: "scope",
  chargePeriodStart: "charge_period_start",
  chargePeriodEnd: "charge_period_end",
  chargeCategory: "charge_category",
  chargeClass: "charge_class",
  billedCost: "billed_cost",
  effectiveCost: "effective_cost",
  contractedCost: "contracted_cost",
  listCost: "list_cost",
  currency: "currency",
  subAccountId: "sub_account_id",
  subAccountName: "sub_account_name",
  serviceName: "service_name",
  serviceCategory: "service_category",
  region: "region",
  resourceGroup: "resource_group",
  resourceId: "resource_id",
  resourceName: "resource_name",
  resourceType: "resource_type",
  commitmentDiscountId: "commitment_discount_id",
  commitmentDiscountType: "commitment_discount_type",
  commitmentDiscountStatus: "commitment_discount_status",
  pricingCategory: "pricing_category",
  tags: "tags",
  consumedQuantity: "consumed_quantity",
  consumedUnit: "consumed_unit",
  chargeDescription: "charge_description",
  skuId: "sku_id",
} as const satisfies Record<keyof CostRecord, string>;

export type RecordColumn = (typeof recordColumns)[keyof CostRecord];

/** What a cost is for: equal values make one cost_series. Tags are compared in canonical form, beside these. */
export const seriesColumns = seriesColumnNames satisfies readonly RecordColumn[];

export const costColumns = ["billed_cost", "effective_cost", "contracted_cost", "list_cost"] as const;

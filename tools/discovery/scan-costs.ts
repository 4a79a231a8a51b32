import { readCostMonths } from "@cloudoptima/db/queries/connections.ts";
import { type ResourceLabel, readResourceLabels } from "@cloudoptima/db/queries/resources.ts";
import type { CloudCost, CloudRead, Subscription } from "../clouds/cloud.ts";
import type { CostRecord, DeliveryKey } from "../costs/load/cost-record.ts";
import { loadCosts } from "../costs/load/load-costs.ts";
import type { WriteContext } from "../kernel/context.ts";
import { type CostMonth, monthsToRead } from "./cost-months.ts";

/** The billing months of a subscription that this scan must read, newest first. */
export async function planCostMonths(
  ctx: WriteContext,
  connectionId: string,
  subscriptionId: string,
): Promise<CostMonth[]> {
  const read = await ctx.read((transaction) => readCostMonths(transaction, connectionId, subscriptionId));
  return monthsToRead(ctx.now().toZonedDateTimeISO("UTC").toPlainDate().toString(), read);
}

/** Loads one billing month of one subscription; what was loaded for it before is replaced. Returns its rows. */
export async function scanCostMonth(
  ctx: WriteContext,
  cloud: CloudRead,
  connectionId: string,
  subscription: Subscription,
  month: CostMonth,
): Promise<number> {
  const labels = await ctx.read((transaction) => readResourceLabels(transaction, subscription.id));
  const key: DeliveryKey = {
    provider: "azure",
    billingAccountId: subscription.id,
    scope: subscription.id,
    periodStart: month.start,
    periodEnd: month.end,
  };
  const result = await loadCosts(ctx, {
    connectionId,
    source: `Azure Cost Management, ${subscription.name}`,
    batches: records(cloud, subscription, month, key, labels, ctx.signal),
    replaceScopes: [key],
  });
  return result.rowCount;
}

async function* records(
  cloud: CloudRead,
  subscription: Subscription,
  month: CostMonth,
  key: DeliveryKey,
  labels: ReadonlyMap<string, ResourceLabel>,
  signal: AbortSignal,
): AsyncGenerator<CostRecord[]> {
  for await (const costs of cloud.costs(subscription.id, month.start, month.to, signal)) {
    yield costs.map((cost) => toRecord(cost, subscription, key, labels.get(cost.resourceId ?? "")));
  }
}

/** The bill has no names or tags of resources: those of the inventory count, also for past days. */
function toRecord(
  cost: CloudCost,
  subscription: Subscription,
  key: DeliveryKey,
  label: ResourceLabel | undefined,
): CostRecord {
  const nextDay = Temporal.PlainDate.from(cost.day).add({ days: 1 });
  return {
    provider: key.provider,
    billingAccountId: key.billingAccountId,
    billingPeriodStart: key.periodStart,
    billingPeriodEnd: key.periodEnd,
    scope: key.scope,
    chargePeriodStart: `${cost.day}T00:00:00Z`,
    chargePeriodEnd: `${nextDay}T00:00:00Z`,
    chargeCategory: cost.chargeCategory,
    billedCost: cost.billed,
    effectiveCost: cost.effective,
    contractedCost: null,
    listCost: null,
    currency: cost.currency,
    subAccountId: subscription.id,
    subAccountName: subscription.name,
    serviceName: cost.service,
    serviceCategory: null,
    region: cost.region ?? label?.region ?? null,
    resourceGroup: cost.resourceGroup,
    resourceId: cost.resourceId,
    resourceName: label?.name ?? cost.resourceId?.split("/").at(-1) ?? null,
    resourceType: cost.resourceType,
    commitmentDiscountId: null,
    commitmentDiscountType: null,
    commitmentDiscountStatus: cost.commitmentStatus ?? null,
    pricingCategory: null,
    tags: label?.tags ?? {},
    consumedQuantity: null,
    consumedUnit: null,
    chargeDescription: null,
    skuId: null,
  };
}

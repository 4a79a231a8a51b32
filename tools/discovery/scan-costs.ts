import { markMonthsRead, readLoadedMonths } from "@cloudoptima/db/queries/loaded-months.ts";
import { type ResourceLabel, readResourceLabels } from "@cloudoptima/db/queries/resources.ts";
import { findImportedMonth } from "@cloudoptima/db/queries/shared-subscriptions.ts";
import type { CloudCost, CloudRead, Subscription } from "../clouds/cloud.ts";
import { alreadyFromElsewhere } from "../costs/load/already-from-elsewhere.ts";
import type { CostRecord, DeliveryKey } from "../costs/load/cost-record.ts";
import { loadCosts } from "../costs/load/load-costs.ts";
import type { WriteContext } from "../kernel/context.ts";
import { AppError } from "../kernel/errors.ts";
import { type CostMonth, monthsToRead } from "./cost-months.ts";

/** The billing months of a subscription that this scan must read, newest first. */
export async function planCostMonths(
  ctx: WriteContext,
  connectionId: string,
  subscriptionId: string,
): Promise<CostMonth[]> {
  const loaded = await ctx.read((transaction) => readLoadedMonths(transaction, connectionId, subscriptionId));
  return monthsToRead(ctx.now().toZonedDateTimeISO("UTC").toPlainDate().toString(), loaded);
}

export interface LoadedMonths {
  rowCount: number;
  /** Time spent waiting for the cloud, per month. */
  readMsPerMonth: number;
}

/**
 * Loads billing months of one subscription, visible all at once; what was loaded for them before is replaced.
 * Rows are read while they are stored, so that memory stays flat.
 */
export async function scanCostMonths(
  ctx: WriteContext,
  cloud: CloudRead,
  connectionId: string,
  subscription: Subscription,
  months: readonly CostMonth[],
): Promise<LoadedMonths> {
  // Before the cloud's quota is spent on what could not be stored.
  const imported = await ctx.read((transaction) => findImportedMonth(transaction, subscription.id, months));
  if (imported) {
    const { id: subscriptionId, name: subscriptionName } = subscription;
    throw alreadyFromElsewhere({ subscriptionId, subscriptionName, ...imported });
  }
  const labels = await ctx.read((transaction) => readResourceLabels(transaction, subscription.id));
  let readMs = 0;
  async function* batches(): AsyncGenerator<CostRecord[]> {
    for (const month of months) {
      const key = deliveryKey(subscription, month);
      let started = performance.now();
      let rowCount = 0;
      for await (const costs of cloud.costs(subscription.id, month.start, month.to, ctx.signal)) {
        readMs += performance.now() - started;
        rowCount += costs.length;
        yield costs.map((cost) => toRecord(cost, subscription, key, labels.get(cost.resourceId ?? "")));
        started = performance.now();
      }
      readMs += performance.now() - started;
      refuseVanished(subscription, month, rowCount);
    }
  }
  const { rowCount } = await loadCosts(ctx, {
    connectionId,
    source: `Azure Cost Management, ${subscription.name}`,
    batches: batches(),
    replaceScopes: months.map((month) => deliveryKey(subscription, month)),
  });
  // Without it a month whose costs did not change would be read again at every scan.
  const at = new Date(ctx.now().epochMilliseconds);
  const starts = months.map((month) => month.start);
  await ctx.write((transaction) => markMonthsRead(transaction, connectionId, subscription.id, starts, at));
  return { rowCount, readMsPerMonth: readMs / months.length };
}

/** A month that had costs does not lose all of them by a correction: keeping what we have is right. */
function refuseVanished(subscription: Subscription, month: CostMonth, rowCount: number): void {
  if (rowCount > 0 || month.knownRowCount === 0) return;
  throw new AppError(
    "unavailable",
    `Azure reports no costs at all for ${subscription.name} in ${month.start.slice(0, 7)}, where it had some before.`,
    { hint: "What was loaded is kept. Check that the identity may still read costs, then scan again." },
  );
}

function deliveryKey(subscription: Subscription, month: CostMonth): DeliveryKey {
  return {
    provider: "azure",
    billingAccountId: subscription.id,
    scope: subscription.id,
    periodStart: month.start,
    periodEnd: month.end,
  };
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
    chargeClass: cost.chargeClass ?? null,
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
    resourceName: label?.name ?? cost.resourceName ?? cost.resourceId?.split("/").at(-1) ?? null,
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

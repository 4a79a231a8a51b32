import type { MetricDay } from "@cloudoptima/db/pack-metric-days.ts";
import { upsertMetricDays } from "@cloudoptima/db/queries/metrics.ts";
import { linkByName } from "@cloudoptima/db/queries/resource-relationships.ts";
import { focusCharge } from "@cloudoptima/tools/clouds/azure/charge-types.ts";
import { azureMetric } from "@cloudoptima/tools/clouds/azure/metric-names.ts";
import { normalizeResource, ResourceRow } from "@cloudoptima/tools/clouds/azure/normalize-resource.ts";
import { type CloudCost, type CloudRead, metricUnit } from "@cloudoptima/tools/clouds/cloud.ts";
import { createLedger } from "@cloudoptima/tools/clouds/sandbox/cost/ledger.ts";
import { microsToText } from "@cloudoptima/tools/clouds/sandbox/cost/micros.ts";
import { createEstate, type Estate } from "@cloudoptima/tools/clouds/sandbox/estate.ts";
import { resourceRows } from "@cloudoptima/tools/clouds/sandbox/graph/rows.ts";
import { compileActivityMetric } from "@cloudoptima/tools/clouds/sandbox/metrics/activity-hour.ts";
import { metricsOfType, vmType } from "@cloudoptima/tools/clouds/sandbox/metrics/catalog.ts";
import { compileVmMetric } from "@cloudoptima/tools/clouds/sandbox/metrics/vm-hour.ts";
import { dayNumber, dayText } from "@cloudoptima/tools/clouds/sandbox/tenant/days.ts";
import type { Charge, Resource, Tenant } from "@cloudoptima/tools/clouds/sandbox/tenant/tenant-schema.ts";
import { keepResources } from "@cloudoptima/tools/discovery/keep-resources.ts";
import { metricPlans } from "@cloudoptima/tools/discovery/metric-plan.ts";
import { scanCostMonths } from "@cloudoptima/tools/discovery/scan-costs.ts";
import type { WriteContext } from "@cloudoptima/tools/kernel/context.ts";

/** What rules look at, by type: which tier blobs belong in tells how long nobody read them. */
const metricDays = { most: 30, storageAccounts: 90 };
const storageAccountType = "microsoft.storage/storageaccounts";
const resourcesPerWrite = 1_000;
const daysPerWrite = 5_000;
const costsPerBatch = 5_000;

/** What a scan would have left in the database. */
export interface StoredEstate {
  subscriptionIds: string[];
  resourceCount: number;
  /** Hours of metrics. */
  valueCount: number;
  costRowCount: number;
}

/**
 * Stores an estate of the sandbox with 30 days of its hourly metrics (90 of storage accounts) and its costs, by the code that scans store with,
 * but without the requests: those are what `bench -- scan` measures.
 */
export async function storeEstate(
  ctx: WriteContext,
  connectionId: string,
  tenant: Tenant,
): Promise<StoredEstate> {
  const now = ctx.now();
  const estate = createEstate(tenant, () => now);
  const { organizationId } = ctx.actor;
  const scan = { organizationId, connectionId, seenAt: new Date(now.epochMilliseconds) };
  const found = resourceRows(estate, undefined).map((row) => normalizeResource(ResourceRow.parse(row)));
  for (const some of chunks(found, resourcesPerWrite)) {
    await ctx.write((transaction) => keepResources(transaction, scan, some, ctx.newId));
  }
  // Which scale set is a cluster's node pool, only names tell.
  await ctx.write((transaction) => linkByName(transaction, organizationId));
  let valueCount = 0;
  for (const days of chunks(metricsOf(estate), daysPerWrite)) {
    await ctx.write((transaction) => upsertMetricDays(transaction, organizationId, days));
    for (const { hours } of days) valueCount += hours.filter((value) => value !== null).length;
  }
  let costRowCount = 0;
  for (const subscription of tenant.subscriptions) {
    const cloud = {
      costs: (id, from, to) => costsOf(estate, id, from, to),
    } as Partial<CloudRead> as CloudRead;
    const { rowCount } = await scanCostMonths(
      ctx,
      cloud,
      connectionId,
      subscription,
      monthsOf(now, tenant.days),
    );
    costRowCount += rowCount;
  }
  return {
    subscriptionIds: tenant.subscriptions.map(({ id }) => id),
    resourceCount: found.length,
    valueCount,
    costRowCount,
  };
}

function* chunks<Item>(items: Iterable<Item>, size: number): Generator<Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    if (chunk.push(item) < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** What scans read of each type; a day after the other, as daily scans bring them. */
function* metricsOf(estate: Estate): Generator<MetricDay> {
  const nowHour = Math.floor(estate.now().epochMilliseconds / 3_600_000);
  const today = Math.floor(nowHour / 24);
  const series = estate.resources().flatMap((resource) => {
    const isAccount = resource.type.toLowerCase() === storageAccountType;
    const firstDay = today - (isAccount ? metricDays.storageAccounts : metricDays.most);
    return seriesOf(estate, resource, nowHour).map((one) => ({ ...one, firstDay }));
  });
  for (let day = today - metricDays.storageAccounts; day <= today; day++) {
    for (const { at, firstDay, ...rest } of series) {
      if (day < firstDay) continue;
      const hours = Array.from({ length: 24 }, (_, hour) =>
        day * 24 + hour < nowHour ? (at(day * 24 + hour) ?? null) : null,
      );
      if (hours.some((value) => value !== null)) yield { ...rest, day: dayText(day), hours };
    }
  }
}

function seriesOf(estate: Estate, resource: Resource, nowHour: number) {
  const type = resource.type.toLowerCase();
  const properties = { ...resource.properties, sku: resource.sku, managedBy: resource.managedBy };
  const wanted = metricPlans
    .filter((plan) => plan.type === type && (plan.of?.({ properties }) ?? true))
    .flatMap(({ metrics }) => metrics);
  return wanted.flatMap(({ metric, aggregation }) => {
    const azure = azureMetric(type, metric);
    const definition = metricsOfType(type)?.find(
      (known) => known.name.toLowerCase() === azure?.name.toLowerCase(),
    );
    if (!azure || !definition) return [];
    const part = /'(\w+)'/.exec(azure.filter ?? "")?.[1];
    const name = part ? `${definition.name}/${part}` : definition.name;
    const { seed } = estate.tenant;
    const at =
      type === vmType
        ? compileVmMetric(seed, resource, estate.powerChanges(resource.id), definition)
        : compileActivityMetric(seed, resource, definition, name, nowHour);
    const unit = metricUnit(metric);
    const resourceId = resource.id.toLowerCase();
    return [{ resourceId, metric, aggregation, unit, at: (hour: number) => at(hour)?.[aggregation] }];
  });
}

function monthsOf(now: Temporal.Instant, days: number) {
  const today = now.toZonedDateTimeISO("UTC").toPlainDate();
  const first = today.subtract({ days }).with({ day: 1 });
  const months = [];
  for (let start = first; Temporal.PlainDate.compare(start, today) < 0; start = start.add({ months: 1 })) {
    const end = start.add({ months: 1 });
    const to = Temporal.PlainDate.compare(end, today) < 0 ? end : today;
    months.push({ start: start.toString(), end: end.toString(), to: to.toString(), knownRowCount: 0 });
  }
  return months.reverse();
}

/** The costs that the sandbox would tell of a subscription, a row per charge and day. */
async function* costsOf(
  estate: Estate,
  subscriptionId: string,
  from: string,
  to: string,
): AsyncGenerator<CloudCost[]> {
  const ledger = createLedger(estate);
  const { first, last } = ledger.window();
  const charges = ledger.charges.filter((charge) => charge.subscriptionId === subscriptionId);
  function* rows(): Generator<CloudCost> {
    for (let day = Math.max(first, dayNumber(from)); day <= Math.min(last, dayNumber(to) - 1); day++) {
      for (const charge of charges) {
        const billed = ledger.amount(charge, day, "ActualCost");
        const effective = ledger.amount(charge, day, "AmortizedCost");
        if (billed !== 0 || effective !== 0) {
          yield {
            ...costOf(charge, estate),
            day: dayText(day),
            billed: microsToText(billed),
            effective: microsToText(effective),
          };
        }
      }
    }
  }
  yield* chunks(rows(), costsPerBatch);
}

function costOf(charge: Charge, estate: Estate): Omit<CloudCost, "day" | "billed" | "effective"> {
  const resourceId = charge.resourceId?.toLowerCase() ?? null;
  return {
    subscriptionId: charge.subscriptionId,
    resourceId,
    resourceGroup: resourceId?.split("/")[4] ?? null,
    resourceType: charge.resourceType.toLowerCase() || null,
    region: charge.resourceLocation || null,
    service: charge.service,
    ...focusCharge(charge.chargeType),
    currency: estate.tenant.currency,
  };
}

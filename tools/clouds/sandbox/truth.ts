import { decimal } from "../../kernel/money.ts";
import { createLedger, type Ledger } from "./cost/ledger.ts";
import { microsToText } from "./cost/micros.ts";
import { createEstate } from "./estate.ts";
import { licenceService } from "./generate/catalog.ts";
import type { Plant } from "./generate/plant.ts";
import { dayNumber, dayText } from "./tenant/days.ts";
import type { Charge, Tenant } from "./tenant/tenant-schema.ts";
import { plantedReservations } from "./truth-reservations.ts";
import type { Truth } from "./truth-schema.ts";

/**
 * The manifest of what was planted, with what it costs. Only tests, evals and the export command may import it:
 * a product that reads it would grade itself.
 */
export function makeTruth(tenant: Tenant, plants: readonly Plant[], now: Temporal.Instant): Truth {
  const estate = createEstate(tenant, () => now);
  const ledger = createLedger(estate);
  const { first, last } = ledger.window();
  const charges = new Map(tenant.charges.map((charge) => [charge.id, charge]));
  const chargesByResource = Map.groupBy(tenant.charges, ({ resourceId }) => resourceId?.toLowerCase() ?? "");
  const chargesOf = ({ resourceId, billedAs }: Extract<Plant, { kind: "waste" }>) =>
    billedAs?.map((id) => charges.get(id)!) ?? chargesByResource.get(resourceId.toLowerCase()) ?? [];
  const overlaps = (span: { from: string; to: string }) =>
    dayNumber(span.from) <= last && dayNumber(span.to) > first;
  const ofKind = <Kind extends Plant["kind"]>(kind: Kind) =>
    plants.filter((plant): plant is Extract<Plant, { kind: Kind }> => plant.kind === kind);

  return {
    version: 1,
    tenantId: tenant.tenantId,
    currency: tenant.currency,
    period: { start: dayText(first), end: dayText(last + 1) },
    totals: {
      months: monthTotals(ledger, tenant.currency),
      resourceCount: tenant.resources.length,
      unmanagedDiskCount: countDisks(tenant),
    },
    waste: [
      ...ofKind("waste")
        .filter((plant) => dayNumber(plant.since) <= last)
        .map((plant) => ({
          type: plant.type,
          resourceId: plant.resourceId.toLowerCase(),
          since: plant.since,
          why: plant.why,
          ...costOfWaste(chargesOf(plant), ledger, plant),
        })),
      ...plantedReservations(tenant, plants, last + 1),
    ],
    traps: ofKind("trap").map(({ type, resourceId, why }) => ({
      type,
      resourceId: resourceId.toLowerCase(),
      why,
    })),
    anomalies: ofKind("anomaly")
      .filter(overlaps)
      .map((plant) => {
        const charge = charges.get(plant.chargeId)!;
        return {
          service: charge.service,
          resourceId: charge.resourceId?.toLowerCase() ?? null,
          region: charge.resourceLocation,
          start: plant.from,
          end: plant.to,
          extraCost: microsToText(extraCost(ledger, charge, plant)),
          why: plant.why,
        };
      }),
    trends: ofKind("trend").map((plant) => {
      const charge = charges.get(plant.chargeId)!;
      return {
        service: charge.service,
        resourceId: charge.resourceId?.toLowerCase() ?? null,
        monthlyGrowthPercent: plant.monthlyGrowthPercent,
        why: plant.why,
      };
    }),
    assessment: ofKind("assessment").map(({ check, resourceId }) => ({
      check,
      resourceId: resourceId.toLowerCase(),
    })),
    changes: [...ofKind("stop"), ...ofKind("ephemeral")].filter(overlaps).map((plant) => ({
      kind: plant.kind === "stop" ? ("deallocated" as const) : ("existed" as const),
      resourceId: plant.resourceId.toLowerCase(),
      start: plant.from,
      end: plant.to,
      why: plant.why,
    })),
  };
}

/** Page blobs that are disks by name or by what a machine wrote on them. */
function countDisks({ blobs }: Tenant): number {
  return blobs.filter(
    ({ type, name, metadata }) =>
      type === "PageBlob" &&
      (/\.vhd$/i.test(name) || Object.keys(metadata).some((key) => /^microsoftazurecompute_/i.test(key))),
  ).length;
}

/** Days whose mean is the rate, where the state is older: so that a saving is what today's costs are. */
const rateDays = 30;

function costOfWaste(own: readonly Charge[], ledger: Ledger, plant: Extract<Plant, { kind: "waste" }>) {
  const wasted = own.filter((charge) => isTouched(charge, plant));
  const { first, last } = ledger.window();
  const from = Math.max(first, dayNumber(plant.since), last + 1 - rateDays);
  let micros = 0;
  for (let day = from; day <= last; day++) {
    for (const charge of wasted) micros += ledger.amount(charge, day, "AmortizedCost");
  }
  const daily = decimal(microsToText(micros)).dividedBy(last - from + 1);
  const after = daily.times(plant.becomes?.remainingShare ?? 0);
  return {
    dailyEffectiveCost: daily.toDecimalPlaces(6).toFixed(),
    monthlySaving: daily.minus(after).times(365).dividedBy(12).toDecimalPlaces(6).toFixed(),
    ...(plant.becomes
      ? { target: plant.becomes.target, dailyCostAfter: after.toDecimalPlaces(6).toFixed() }
      : {}),
  };
}

/** A commitment is owed until it ends, whoever uses it: what it pays does not end with the waste. */
function isTouched(charge: Charge, { only }: Extract<Plant, { kind: "waste" }>): boolean {
  if (charge.pricingModel === "Reservation" || charge.pricingModel === "SavingsPlan") return false;
  if (only === undefined) return true;
  if (only === "compute") return charge.stopsWithVm;
  if (only === "licence") return charge.service === licenceService;
  return only.meters.includes(charge.meter);
}

/** Factors multiply the day's usual cost, so the extra is cost x (1 - 1 / factor). */
function extraCost(
  ledger: Ledger,
  charge: Charge,
  span: { from: string; to: string; factor: number },
): number {
  const { first, last } = ledger.window();
  let extra = 0;
  for (let day = Math.max(first, dayNumber(span.from)); day < Math.min(last + 1, dayNumber(span.to)); day++) {
    const micros = ledger.amount(charge, day, "AmortizedCost");
    extra += micros - Math.round(micros / span.factor);
  }
  return extra;
}

function monthTotals(ledger: Ledger, currency: string): Truth["totals"]["months"] {
  const { first, last } = ledger.window();
  const charges = ledger.charges.filter((charge) => (charge.currency ?? currency) === currency);
  const months = new Map<string, { actual: number; amortized: number }>();
  for (let day = first; day <= last; day++) {
    const month = dayText(day).slice(0, 7);
    const sum = months.get(month) ?? { actual: 0, amortized: 0 };
    for (const charge of charges) {
      sum.actual += ledger.amount(charge, day, "ActualCost");
      sum.amortized += ledger.amount(charge, day, "AmortizedCost");
    }
    months.set(month, sum);
  }
  return [...months].map(([month, { actual, amortized }]) => ({
    month,
    actual: microsToText(actual),
    amortized: microsToText(amortized),
  }));
}

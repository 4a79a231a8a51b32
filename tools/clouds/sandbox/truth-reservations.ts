import { reservationTotal, type VmSize, vmSizes } from "./generate/catalog.ts";
import type { Plant } from "./generate/plant.ts";
import { dayText } from "./tenant/days.ts";
import { powerStateAt } from "./tenant/power.ts";
import type { Resource, Tenant } from "./tenant/tenant-schema.ts";
import type { Truth, WasteType } from "./truth-schema.ts";

const windowDays = 30;
const hoursAMonth = 730;
const hoursAYear = 8760;
/** What ends the machine or its hours comes before a reservation; what only shrinks it counts as it is to become. */
const endsBefore: readonly WasteType[] = [
  "idle_vm",
  "stopped_not_deallocated_vm",
  "auto_shutdown",
  "spot_instance",
];

interface Runner {
  subscriptionId: string;
  region: string;
  size: VmSize;
  /** By hour of the window. */
  runs: (hour: number) => boolean;
  /** Own on-demand rate of an hour, after what is to shrink has shrunk. */
  hourly: number;
}

/** The best reservation of every group of machines, by what was planned for them (definitions: truth-schema.ts). */
export function plantedReservations(tenant: Tenant, plants: readonly Plant[], today: number): Truth["waste"] {
  const groups = Map.groupBy(runners(tenant, plants), ({ subscriptionId, region, size }) =>
    JSON.stringify([subscriptionId, region, vmSizes[size].series]),
  );
  return [...groups.values()].flatMap((group) => bestReservation(group, today));
}

function runners(tenant: Tenant, plants: readonly Plant[]): Runner[] {
  const waste = Map.groupBy(
    plants.filter((plant) => plant.kind === "waste"),
    ({ resourceId }) => resourceId.toLowerCase(),
  );
  const resources = new Map(tenant.resources.map((resource) => [resource.id.toLowerCase(), resource]));
  return tenant.charges.flatMap((charge): Runner[] => {
    if (!charge.stopsWithVm || charge.pricingModel !== "OnDemand" || charge.amount.kind !== "fixed")
      return [];
    const vm = resources.get(charge.resourceId?.toLowerCase() ?? "");
    const size = vm && sizeOf(vm);
    if (!size || charge.meter !== vmSizes[size].meter) return [];
    const planted = waste.get(vm.id.toLowerCase()) ?? [];
    if (planted.some(({ type }) => endsBefore.includes(type))) return [];
    const smaller = planted.find(({ type }) => type === "vm_rightsizing")?.becomes;
    return [
      {
        subscriptionId: charge.subscriptionId,
        region: vm.location.toLowerCase(),
        size: smaller ? (smaller.target as VmSize) : size,
        runs: (hour) => powerStateAt(vm.power, [], hour) !== "deallocated",
        hourly: (Number(charge.amount.daily) / 24) * (smaller?.remainingShare ?? 1),
      },
    ];
  });
}

function sizeOf({ properties }: Resource): VmSize | undefined {
  const name = (properties.hardwareProfile as { vmSize?: string } | undefined)?.vmSize ?? "";
  return name in vmSizes ? (name as VmSize) : undefined;
}

function bestReservation(group: readonly Runner[], today: number): Truth["waste"] {
  const { subscriptionId, region, size } = group[0]!;
  const { series, hourly: list, cores } = vmSizes[size];
  const smallest = Math.min(
    ...Object.values(vmSizes)
      .filter((candidate) => candidate.series === series)
      .map((candidate) => candidate.cores),
  );
  const unitList = (list * smallest) / cores;
  const firstHour = (today - windowDays) * 24;
  const unitsByHour = Array.from({ length: windowDays * 24 }, () => 0);
  let cost = 0;
  for (const { runs, size: own, hourly } of group) {
    for (const index of unitsByHour.keys()) {
      if (!runs(firstHour + index)) continue;
      unitsByHour[index]! += vmSizes[own].cores / smallest;
      cost += hourly;
    }
  }
  const onDemand = cost / unitsByHour.reduce((sum, units) => sum + units, 0);
  const one = bestPlan(unitsByHour, onDemand, reservationTotal(unitList, 1) / hoursAYear);
  const three = bestPlan(unitsByHour, onDemand, reservationTotal(unitList, 3) / (3 * hoursAYear));
  if (one.units === 0) return [];
  const text = (amount: number) => amount.toFixed(6);
  const slug = `${region}-${series}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return [
    {
      type: "reserved_instance",
      resourceId: `/subscriptions/${subscriptionId}/providers/microsoft.capacity/reservations/${slug}`,
      since: dayText(today - windowDays),
      why: `${group.length} machines of the group run on demand.`,
      dailyEffectiveCost: text(one.usedUnits * onDemand * 24),
      monthlySaving: text(one.monthlySaving),
      target: `${one.units} units for one year`,
      dailyCostAfter: text(one.units * one.reserved * 24),
      commitment: {
        region,
        flexibilityGroup: series,
        units: one.units,
        usedShare: one.usedUnits / one.units,
        oneYear: { hourlyPerUnit: text(one.reserved), monthlySaving: text(one.monthlySaving) },
        threeYears: {
          hourlyPerUnit: text(three.reserved),
          monthlySaving: text(three.monthlySaving),
          units: three.units,
        },
      },
    },
  ];
}

/** The largest n of which more hours use all n than the price makes up for: each unit pays for itself. */
function bestPlan(unitsByHour: readonly number[], onDemand: number, reserved: number) {
  const hours = unitsByHour.length;
  const sorted = unitsByHour.toSorted((a, b) => b - a);
  let units = 0;
  for (let n = 1; n <= sorted[0]!; n++) {
    const using = sorted.findLastIndex((running) => running >= n) + 1;
    if (using / hours > reserved / onDemand) units = n;
    else break;
  }
  const usedUnits = unitsByHour.reduce((sum, running) => sum + Math.min(running, units), 0) / hours;
  return {
    units,
    usedUnits,
    reserved,
    monthlySaving: (usedUnits * onDemand - units * reserved) * hoursAMonth,
  };
}

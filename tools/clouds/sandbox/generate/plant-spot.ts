import { pick, randomInteger, stableUuid } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { addVm } from "./add-vm.ts";
import type { Builder, Place } from "./builder.ts";
import { dailyOfHourly, spotShare, type VmSize, vmSizes } from "./catalog.ts";
import { developmentPlace, productionPlace } from "./places.ts";
import { numbered, type Round, type Workload } from "./workload.ts";

/** Work that may be interrupted, paid as if it might not; and work that must not be, or is already on spot. */
export const interruptibleWork: Workload = (builder, round) => {
  const dev = developmentPlace(builder, round);
  const prod = productionPlace(builder, round);
  const { seed } = builder;
  const batch = { Workload: "batch", Environment: "Development" };
  const busy = { cpuNightPercent: 61, cpuDayPercent: 54, memoryUsedShare: 0.6 };
  const size = pick(["Standard_D4s_v5", "Standard_F8s_v2"] as const, seed, "spot", round.index);
  const worker = addVm(builder, dev, {
    name: numbered("vm-dev-batch", round, 1),
    size,
    usage: busy,
    fixedTags: batch,
  });
  plantSpot(builder, worker.id, size, "Batch work outside production: it starts again where it stopped.");
  const control = addVm(builder, prod, {
    name: numbered("vm-batch-control-prod", round, 1),
    size: "Standard_D4s_v5",
    dataDisks: ["P10"],
    usage: busy,
    fixedTags: { Workload: "batch", Environment: "Production" },
  });
  const rendering = addScaleSet(builder, dev, {
    name: `vmss-render${round.suffix}`,
    size: "Standard_D8s_v5",
    capacity: randomInteger(2, 6, seed, "render", round.index),
    tags: batch,
  });
  plantSpot(builder, rendering.id, "Standard_D8s_v5", "Renders previews, a piece at a time.");
  const already = addScaleSet(builder, dev, {
    name: `vmss-encode${round.suffix}`,
    size: "Standard_D8s_v5",
    capacity: 3,
    tags: batch,
    isSpot: true,
  });
  const pools = addBatchCluster(builder, dev, round);
  plantSpot(
    builder,
    pools.user,
    "Standard_D4s_v5",
    "An autoscaling user pool of a cluster outside production.",
  );
  for (const [resourceId, why] of [
    [control.id, "A single production machine with data of its own."],
    [already.id, "It runs on spot already."],
    [pools.system, "A cluster's system pool must stay."],
  ] as const) {
    builder.plant({ kind: "trap", type: "spot_instance", resourceId, why });
  }
};

export function plantSpot(builder: Builder, resourceId: string, size: VmSize, why: string): void {
  builder.plant({
    kind: "waste",
    type: "spot_instance",
    resourceId,
    since: builder.calendar.beforeQuarter(60),
    why,
    only: { meters: [vmSizes[size].meter] },
    becomes: { target: "Spot", remainingShare: spotShare },
  });
}

function addScaleSet(
  builder: Builder,
  place: Place,
  set: { name: string; size: VmSize; capacity: number; tags: Record<string, string>; isSpot?: boolean },
): Resource {
  const { hourly, series, meter } = vmSizes[set.size];
  const resource = builder.add(place, {
    type: "Microsoft.Compute/virtualMachineScaleSets",
    name: set.name,
    sku: { name: set.size, tier: "Standard", capacity: set.capacity },
    fixedTags: set.tags,
    properties: {
      orchestrationMode: "Uniform",
      virtualMachineProfile: { priority: set.isSpot ? "Spot" : "Regular" },
    },
  });
  builder.charge(resource, {
    service: "Virtual Machines",
    meterSubCategory: series,
    meter: set.isSpot ? `${meter} Spot` : meter,
    pricingModel: set.isSpot ? "Spot" : "OnDemand",
    amount: { kind: "fixed", daily: dailyOfHourly(hourly * set.capacity * (set.isSpot ? spotShare : 1)) },
  });
  return resource;
}

/** A cluster with a system pool and an autoscaling user pool; returns the ids of their scale sets. */
function addBatchCluster(builder: Builder, where: Place, round: Round): { system: string; user: string } {
  const name = `aks-batch-dev${round.suffix}`;
  const nodeGroup = { ...where, group: `MC_${where.group}_${name}_${where.region}` };
  const pools = [
    { name: "system", mode: "System", count: 2 },
    { name: "batch", mode: "User", count: randomInteger(2, 5, builder.seed, name) },
  ] as const;
  builder.add(where, {
    type: "Microsoft.ContainerService/managedClusters",
    name,
    kind: "Base",
    sku: { name: "Base", tier: "Free" },
    fixedTags: { Environment: "Development" },
    properties: {
      kubernetesVersion: "1.34",
      nodeResourceGroup: nodeGroup.group,
      powerState: { code: "Running" },
      agentPoolProfiles: pools.map((pool) => ({
        ...pool,
        vmSize: "Standard_D4s_v5",
        scaleSetPriority: "Regular",
        enableAutoScaling: pool.mode === "User",
        ...(pool.mode === "User" ? { minCount: 0, maxCount: 8 } : {}),
      })),
    },
  });
  const [system, user] = pools.map((pool) =>
    addScaleSet(builder, nodeGroup, {
      name: `aks-${pool.name}-${stableUuid(builder.seed, name, pool.name).slice(0, 8)}-vmss`,
      size: "Standard_D4s_v5",
      capacity: pool.count,
      tags: { "aks-managed-poolName": pool.name, Environment: "Development" },
    }),
  );
  return { system: system!.id, user: user!.id };
}

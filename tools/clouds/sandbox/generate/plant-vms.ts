import { randomInteger } from "../tenant/random.ts";
import { addVm, type VmSpec } from "./add-vm.ts";
import { plantSpot } from "./plant-spot.ts";
import { numbered, place, type Workload } from "./workload.ts";

const idle = {
  cpuNightPercent: 0.8,
  cpuDayPercent: 1.2,
  networkOutBytesPerHour: 9e5,
  networkInBytesPerHour: 1.1e6,
};

/** VMs that do nothing, one that is stopped but still billed, and VMs that only look idle. */
export const idleVms: Workload = (builder, round) => {
  const dev = place(builder, round, {
    subscription: "development",
    group: "rg-dev",
    application: "webshop",
    team: "web",
    environment: "Development",
    costCenter: "CC-3010",
  });
  const web = place(builder, round, {
    subscription: "production",
    group: "rg-web-prod",
    application: "webshop",
    team: "web",
    environment: "Production",
    costCenter: "CC-1010",
  });
  for (const [index, size] of (
    ["Standard_D4s_v5", "Standard_D2s_v5", "Standard_D8s_v5"] as const
  ).entries()) {
    const since = builder.calendar.beforeQuarter(
      randomInteger(14, 120, builder.seed, "idle", index, round.index),
    );
    const vm = addVm(builder, dev, {
      name: numbered("vm-dev-idle", round, index + 1).replace("idle", ["spike", "buildagent", "poc"][index]!),
      size,
      osDisk: "E10",
      usage: { cpuNightPercent: 6, cpuDayPercent: 27, idleSince: since },
    });
    builder.plant({
      kind: "waste",
      type: "idle_vm",
      resourceId: vm.id,
      since,
      only: "compute",
      why: "Its project ended; nothing runs on it.",
    });
  }
  const legacySince = builder.calendar.beforeQuarter(96);
  const legacy = addVm(builder, web, {
    name: numbered("vm-legacy-cms", round, 1),
    size: "Standard_D4s_v5",
    osType: "Windows",
    osDisk: "E10",
    usage: { cpuNightPercent: 5, cpuDayPercent: 22, idleSince: legacySince },
  });
  builder.plant({
    kind: "waste",
    type: "idle_vm",
    resourceId: legacy.id,
    since: legacySince,
    only: "compute",
    why: "Its traffic moved to the webshop.",
  });

  const stoppedSince = builder.calendar.beforeQuarter(47);
  const stopped = addVm(builder, dev, {
    name: numbered("vm-dev-stopped", round, 1),
    size: "Standard_D4s_v5",
    osDisk: "E10",
    power: { state: "stopped", since: stoppedSince },
    usage: { cpuNightPercent: 3, cpuDayPercent: 20 },
  });
  builder.plant({
    kind: "waste",
    type: "stopped_not_deallocated_vm",
    resourceId: stopped.id,
    since: stoppedSince,
    only: "compute",
    why: "Stopped from inside the system, not deallocated: compute is still billed.",
  });

  const away = addVm(builder, dev, {
    name: numbered("vm-dev-deallocated", round, 1),
    size: "Standard_D4s_v5",
    osDisk: "E10",
    power: { state: "deallocated" },
    usage: { cpuNightPercent: 3, cpuDayPercent: 20 },
  });
  for (const type of ["stopped_not_deallocated_vm", "idle_vm"] as const) {
    builder.plant({ kind: "trap", type, resourceId: away.id, why: "Deallocated: compute is not billed." });
  }

  const traps: (VmSpec & { where: typeof dev; why: string })[] = [
    {
      where: web,
      name: numbered("vm-vendor-appliance", round, 1),
      size: "Standard_D2s_v5",
      usage: { ...idle, missing: true },
      why: "Monitor has no metrics of it: unknown, not idle.",
    },
    {
      where: { ...web, region: "northeurope" },
      name: numbered("vm-warehouse-dr", round, 1),
      size: "Standard_E8s_v5",
      usage: idle,
      fixedTags: { Role: "DR replica", "ASR-ProtectedItem": "vm-warehouse-prod" },
      why: "A disaster-recovery replica waits for its failover.",
    },
    {
      where: dev,
      name: numbered("vm-nightly-build", round, 1),
      size: "Standard_D4s_v5",
      fixedTags: { Workload: "ci" },
      // Its memory is full of caches: no smaller machine holds it either.
      usage: { ...idle, memoryUsedShare: 0.86, burst: { everyHours: 12, cpuPercent: 93 } },
      why: "Idle between bursts that use the whole machine.",
    },
    {
      where: web,
      name: numbered("vm-packet-forwarder", round, 1),
      size: "Standard_D2s_v5",
      usage: {
        cpuNightPercent: 1,
        cpuDayPercent: 1.4,
        networkOutBytesPerHour: 4.2e11,
        networkInBytesPerHour: 4.3e11,
      },
      why: "Little CPU, but it forwards a lot of traffic.",
    },
  ];
  for (const { where, why, ...spec } of traps) {
    const vm = addVm(builder, where, { osDisk: "E10", ...spec });
    builder.plant({ kind: "trap", type: "idle_vm", resourceId: vm.id, why });
    if (spec.fixedTags?.Workload === "ci") {
      plantSpot(builder, vm.id, spec.size, "Builds outside production: one that is interrupted runs again.");
    }
  }
};

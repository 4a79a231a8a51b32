import { pick, random } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { addVm } from "./add-vm.ts";
import type { Builder } from "./builder.ts";
import { type VmSize, vmSizes } from "./catalog.ts";
import { developmentPlace, productionPlace } from "./places.ts";
import { numbered, type Workload } from "./workload.ts";

/** Little work on much machine. Half of the memory and a third of the CPU of the next size down suffice. */
const littleUsed = { cpuNightPercent: 6, cpuDayPercent: 8, memoryUsedShare: 0.27 } as const;

/** Machines whose load a smaller one carries, and one of which nobody can prove it. */
export const oversizedVms: Workload = (builder, round) => {
  const dev = developmentPlace(builder, round);
  const prod = productionPlace(builder, round);
  const { seed } = builder;
  const since = builder.calendar.beforeQuarter(45);

  const [general, generalTarget] = pick(
    [
      ["Standard_D8s_v5", "Standard_D4s_v5"],
      ["Standard_D16s_v5", "Standard_D8s_v5"],
    ] as const,
    seed,
    "oversized-general",
    round.index,
  );
  // Negotiated: a saving at list prices would be too high.
  const netRate = 1 - Math.round(20 * random(seed, "oversized-net-rate")) / 100;
  const invoices = addVm(builder, prod, {
    name: numbered("vm-invoices-prod", round, 1),
    size: general,
    usage: littleUsed,
    netRate,
    fixedTags: { Environment: "Production" },
  });
  plantTarget(builder, invoices, general, generalTarget, since, "Sized for a launch that was smaller.");

  const [memory, memoryTarget] = pick(
    [
      ["Standard_E8s_v5", "Standard_E4s_v5"],
      ["Standard_E16s_v5", "Standard_E8s_v5"],
    ] as const,
    seed,
    "oversized-memory",
    round.index,
  );
  const reports = addVm(builder, dev, {
    name: numbered("vm-dev-reports", round, 1),
    size: memory,
    usage: { ...littleUsed, gapEveryHours: 29 },
    fixedTags: { Environment: "Development" },
  });
  plantTarget(builder, reports, memory, memoryTarget, since, "A copy of production's size for a test of it.");

  const unmeasured = addVm(builder, dev, {
    name: numbered("vm-dev-wiki", round, 1),
    size: "Standard_D4s_v5",
    usage: { cpuNightPercent: 4, cpuDayPercent: 5, memoryMissing: true },
    fixedTags: { Environment: "Development" },
  });
  const wikiWhy = "Its memory is not measured, but its CPU is under 15 %.";
  plantTarget(builder, unmeasured, "Standard_D4s_v5", "Standard_D2s_v5", since, wikiWhy);

  const bursting = addVm(builder, dev, {
    name: numbered("vm-dev-crawler", round, 1),
    size: "Standard_D2s_v5",
    usage: {
      cpuNightPercent: 6,
      cpuDayPercent: 9,
      memoryUsedShare: 0.45,
      burst: { everyHours: 24, cpuPercent: 98 },
    },
    fixedTags: { Environment: "Development" },
  });
  const burstWhy = "Bursts for an hour a day and does little between: credits carry that.";
  plantTarget(builder, bursting, "Standard_D2s_v5", "Standard_B2s_v2", since, burstWhy);

  const unproven = addVm(builder, dev, {
    name: numbered("vm-dev-search", round, 1),
    size: "Standard_D8s_v5",
    usage: { cpuNightPercent: 12, cpuDayPercent: 15, memoryMissing: true },
    // Nobody waits for it: no web server, no address.
    fixedTags: { Environment: "Development", Team: "research" },
  });
  const searchWhy =
    "Its CPU would fit a smaller size, but its memory is not measured and its CPU not low enough.";
  plantTarget(builder, unproven, "Standard_D8s_v5", "Standard_D4s_v5", since, searchWhy, "underutilized_vm");
  builder.plant({ kind: "trap", type: "vm_rightsizing", resourceId: unproven.id, why: searchWhy });
};

function plantTarget(
  builder: Builder,
  vm: Resource,
  size: VmSize,
  target: VmSize,
  since: string,
  why: string,
  type: "vm_rightsizing" | "underutilized_vm" = "vm_rightsizing",
): void {
  builder.plant({
    kind: "waste",
    type,
    resourceId: vm.id,
    since,
    why,
    only: "compute",
    becomes: { target, remainingShare: vmSizes[target].hourly / vmSizes[size].hourly },
  });
}

/** Machines with little CPU that no smaller size can replace. */
export const boundVms: Workload = (builder, round) => {
  const dev = developmentPlace(builder, round);
  const prod = productionPlace(builder, round);
  const trap = (vm: Resource, why: string) =>
    builder.plant({ kind: "trap", type: "vm_rightsizing", resourceId: vm.id, why });
  trap(
    addVm(builder, prod, {
      name: numbered("vm-cache-prod", round, 1),
      size: pick(["Standard_E8s_v5", "Standard_E16s_v5"] as const, builder.seed, "cache", round.index),
      usage: { ...littleUsed, memoryUsedShare: 0.82 },
    }),
    "Its CPU is idle, its memory is full: a cache.",
  );
  trap(
    addVm(builder, dev, {
      name: numbered("vm-dev-volumes", round, 1),
      size: "Standard_D4s_v5",
      dataDisks: ["E10", "E10", "E10", "E10", "E10"],
      usage: { ...littleUsed, memoryUsedShare: 0.2 },
    }),
    "Five data disks: the next smaller size takes four.",
  );
  trap(
    addVm(builder, prod, {
      name: numbered("vm-firewall-prod", round, 1),
      size: "Standard_D8s_v5",
      moreCards: 2,
      usage: littleUsed,
    }),
    "Three network cards: the next smaller size takes two.",
  );
  trap(
    addVm(builder, dev, {
      name: numbered("vm-dev-encoder", round, 1),
      size: "Standard_D4s_v5",
      usage: { ...littleUsed, memoryUsedShare: 0.86, burst: { everyHours: 24, cpuPercent: 98 } },
    }),
    "Bursts to its whole CPU and fills its memory: no burstable size holds it for less.",
  );
};

import type { VmSize } from "../prices/size-book.ts";
import { burstableBaselinePercent } from "./burstable-baseline.ts";
import type { MachineLoad } from "./machine-load.ts";
import { assumedBytesPerHour } from "./network-capacity.ts";
import type { VirtualMachine } from "./virtual-machine.ts";

/** How much of a size may be used, in percent. */
export interface FitLimits {
  /** P95 of CPU and of network. */
  loadPercent: number;
  /** P99 of CPU; more is a burst, which only a burstable size carries. */
  burstPercent: number;
  /** The most memory of any hour. */
  memoryPercent: number;
  /** Without memory data only machines whose P95 CPU today is under this can be judged. */
  unmeasuredMemoryCpuPercent: number;
  /** Mean CPU as a share of what a burstable size may use without end. */
  baselineSharePercent: number;
}

/** Whether a size carries what a machine does and needs. Proven: nothing is against it and nothing is missing. */
export interface SizeFit {
  target: VmSize;
  against: string[];
  /** What would have to be known. */
  missing: string[];
  doubts: string[];
  /** On the target, percent. */
  cpuP95Percent: number;
  memoryPercent: number | null;
  networkPercent: number;
}

/** Disks may take this much of what a size's uncached disks can do, on the mean of the busiest hour. */
const diskPercent = 80;
const gib = 1024 ** 3;

/** Judges a size by figures translated by vCPUs and GiB, and by what the machine has attached. */
export function fitOf(
  machine: VirtualMachine,
  load: MachineLoad,
  current: VmSize,
  target: VmSize,
  limits: FitLimits,
): SizeFit {
  const perVcpu = current.vcpus / target.vcpus;
  const usedBytes =
    load.leastFreeMemoryBytes === null ? null : current.memoryGib * gib - load.leastFreeMemoryBytes;
  const fit: SizeFit = {
    target,
    against: [],
    missing: [],
    doubts: [],
    cpuP95Percent: load.cpuP95Percent * perVcpu,
    memoryPercent: usedBytes === null ? null : (Math.max(0, usedBytes) / (target.memoryGib * gib)) * 100,
    networkPercent: (load.sentP95BytesPerHour / assumedBytesPerHour) * 100,
  };
  judgeLoad(fit, load, perVcpu, limits);
  judgeMemory(fit, load, current, limits);
  judgeDisks(fit, load);
  judgeFeatures(fit, machine, current);
  return fit;
}

function judgeLoad(fit: SizeFit, load: MachineLoad, perVcpu: number, limits: FitLimits): void {
  if (!(fit.cpuP95Percent <= limits.loadPercent)) fit.against.push("its processor would be too busy");
  if (!(fit.networkPercent <= limits.loadPercent)) fit.against.push("it sends too much");
  if (fit.target.burstable) {
    const baseline = burstableBaselinePercent(fit.target.name);
    if (baseline === null) fit.missing.push("the CPU baseline of the size");
    else if (!(load.cpuMeanPercent * perVcpu <= (baseline * limits.baselineSharePercent) / 100)) {
      fit.against.push("it works more than a burstable size can for long");
    }
    if (!(load.cpuP99Percent * perVcpu <= 100)) fit.against.push("its bursts need more vCPUs");
  } else if (!(load.cpuP99Percent * perVcpu <= limits.burstPercent)) {
    fit.against.push("it bursts");
  }
}

function judgeMemory(fit: SizeFit, load: MachineLoad, current: VmSize, limits: FitLimits): void {
  if (fit.memoryPercent !== null) {
    if (!(fit.memoryPercent <= limits.memoryPercent)) fit.against.push("its memory would be too small");
    return;
  }
  if (load.cpuP95Percent >= limits.unmeasuredMemoryCpuPercent) {
    fit.missing.push("how much memory it uses");
  } else if (fit.target.memoryGib * 2 < current.memoryGib) {
    fit.missing.push("how much memory it uses, for more than one step down");
  } else {
    fit.doubts.push("Its memory is not measured; its processor does so little that half should do.");
  }
}

function judgeDisks(fit: SizeFit, load: MachineLoad): void {
  const { target } = fit;
  const isFast = carries(target.uncachedBytesPerSecond, load.diskBytesPerSecond);
  const isQuick = carries(target.uncachedIops, load.diskOperationsPerSecond);
  if (isFast === false) fit.against.push("its disks need more throughput");
  if (isQuick === false) fit.against.push("its disks need more operations a second");
  if (isFast === null || isQuick === null) {
    const unknown = [isFast === null ? "throughput" : "", isQuick === null ? "operations a second" : ""];
    fit.doubts.push(
      `Its disks' ${unknown.filter(Boolean).join(" and ")} could not be held against the size's.`,
    );
  }
}

/** Whether a size takes what a machine has attached and is made of, whatever its load. */
export function judgeFeatures(
  fit: Pick<SizeFit, "target" | "against" | "missing">,
  machine: VirtualMachine,
  current: VmSize,
): void {
  const { target } = fit;
  needs(fit, machine.dataDisks === 0 || reaches(target.maxDataDisks, machine.dataDisks), "data disks");
  needs(fit, reaches(target.maxNetworkInterfaces, machine.networkCards), "network cards");
  needs(fit, target.premiumStorage || not(machine.usesPremiumStorage), "premium disks");
  needs(
    fit,
    target.acceleratedNetworking || not(machine.usesAcceleratedNetworking),
    "accelerated networking",
  );
  needs(
    fit,
    machine.zones.every((zone) => target.zones.includes(zone)),
    "its availability zone",
  );
  needs(fit, target.cpuArchitecture === current.cpuArchitecture, "its processor architecture");
  // A machine cannot move between sizes with and without a temporary disk.
  needs(fit, same(target.temporaryDisk, current.temporaryDisk), "its temporary disk");
  needs(fit, generationFits(machine.generation, current, target), "its Hyper-V generation");
  needs(fit, target.restriction === null, "this subscription");
  needs(fit, !machine.hasEphemeralDisk, "its ephemeral system disk");
  if (machine.usesUltraDisks) fit.missing.push("whether the size takes ultra disks");
}

/** `yes` null: nobody knows. */
function needs(fit: Pick<SizeFit, "against" | "missing">, yes: boolean | null, what: string): void {
  if (yes === false) fit.against.push(`the size does not take ${what}`);
  if (yes === null) fit.missing.push(`whether the size takes ${what}`);
}

/** Whether a limit leaves enough above what was used; null: one of them is not known. */
const carries = (limit: number | null, used: number | null) =>
  limit === null || used === null ? null : used * 100 <= limit * diskPercent;
const reaches = (most: number | null, count: number) => (most === null ? null : count <= most);
const not = (value: boolean | null) => (value === null ? null : !value);
const same = (a: boolean | null, b: boolean | null) => (a === null || b === null ? null : a === b);

function generationFits(own: string | null, current: VmSize, target: VmSize): boolean | null {
  if (own !== null) return target.hyperVGenerations.includes(own);
  return current.hyperVGenerations.every((generation) => target.hyperVGenerations.includes(generation))
    ? true
    : null;
}

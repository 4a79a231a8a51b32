import type { VmSize } from "../prices/size-book.ts";
import { disasterRecovery, firstFound, lookFor } from "./counter-evidence.ts";
import { type CounterEvidence, fine, unknown, type Verdict } from "./finding.ts";
import { advisorIdleDays } from "./idle-window.ts";
import type { JudgedResource, ResourceFacts } from "./judged-resource.ts";
import { type MachineLoad, machineLoad } from "./machine-load.ts";
import type { Limits, Threshold } from "./rule.ts";
import { fitOf, type SizeFit } from "./size-fit.ts";
import { userFacingReason } from "./user-facing.ts";
import { readMachine, type VirtualMachine } from "./virtual-machine.ts";

const percent = (value: number, description: string): Threshold => ({
  default: value,
  minimum: 1,
  maximum: 100,
  unit: "percent",
  description,
});

/** Azure Advisor's limits for resizing (learn.microsoft.com, "Advisor cost recommendations"; RULES.md). */
export const sizingThresholds = {
  userFacingLoadPercent: percent(40, "P95 of CPU and network on the new size where people wait: at most"),
  userFacingMemoryPercent: percent(60, "Most memory used on the new size where people wait: at most"),
  loadPercent: percent(80, "P95 of CPU and network on the new size elsewhere: at most"),
  memoryPercent: percent(80, "Most memory used on the new size elsewhere: at most"),
  burstPercent: percent(80, "P99 of CPU on the new size; above it only burstable sizes are proposed"),
  unmeasuredMemoryCpuPercent: percent(15, "Without memory data P95 of CPU today must be under"),
  baselineSharePercent: percent(75, "Mean CPU as a share of a burstable size's CPU baseline: at most"),
} as const;
export type SizingLimits = Limits<keyof typeof sizingThresholds>;

/** What is known of a machine and the sizes that it could have instead. */
export interface Sizing {
  machine: VirtualMachine;
  region: string;
  load: MachineLoad;
  current: VmSize;
  userFacing: string | null;
  counterEvidence: CounterEvidence[];
  /** Smaller sizes of the series, the largest first, then burstable ones. */
  fits: SizeFit[];
}

/** Every size that a machine could have instead, judged; or why none is looked at. */
export function judgeSizes(
  resource: JudgedResource,
  facts: ResourceFacts,
  limits: SizingLimits,
): { sizing: Sizing } | { verdict: Verdict } {
  if (resource.status !== null && resource.status !== "running") {
    return { verdict: fine(`It is ${resource.status}.`) };
  }
  const machine = readMachine(resource, facts);
  if (!machine.size || !resource.region) return { verdict: unknown("Its size or region is not known.") };
  const load = machineLoad(facts.usage);
  if (!load) return { verdict: unknown("Its metrics do not cover 7 days.") };
  if (advisorIdleDays(facts.usage)) return { verdict: fine("It does nothing: stopping it comes first.") };
  const counterEvidence = lookFor(resource, [disasterRecovery]);
  const replica = firstFound(counterEvidence);
  if (replica) return { verdict: fine(`Its size is for a failover: ${replica}.`) };

  const { sizes } = facts.prices;
  const current = sizes.sizeOf(resource.region, machine.size);
  if (!current) return { verdict: unknown("The sizes of its region are not known.") };
  const userFacing = userFacingReason(resource, facts);
  const fitLimits = {
    ...limits,
    loadPercent: userFacing ? limits.userFacingLoadPercent : limits.loadPercent,
    memoryPercent: userFacing ? limits.userFacingMemoryPercent : limits.memoryPercent,
  };
  // Burstable sizes are for what bursts; a machine that is one already goes down its own series only.
  const candidates = [
    ...sizes.smallerSizes(resource.region, machine.size),
    ...(load.cpuP99Percent > limits.burstPercent && !current.burstable
      ? sizes.burstableSizes(resource.region, machine.size)
      : []),
  ];
  const fits = candidates.map((target) => fitOf(machine, load, current, target, fitLimits));
  return {
    sizing: { machine, region: resource.region, load, current, userFacing, counterEvidence, fits },
  };
}

export const isProven = (fit: SizeFit) => fit.against.length === 0 && fit.missing.length === 0;

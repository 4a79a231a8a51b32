import { readText } from "../../clouds/read-property.ts";
import { confidenceOf } from "../confidence.ts";
import { disasterRecovery, firstFound, lookFor } from "../counter-evidence.ts";
import { type Evidence, fine, unknown, type Verdict } from "../finding.ts";
import type { BusyWindow, JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { enoughDays, impactOf, netRate } from "../net-rate.ts";

/** Azure Advisor's shutdown rule (learn.microsoft.com, "Advisor cost recommendations"; RULES.md). */
const idleLimits = {
  /** P95 of the hourly maximum CPU over the window, percent: under. */
  cpuMaximumP95: 3,
  /** Highest hourly average CPU of the last 3 days, percent: at most. */
  cpuAverageHighest: 2,
  /** Outbound network as a share of capacity: under. */
  networkShare: 0.02,
} as const;

/** Windows tried, longest first: the longest that is idle throughout is the evidence; 7 days are the least. */
export const idleWindowsDays = [30, 14, 7] as const;
export const recentDays = 3;
/** Hours of a window that must have points; with fewer nobody can say what the machine did. */
const neededCoverage = 0.8;
/**
 * Capacity assumed for every size, in bytes an hour: 500 Mbit/s, which is under what Azure grants to any current
 * general-purpose size. Assuming less than the truth makes a machine look busier, never idle.
 */
const capacityBytesPerHour = (500e6 / 8) * 3600;

/**
 * idle_vm: a running machine whose 95th percentile of maximum CPU is under 3 % over at least 7 days (14 or 30
 * preferred), whose average CPU never passed 2 % in the last 3 days, and that sends under 2 % of its network
 * capacity. Missing metrics are unknown, never idle. Not for disaster-recovery replicas. Deallocating saves
 * the compute cost; disks and addresses remain and are not counted.
 */
export function judgeIdleVm(machine: JudgedResource, facts: ResourceFacts): Verdict {
  if (machine.status !== null && machine.status !== "running") return fine(`It is ${machine.status}.`);
  const recent = facts.busy.get(recentDays);
  if (!recent || !isCovered(recent)) return unknown("Its metrics of the last days are missing or have gaps.");
  if ((recent.cpuAverageHighest ?? 100) > idleLimits.cpuAverageHighest)
    return fine("It worked in the last 3 days.");

  const shortest = facts.busy.get(7);
  if (!shortest || !isCovered(shortest)) return unknown("Fewer than 7 days of metrics.");
  if (!isIdle(shortest)) return fine("It is in use.");
  const window = idleWindowsDays
    .map((days) => facts.busy.get(days))
    .find((busy) => busy && isCovered(busy) && isIdle(busy));
  if (!window) return unknown("Its metrics do not cover a window.");

  const counterEvidence = lookFor(machine, [disasterRecovery]);
  const replica = firstFound(counterEvidence);
  if (replica) return fine(`Idle on purpose: ${replica}.`);

  const compute = facts.costs.filter((cost) => /^virtual machines/i.test(cost.service));
  const end = facts.costsUntil && facts.costsUntil < window.end ? facts.costsUntil : window.end;
  const saving = netRate(compute, window.start, end);
  const doubts = [
    ...(window.days < enoughDays ? [`Idle for ${window.days} days; 14 would be surer.`] : []),
    ...((window.cpuAverageHighest ?? 0) > 20 ? ["It worked for an hour or more within the window."] : []),
    ...saving.doubts.filter(() => window.days >= enoughDays || saving.currency === null),
  ];
  const size = readText(machine.properties, "hardwareProfile", "vmSize");
  const reserved = saving.coveredShare > 0.5;
  return {
    verdict: "waste",
    finding: {
      type: "idle_vm",
      title: `Stop idle virtual machine ${machine.name}`,
      description: `This ${size ? `${size} ` : ""}machine has done almost nothing for ${window.days} days: its processor stayed under ${idleLimits.cpuMaximumP95} % in 95 of 100 hours and it sent almost nothing. Deallocating it ends its compute cost; its disks stay and it can be started again.${
        reserved
          ? " A reservation or savings plan pays for it, so stopping saves only what that then covers elsewhere."
          : ""
      }`,
      impact: impactOf(saving.monthlySavings),
      effort: "easy",
      risk: "low",
      monthlySavings: saving.monthlySavings,
      annualSavings: saving.annualSavings,
      currency: saving.currency,
      ...confidenceOf(0.95, `Idle by Azure Advisor's shutdown rule over ${window.days} days.`, doubts),
      evidence: [...busyEvidence(window, recent), ...saving.evidence],
      counterEvidence,
      steps: [
        "Ask the owner whether the machine waits for something rare (month end, failover).",
        "Stop (deallocate) it; starting again takes about two minutes and brings everything back.",
        "After a quiet month, snapshot and delete it with its disks and address to save those too.",
      ],
    },
  };
}

function isCovered(busy: BusyWindow): boolean {
  const needed = busy.days * 24 * neededCoverage;
  return busy.hours >= needed && busy.networkOutHours >= needed;
}

function isIdle(busy: BusyWindow): boolean {
  return (
    (busy.cpuMaximumP95 ?? 100) < idleLimits.cpuMaximumP95 && networkShare(busy) < idleLimits.networkShare
  );
}

function networkShare(busy: BusyWindow): number {
  if (busy.networkOutBytes === null || busy.networkOutHours === 0) return 1;
  return busy.networkOutBytes / busy.networkOutHours / capacityBytesPerHour;
}

function busyEvidence(window: BusyWindow, recent: BusyWindow): Evidence[] {
  const span = { start: window.start, end: window.end };
  return [
    {
      label: "Maximum CPU, 95th percentile",
      value: number(window.cpuMaximumP95),
      unit: "percent",
      window: span,
    },
    {
      label: "Average CPU, highest hour of the last 3 days",
      value: number(recent.cpuAverageHighest),
      unit: "percent",
      window: { start: recent.start, end: recent.end },
    },
    {
      label: "Average CPU, highest hour",
      value: number(window.cpuAverageHighest),
      unit: "percent",
      window: span,
    },
    {
      label: "Sent per hour on average",
      value: String(Math.round((window.networkOutBytes ?? 0) / Math.max(1, window.networkOutHours))),
      unit: "bytes",
      window: span,
    },
    {
      label: "Outbound network, of an assumed capacity of 500 Mbit/s",
      value: number(networkShare(window) * 100),
      unit: "percent",
      window: span,
    },
    { label: "Hours with metrics", value: String(window.hours), unit: "hours", window: span },
  ];
}

const number = (value: number | null) => (value === null ? "0" : String(Math.round(value * 1000) / 1000));

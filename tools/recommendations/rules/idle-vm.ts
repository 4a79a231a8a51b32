import { readText } from "../../clouds/read-property.ts";
import { ofComponents } from "../cost-component.ts";
import { disasterRecovery, firstFound, lookFor } from "../counter-evidence.ts";
import { type Evidence, fine, unknown, type Verdict } from "../finding.ts";
import {
  type HourlyUsage,
  highest,
  isCovered,
  meanOf,
  measured,
  percentile,
  usageWindow,
} from "../hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { enoughDays } from "../net-rate.ts";
import { defineRule, type Limits } from "../rule.ts";
import { savingsOfEnding } from "../savings.ts";
import { earlier } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

/** Windows tried, longest first: the longest that is idle throughout is the evidence; 7 days are the least. */
const windowsDays = [30, 14, 7] as const;
const recentDays = 3;
/**
 * Capacity assumed for every size, in bytes an hour: 500 Mbit/s, which is under what Azure grants to any current
 * general-purpose size. Assuming less than the truth makes a machine look busier, never idle.
 */
const capacityBytesPerHour = (500e6 / 8) * 3600;

/**
 * idle_vm: a running machine whose 95th percentile of maximum CPU is under 3 % over at least 7 days (14 or 30
 * preferred), whose average CPU never passed 2 % in the last 3 days, and that sends under 2 % of its network
 * capacity. Missing metrics are unknown, never idle. Not for disaster-recovery replicas. Deallocating saves
 * the compute cost; disks and addresses remain and are not counted. Source: Azure Advisor's shutdown rule
 * (learn.microsoft.com, "Advisor cost recommendations"; RULES.md).
 */
export default defineRule({
  type: "idle_vm",
  resourceTypes: ["microsoft.compute/virtualmachines"],
  metrics: ["cpu_percent/maximum", "cpu_percent/average", "network_out_bytes/total"],
  thresholds: {
    cpuMaximumP95Percent: {
      default: 3,
      minimum: 0.5,
      maximum: 20,
      unit: "percent",
      description: "P95 of the hourly maximum CPU over the window: under (Azure Advisor)",
    },
    recentCpuPercent: {
      default: 2,
      minimum: 0.5,
      maximum: 20,
      unit: "percent",
      description: "Highest hourly average CPU of the last 3 days: at most (Azure Advisor)",
    },
    networkSharePercent: {
      default: 2,
      minimum: 0.1,
      maximum: 20,
      unit: "percent",
      description: "Outbound network as a share of capacity: under (Azure Advisor)",
    },
  },
  judge: judgeIdleVm,
});

function judgeIdleVm(
  machine: JudgedResource,
  facts: ResourceFacts,
  limits: Limits<"cpuMaximumP95Percent" | "recentCpuPercent" | "networkSharePercent">,
): Verdict {
  const { usage } = facts;
  if (machine.status !== null && machine.status !== "running") return fine(`It is ${machine.status}.`);
  if (!isMeasured(usage, recentDays))
    return unknown("Its metrics of the last days are missing or have gaps.");
  const recent = highest(measured(usage, "cpu_percent/average", recentDays));
  if (!(recent <= limits.recentCpuPercent)) return fine("It worked in the last 3 days.");

  const days = windowsDays.find(
    (length) =>
      isMeasured(usage, length) &&
      cpuP95(usage, length) < limits.cpuMaximumP95Percent &&
      networkShare(usage, length) * 100 < limits.networkSharePercent,
  );
  if (!days) {
    return windowsDays.some((length) => isMeasured(usage, length))
      ? fine("It works.")
      : unknown("Its metrics do not cover a window.");
  }
  const counterEvidence = lookFor(machine, [disasterRecovery]);
  const replica = firstFound(counterEvidence);
  if (replica) return fine(`Idle on purpose: ${replica}.`);

  const window = usageWindow(usage, days);
  const end = earlier(facts.costsUntil ?? window.end, window.end);
  const compute = ofComponents(facts.costs, ["compute", "licence"]);
  const savings = savingsOfEnding(machine.id, compute, { start: window.start, end });
  const busiest = highest(measured(usage, "cpu_percent/average", days));
  const size = readText(machine.properties, "hardwareProfile", "vmSize");
  return wasteOf({
    type: "idle_vm",
    title: `Stop idle virtual machine ${machine.name}`,
    description: `This ${size ? `${size} ` : ""}machine has done almost nothing for ${days} days: its processor stayed under ${limits.cpuMaximumP95Percent} % in 95 of 100 hours and it sent almost nothing. Deallocating it ends its compute cost; its disks stay and it can be started again.${
      savings.coveredShare > 0.5
        ? " A reservation or savings plan pays for it, so stopping saves only what that then covers elsewhere."
        : ""
    }`,
    effort: "easy",
    risk: "low",
    savings: { ...savings, doubts: days < enoughDays && savings.currency !== null ? [] : savings.doubts },
    confidence: [0.95, `Idle by Azure Advisor's shutdown rule over ${days} days.`],
    doubts: [
      ...(days < enoughDays ? [`Idle for ${days} days; 14 would be surer.`] : []),
      ...(busiest > 20 ? ["It worked for an hour or more within the window."] : []),
    ],
    evidence: usageEvidence(usage, days, { recent, busiest }),
    counterEvidence,
    steps: [
      "Ask the owner whether the machine waits for something rare (month end, failover).",
      "Stop (deallocate) it; starting again takes about two minutes and brings everything back.",
      "After a quiet month, snapshot and delete it with its disks and address to save those too.",
    ],
    remediation: "stop_vm",
  });
}

function isMeasured(usage: HourlyUsage, days: number): boolean {
  return isCovered(usage, "cpu_percent/maximum", days) && isCovered(usage, "network_out_bytes/total", days);
}

const cpuP95 = (usage: HourlyUsage, days: number) =>
  percentile(measured(usage, "cpu_percent/maximum", days), 0.95);

const sentPerHour = (usage: HourlyUsage, days: number) =>
  meanOf(measured(usage, "network_out_bytes/total", days));

const networkShare = (usage: HourlyUsage, days: number) => sentPerHour(usage, days) / capacityBytesPerHour;

function usageEvidence(
  usage: HourlyUsage,
  days: number,
  { recent, busiest }: { recent: number; busiest: number },
): Evidence[] {
  const window = usageWindow(usage, days);
  const percent = (label: string, value: number, over = window): Evidence => ({
    label,
    value: String(Math.round(value * 1000) / 1000),
    unit: "percent",
    window: over,
  });
  return [
    percent("Maximum CPU, 95th percentile", cpuP95(usage, days)),
    percent("Average CPU, highest hour of the last 3 days", recent, usageWindow(usage, recentDays)),
    percent("Average CPU, highest hour", busiest),
    {
      label: "Sent per hour on average",
      value: String(Math.round(sentPerHour(usage, days))),
      unit: "bytes",
      window,
    },
    percent("Outbound network, of an assumed capacity of 500 Mbit/s", networkShare(usage, days) * 100),
    {
      label: "Hours with metrics",
      value: String(measured(usage, "cpu_percent/maximum", days).length),
      unit: "hours",
      window,
    },
  ];
}

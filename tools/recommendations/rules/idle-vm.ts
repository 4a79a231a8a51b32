import { readText } from "../../clouds/read-property.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import { ofComponents } from "../cost-component.ts";
import { disasterRecovery, firstFound, lookFor } from "../counter-evidence.ts";
import { type Evidence, fine, unknown, type Verdict } from "../finding.ts";
import { type HourlyUsage, highest, measured, usageWindow } from "../hourly-usage.ts";
import { advisorIdleLimits, idleCpuP95, idleDays, recentDays, sentPerHour } from "../idle-window.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { measuredFact } from "../measured-fact.ts";
import { enoughDays } from "../net-rate.ts";
import { assumedBytesPerHour } from "../network-capacity.ts";
import { defineRule, type Limits } from "../rule.ts";
import { savingsOfEnding } from "../savings.ts";
import { earlier } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

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
      default: advisorIdleLimits.cpuMaximumP95Percent,
      minimum: 0.5,
      maximum: 20,
      unit: "percent",
      description: "P95 of the hourly maximum CPU over the window: under (Azure Advisor)",
    },
    recentCpuPercent: {
      default: advisorIdleLimits.recentCpuPercent,
      minimum: 0.5,
      maximum: 20,
      unit: "percent",
      description: "Highest hourly average CPU of the last 3 days: at most (Azure Advisor)",
    },
    networkSharePercent: {
      default: advisorIdleLimits.networkSharePercent,
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
  const days = idleDays(usage, limits);
  if (days === null) return unknown("Its metrics of the last days are missing or have gaps.");
  if (days === 0) return fine("It works.");
  const counterEvidence = lookFor(machine, [disasterRecovery]);
  const replica = firstFound(counterEvidence);
  if (replica) return fine(`Idle on purpose: ${replica}.`);

  const window = usageWindow(usage, days);
  const end = earlier(facts.costsUntil ?? window.end, window.end);
  const compute = ofComponents(facts.costs, ["compute", "licence"]);
  const savings = savingsOfEnding(machine.id, compute, { start: window.start, end });
  const recent = highest(measured(usage, "cpu_percent/average", recentDays));
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
    risk: changeRisk("stop_vm", machine),
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
      "Stop (deallocate) it; starting again takes minutes and brings everything back.",
      "After a quiet month, snapshot and delete it with its disks and address to save those too.",
    ],
    remediation: "stop_vm",
  });
}

function usageEvidence(
  usage: HourlyUsage,
  days: number,
  { recent, busiest }: { recent: number; busiest: number },
): Evidence[] {
  const window = usageWindow(usage, days);
  const percent = (label: string, value: number, over = window) =>
    measuredFact(label, value, "percent", over, 3);
  return [
    percent("Maximum CPU, 95th percentile", idleCpuP95(usage, days)),
    percent("Average CPU, highest hour of the last 3 days", recent, usageWindow(usage, recentDays)),
    percent("Average CPU, highest hour", busiest),
    measuredFact("Sent per hour on average", sentPerHour(usage, days), "bytes", window, 0),
    percent(
      "Outbound network, of an assumed capacity of 500 Mbit/s",
      (sentPerHour(usage, days) / assumedBytesPerHour) * 100,
    ),
    {
      label: "Hours with metrics",
      value: String(measured(usage, "cpu_percent/maximum", days).length),
      unit: "hours",
      window,
    },
  ];
}

import { decimal } from "../../kernel/money.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import { environmentOf } from "../../remediation/is-production.ts";
import { ofComponents } from "../cost-component.ts";
import { disasterRecovery, firstFound, lookFor } from "../counter-evidence.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import { highest, isCovered, meanOf, measured, usageWindow } from "../hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { measuredFact } from "../measured-fact.ts";
import { defineRule, type Limits } from "../rule.ts";
import { savingsOfScaling } from "../savings.ts";
import { latestUtcTime } from "../shutdown-time.ts";
import { costWindow } from "../state-days.ts";
import { wasteOf } from "../waste.ts";
import { rhythmDays, type WeeklyRhythm, weeklyRhythm } from "../weekly-rhythm.ts";

const metrics = ["cpu_percent/average", "network_in_bytes/total", "network_out_bytes/total"] as const;
const hoursAWeek = 168;

const thresholds = {
  restCpuPercent: {
    default: 5,
    minimum: 1,
    maximum: 20,
    unit: "percent",
    description: "Hourly average CPU outside office hours: under",
  },
  restBytesPerSecond: {
    default: 1000,
    minimum: 100,
    maximum: 1e6,
    unit: "bytes per second",
    description: "Received and sent outside office hours: under",
  },
  officeStartHour: {
    default: 6,
    minimum: 0,
    maximum: 12,
    unit: "hour",
    description: "Local hour before which a working day never begins",
  },
  officeEndHour: {
    default: 20,
    minimum: 12,
    maximum: 24,
    unit: "hour",
    description: "Local hour by which a working day has ended",
  },
  differingPercent: {
    default: 20,
    minimum: 0,
    maximum: 100,
    unit: "percent",
    description: "Busy hours that are busy in one of the two weeks alone: at most",
  },
} as const;

/**
 * auto_shutdown: a running machine, outside production by tag or name, that for 14 days rested (CPU < 5 %, network
 * < 1,000 bytes a second) outside office hours of the organization's time zone and worked in the same hours of both
 * weeks. Switching it off in the hours in which it never worked saves their share of its compute. Source: RULES.md,
 * "Recommendation rules".
 */
export default defineRule({
  type: "auto_shutdown",
  resourceTypes: ["microsoft.compute/virtualmachines"],
  metrics,
  thresholds,
  judge: judgeAutoShutdown,
});

function judgeAutoShutdown(
  resource: JudgedResource,
  facts: ResourceFacts,
  limits: Limits<keyof typeof thresholds>,
): Verdict {
  const { usage, timeZone } = facts;
  if (resource.status !== null && resource.status !== "running") return fine(`It is ${resource.status}.`);
  const environment = environmentOf(resource);
  if (environment !== "elsewhere") {
    return fine(environment ? "It is production." : "Nothing says that it is not production.");
  }
  if (!metrics.every((metric) => isCovered(usage, metric, rhythmDays))) {
    return unknown("Its metrics do not cover 14 days.");
  }
  const rhythm = weeklyRhythm(usage, timeZone, limits);
  if (typeof rhythm === "string") return fine(rhythm);
  const counterEvidence = [
    ...lookFor(resource, [disasterRecovery]),
    { looked: "an environment tag or name of production", found: null },
    { looked: "work outside office hours in 14 days", found: null },
  ];
  const replica = firstFound(counterEvidence);
  if (replica) return fine(`It rests on purpose: ${replica}.`);

  const costs = ofComponents(facts.costs, ["compute", "licence"]);
  const remaining = decimal(rhythm.onHoursAWeek).dividedBy(hoursAWeek);
  const savings = savingsOfScaling(
    resource.id,
    costs,
    costWindow(facts, null),
    () => remaining,
    `for the ${hoursAWeek - rhythm.onHoursAWeek} of ${hoursAWeek} hours a week in which it would be off`,
  );
  const schedule = describeSchedule(rhythm, timeZone);
  const window = usageWindow(usage, rhythmDays);
  const cpu = measured(usage, "cpu_percent/average", rhythmDays);
  return wasteOf({
    type: "auto_shutdown",
    title: `Switch ${resource.name} off at night and on weekends`,
    description: `For 14 days this machine worked on ${schedule} only, and rested otherwise although it was running. Deallocating it for the rest of the week ends its compute cost in those hours; its disks stay.${
      savings.coveredShare > 0.5
        ? " A reservation or savings plan pays for it, so this saves only what that then covers elsewhere."
        : ""
    }`,
    effort: "easy",
    risk: changeRisk("schedule_shutdown", resource),
    savings,
    confidence: [0.9, "It worked in the same hours of both weeks and is not production."],
    doubts: [],
    evidence: [
      { label: "Needed", value: schedule, unit: "text", window },
      {
        label: "Hours a week it would be off",
        value: String(hoursAWeek - rhythm.onHoursAWeek),
        unit: "hours",
        window,
      },
      measuredFact("Average CPU", meanOf(cpu), "percent", window),
      { label: "Average CPU, highest hour", value: String(highest(cpu)), unit: "percent", window },
      { label: "Time zone of the office hours", value: timeZone, unit: "text", window: null },
    ],
    counterEvidence,
    steps: [
      "Ask its users whether anything runs there at night (builds, backups, updates).",
      `Deallocate it every day after ${schedule}; a schedule of Azure can do that, and starts nothing.`,
      "Have whoever needs it start it in the morning, by hand or by an automation of theirs.",
    ],
    target: {
      label: schedule,
      sku: latestUtcTime(rhythm.workdays.to, timeZone, Number(facts.today.slice(0, 4))),
    },
    remediation: "schedule_shutdown",
  });
}

function describeSchedule({ workdays }: WeeklyRhythm, timeZone: string): string {
  const clock = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
  return `Monday to Friday ${clock(workdays.from)}-${clock(workdays.to)} ${timeZone}`;
}

import { readProperty, readText } from "../../clouds/read-property.ts";
import { decimal } from "../../kernel/money.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import { disasterRecovery, firstFound, lookFor } from "../counter-evidence.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import { isCovered, lastHours, measured, usageWindow } from "../hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { netRate } from "../net-rate.ts";
import { defineRule, type Limits } from "../rule.ts";
import { savingsOfScaling } from "../savings.ts";
import {
  computeListPrice,
  leastPauseMinutes,
  objectiveName,
  readObjective,
  storageBeside,
} from "../sql-database.ts";
import { costWindow } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

const windowDays = 14;

/**
 * serverless_candidate: a provisioned vCore database that nobody uses (no session, no CPU) in stretches longer than
 * the auto-pause delay that make up over half of the hours, and that costs less when paid by the vCore-second:
 * in each busy hour the vCores used, at least the minimum of its size; in the delay of each stretch the minimum;
 * nothing while paused. Not for replicated databases, which cannot pause. Source: RULES.md;
 * learn.microsoft.com, "Serverless compute tier".
 */
export default defineRule({
  type: "serverless_candidate",
  resourceTypes: ["microsoft.sql/servers/databases"],
  metrics: ["sessions_percent/maximum", "cpu_percent/maximum", "cpu_percent/average"],
  thresholds: {
    idleSharePercent: {
      default: 50,
      minimum: 20,
      maximum: 99,
      unit: "percent",
      description: "Share of hours in idle stretches: over",
    },
    pauseDelayHours: {
      default: 1,
      minimum: 0.25,
      maximum: 24,
      unit: "hours",
      description:
        "Auto-pause delay that is reckoned with and set; Hyperscale databases have an hour at least",
    },
  },
  judge: judgeServerless,
});

function judgeServerless(
  database: JudgedResource,
  facts: ResourceFacts,
  limits: Limits<"idleSharePercent" | "pauseDelayHours">,
): Verdict {
  if (readProperty(database.properties, "elasticPoolId")) return fine("It is in an elastic pool.");
  const current = readObjective(database);
  if (current?.model !== "vcore" || current.tier === "BusinessCritical") {
    return fine("Its tier has no serverless form.");
  }
  const replicated = ["failoverGroupId", "secondaryType"].find((name) => readText(database.properties, name));
  if (replicated) return fine("It is replicated: such a database cannot pause.");
  if (facts.usedBy("job_database").length > 0) return fine("Elastic jobs keep it awake.");
  const counterEvidence = [
    ...lookFor(database, [cannotPause, disasterRecovery]),
    { looked: "replication", found: null },
  ];
  const awake = firstFound(counterEvidence);
  if (awake) return fine(`It cannot pause: ${awake}.`);
  const { usage } = facts;
  const told = ["sessions_percent/maximum", "cpu_percent/average"] as const;
  if (told.some((metric) => !isCovered(usage, metric, windowDays))) {
    return unknown("Its sessions or load are not measured throughout 14 days.");
  }
  const sessions = lastHours(usage, "sessions_percent/maximum", windowDays);
  const cpu = lastHours(usage, "cpu_percent/average", windowDays);
  const isIdle = Array.from(sessions, (value, hour) => value === 0 && cpu[hour] === 0);
  const pauseMinutes = Math.max(leastPauseMinutes(current.tier), Math.round(limits.pauseDelayHours * 60));
  const pauseHours = pauseMinutes / 60;
  const stretches = idleStretches(isIdle).filter((hours) => hours > pauseHours);
  const idleHours = stretches.reduce((sum, hours) => sum + hours, 0);
  const hours = measured(usage, "cpu_percent/average", windowDays).length;
  const idlePercent = (idleHours / hours) * 100;
  if (idlePercent <= limits.idleSharePercent) return fine("It is used in most hours.");

  const now = computeListPrice(current, database, facts);
  const serverless = facts.prices.sqlServerless(database.region ?? "", current.tier);
  if (!now || now.isZero() || !serverless) return unknown("The prices of its objectives are not known.");
  const least = Math.max(0.5, current.vcores / 8);
  let vcoreHours = stretches.length * pauseHours * least;
  let paused = 0;
  for (const [hour, share] of cpu.entries()) {
    if (Number.isNaN(share)) continue;
    if (isIdle[hour]) paused += 1;
    else vcoreHours += Math.max(least, (share / 100) * current.vcores);
  }
  // Idle hours outside of long stretches are billed at the minimum.
  vcoreHours += (paused - idleHours) * least;
  const after = decimal(serverless.compute.value)
    .times(decimal(vcoreHours.toFixed(6)))
    .times(730)
    .dividedBy(hours);
  const costs = costWindow(facts, null);
  const billed = netRate(facts.costs, costs.start, costs.end).meanDaily.times(365).dividedBy(12);
  const kept = storageBeside(current, database, facts, { compute: now, billed });
  const share = after.plus(kept).dividedBy(now.plus(kept));
  if (share.greaterThanOrEqualTo(1)) return fine("Serverless would cost more.");
  const window = usageWindow(usage, windowDays);
  const name = objectiveName(current).replace("_", "_S_");
  return wasteOf({
    type: "serverless_candidate",
    title: `Make database ${database.name} serverless`,
    description: `Nobody uses this ${objectiveName(current)} database in ${Math.round(idlePercent)} % of the hours, yet it is billed in all of them. As ${name} it pauses after ${pauseWords(pauseMinutes)} and is billed for what it uses; the first connection after a pause waits up to a minute.`,
    effort: "easy",
    risk: changeRisk("make_database_serverless", database),
    savings: savingsOfScaling(
      database.id,
      facts.costs,
      costs,
      () => share,
      `less the vCore-hours of ${windowDays} days at serverless list prices, in ratio to today's list price`,
    ),
    confidence: [0.8, `Idle in ${Math.round(idlePercent)} % of the hours of ${windowDays} days.`],
    doubts: [
      "Memory is billed where it outweighs the processor, and is not measured.",
      ...facts.prices.doubts,
    ],
    evidence: [
      { label: "Hours in idle stretches", value: String(idleHours), unit: "hours", window },
      {
        label: "Share of hours",
        value: String(Math.round(idlePercent * 100) / 100),
        unit: "percent",
        window,
      },
      { label: "Idle stretches", value: String(stretches.length), unit: "count", window },
      { label: "vCore-hours when serverless", value: vcoreHours.toFixed(2), unit: "count", window },
      { label: "Auto-pause delay", value: String(pauseHours), unit: "hours", window: null },
    ],
    counterEvidence,
    steps: [
      "Check that its users bear a pause of up to a minute at the first connection, and that no job keeps it awake.",
      `Change its compute tier to ${name} with a pause after ${pauseWords(pauseMinutes)}; it can be changed back at any time.`,
    ],
    target: { label: name, sku: name, settings: { pauseAfterMinutes: pauseMinutes } },
    remediation: "make_database_serverless",
  });
}

function pauseWords(minutes: number): string {
  if (minutes % 60 !== 0) return `${minutes} idle minutes`;
  return minutes === 60 ? "1 idle hour" : `${minutes / 60} idle hours`;
}

/** Databases that something keeps awake. */
const cannotPause = {
  looked: "jobs, sync or replication that keep it awake (tag or name)",
  tag: /(^|[^a-z])(elastic-?job|job-?database|jobs?|data-?sync|geo-?replica\w*)([^a-z]|$)/i,
  name: /(^|[^a-z])(jobs?|jobdb|sync)([^a-z]|$)/i,
};

/** Lengths of the runs of idle hours. */
function idleStretches(isIdle: readonly boolean[]): number[] {
  const lengths: number[] = [];
  let run = 0;
  for (const idle of [...isIdle, false]) {
    if (idle) run += 1;
    else if (run > 0) {
      lengths.push(run);
      run = 0;
    }
  }
  return lengths;
}

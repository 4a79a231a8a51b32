import { readProperty, readText } from "../../clouds/read-property.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import { disasterRecovery, firstFound, lookFor } from "../counter-evidence.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import { highest, isCovered, type MetricKey, measured, percentile, usageWindow } from "../hourly-usage.ts";
import { elasticPoolType, judgeElasticPool } from "../judge-elastic-pool.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { measuredFact } from "../measured-fact.ts";
import { netRate } from "../net-rate.ts";
import { defineRule, type Limits } from "../rule.ts";
import { savingsOfScaling } from "../savings.ts";
import {
  capacityOf,
  computeListPrice,
  objectiveName,
  readObjective,
  type SqlObjective,
  smallerObjectives,
  storageBeside,
  takes,
} from "../sql-database.ts";
import { costWindow } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

const windowDays = 14;
/** Load that the target may come to: twice the default of today's, as half the size doubles it. */
const targetPercent = 80;

/**
 * database_rightsizing: a single provisioned database whose DTU or vCore use stays under 40 % in 99 of 100 hours
 * over 14 days; the target is the smallest objective of its tier that keeps the same hours at 80 % at most and
 * that its data fits. Databases in elastic pools are judged as pools: by the pool's own use, in judge-elastic-pool.ts.
 * Source: RULES.md.
 */
export default defineRule({
  type: "database_rightsizing",
  resourceTypes: ["microsoft.sql/servers/databases", elasticPoolType],
  metrics: ["dtu_percent/maximum", "cpu_percent/maximum", "storage_bytes/maximum", "storage_percent/maximum"],
  thresholds: {
    usedPercentP99: {
      default: 40,
      minimum: 5,
      maximum: 70,
      unit: "percent",
      description: "P99 of the hourly maximum DTU or vCore use over 14 days: under",
    },
  },
  judge: (resource, facts, limits) =>
    resource.type === elasticPoolType
      ? judgeElasticPool(resource, facts, limits.usedPercentP99)
      : judgeDatabase(resource, facts, limits),
});

function judgeDatabase(
  database: JudgedResource,
  facts: ResourceFacts,
  { usedPercentP99 }: Limits<"usedPercentP99">,
): Verdict {
  if (database.status === "paused") return fine("It is paused.");
  if (readProperty(database.properties, "elasticPoolId")) return fine("Its elastic pool is judged, not it.");
  // A replica must carry what its primary does: it is scaled with it.
  if (readText(database.properties, "secondaryType")) return fine("It is a replica: its primary is judged.");
  const current = readObjective(database);
  if (!current) return fine("It is serverless, in a pool or of a kind with one size.");
  const metric: MetricKey = current.model === "dtu" ? "dtu_percent/maximum" : "cpu_percent/maximum";
  if (!isCovered(facts.usage, metric, windowDays))
    return unknown("Its load is not measured throughout 14 days.");
  const used = percentile(measured(facts.usage, metric, windowDays), 0.99);
  if (!(used < usedPercentP99)) return fine("It is used.");
  const stored = highest(measured(facts.usage, "storage_bytes/maximum", windowDays));
  if (Number.isNaN(stored)) return unknown("How much it stores is not measured.");

  const target = smallerObjectives(current).find(
    (smaller) => projected(used, current, smaller) <= targetPercent && takes(smaller, stored),
  );
  if (!target) return fine("No smaller objective carries its load and data.");
  const [now, after] = [current, target].map((one) => computeListPrice(one, database, facts));
  if (!now || !after || now.isZero()) return unknown("The prices of its objectives are not known.");
  const costs = costWindow(facts, null);
  const counterEvidence = lookFor(database, [disasterRecovery]);
  const replica = firstFound(counterEvidence);
  if (replica) return fine(`Sized for a failover: ${replica}.`);

  const billed = netRate(facts.costs, costs.start, costs.end).meanDaily.times(365).dividedBy(12);
  const kept = storageBeside(current, database, facts, { compute: now, billed });
  const share = after.plus(kept).dividedBy(now.plus(kept));
  const name = objectiveName(target);
  const window = usageWindow(facts.usage, windowDays);
  const percent = (label: string, value: number) => measuredFact(label, value, "percent", window);
  return wasteOf({
    type: "database_rightsizing",
    title: `Scale database ${database.name} down to ${name}`,
    description: `This ${objectiveName(current)} database used at most ${Math.round(used)} % of what it is given in 99 of 100 hours of the last ${windowDays} days. ${name} carries the same load at about ${Math.round(projected(used, current, target))} %, and its data fits. Scaling takes minutes and cuts connections once.`,
    effort: "easy",
    risk: changeRisk("resize_database", database),
    savings: savingsOfScaling(
      database.id,
      facts.costs,
      costs,
      () => share,
      `less ${name} at the ratio of list prices ${objectiveName(current)} to ${name}${kept.isZero() ? "" : "; its storage stays"}`,
    ),
    confidence: [0.85, `Its load stayed under ${usedPercentP99} % for ${windowDays} days.`],
    doubts: [
      ...(current.model === "vcore" ? ["Log writes and data reads are not in the processor's load."] : []),
      ...facts.prices.doubts,
    ],
    evidence: [
      percent("Highest use an hour, 99th percentile", used),
      percent(`The same on ${name}`, projected(used, current, target)),
      measuredFact("Stored at most", stored, "bytes", window, 0),
    ],
    counterEvidence: [...counterEvidence, { looked: "elastic pool", found: null }],
    steps: [
      "Check month-end and year-end loads that lie outside of these days.",
      `Scale it to ${name} at a quiet time; scaling back takes minutes too.`,
    ],
    sizeNow: objectiveName(current),
    target: { label: name, sku: name },
    remediation: "resize_database",
  });
}

const projected = (used: number, current: SqlObjective, target: SqlObjective) =>
  (used * capacityOf(current)) / capacityOf(target);

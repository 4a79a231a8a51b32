import { readDay, readText } from "../clouds/read-property.ts";
import { decimal } from "../kernel/money.ts";
import { disasterRecovery, firstFound, lookFor } from "./counter-evidence.ts";
import {
  holds,
  type PoolSize,
  poolCapacity,
  poolListPrice,
  poolSizeName,
  readPerDatabase,
  readPoolSize,
  smallerPools,
} from "./elastic-pool.ts";
import { fine, unknown, type Verdict } from "./finding.ts";
import { highest, isCovered, type MetricKey, measured, percentile, usageWindow } from "./hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "./judged-resource.ts";
import { measuredFact } from "./measured-fact.ts";
import { netRate } from "./net-rate.ts";
import { savingsOfEnding, savingsOfScaling } from "./savings.ts";
import { storageBeside } from "./sql-database.ts";
import { costWindow, daysSince } from "./state-days.ts";
import { wasteOf } from "./waste.ts";

const windowDays = 14;
/** So long a pool has to be empty, and to have been there. */
const emptyDays = 7;
/** As for a single database: load that the target may come to. */
const targetPercent = 80;

export const elasticPoolType = "microsoft.sql/servers/elasticpools";

/**
 * An elastic pool judged as a whole: by the pool's own load and data, on a smaller size of its tier that also keeps
 * what the pool promises each of its databases and takes as many of them. One without a database is paid for nothing.
 */
export function judgeElasticPool(
  pool: JudgedResource,
  facts: ResourceFacts,
  usedPercentP99: number,
): Verdict {
  const databases = facts.usedBy("elastic_pool");
  const counterEvidence = lookFor(pool, [disasterRecovery]);
  const standby = firstFound(counterEvidence);
  if (standby) return fine(`Sized for a failover: ${standby}.`);
  if (databases.length === 0) return judgeEmpty(pool, facts);
  // Replicas must carry what their primaries do.
  if (databases.some((id) => readText(facts.related(id)?.properties, "secondaryType"))) {
    return fine("It holds replicas: the pool of their primaries is judged.");
  }
  const current = readPoolSize(pool);
  if (!current) return unknown("The sizes of its tier and hardware are not known.");
  const metric: MetricKey = current.model === "dtu" ? "dtu_percent/maximum" : "cpu_percent/maximum";
  if (!isCovered(facts.usage, metric, windowDays))
    return unknown("Its load is not measured throughout 14 days.");
  const used = percentile(measured(facts.usage, metric, windowDays), 0.99);
  if (!(used < usedPercentP99)) return fine("It is used.");
  const stored = storedBytes(pool, facts, windowDays);
  if (Number.isNaN(stored)) return unknown("How much it stores is not measured.");
  const { least, most } = readPerDatabase(pool, current);
  const projected = (size: PoolSize) => (used * current.capacity) / size.capacity;
  const target = smallerPools(current).find(
    (size) =>
      projected(size) <= targetPercent &&
      holds(size, stored) &&
      databases.length <= size.maxDatabases &&
      least * databases.length <= size.capacity &&
      most <= size.capacity,
  );
  if (!target) return fine("No smaller size carries its load, data and databases.");
  const [now, after] = [current, target].map((size) => poolListPrice(size, pool, facts));
  if (!now || !after || now.isZero()) return unknown("The prices of its sizes are not known.");

  const costs = costWindow(facts, null);
  const billed = netRate(facts.costs, costs.start, costs.end).meanDaily.times(365).dividedBy(12);
  const kept =
    current.model === "vcore"
      ? storageBeside({ ...current, vcores: current.capacity }, pool, facts, { compute: now, billed })
      : // Storage beyond what the price includes.
        billed.lessThan(now)
        ? decimal(0)
        : billed.minus(now);
  const share = after.plus(kept).dividedBy(now.plus(kept));
  const [from, to] = [poolSizeName(current), poolSizeName(target)];
  const window = usageWindow(facts.usage, windowDays);
  const percent = (label: string, value: number) => measuredFact(label, value, "percent", window);
  return wasteOf({
    type: "database_rightsizing",
    title: `Scale elastic pool ${pool.name} down to ${poolCapacity(target)}`,
    description: `The ${databases.length === 1 ? "database" : `${databases.length} databases`} of this ${current.tier} pool together used at most ${Math.round(used)} % of its ${poolCapacity(current)} in 99 of 100 hours of the last ${windowDays} days. ${poolCapacity(target)} carry the same load at about ${Math.round(projected(target))} %, and the data fits. Scaling takes minutes and cuts connections once.`,
    effort: "easy",
    risk: "medium",
    savings: savingsOfScaling(
      pool.id,
      facts.costs,
      costs,
      () => share,
      `less ${to} at the ratio of list prices ${from} to ${to}${kept.isZero() ? "" : "; its storage stays"}`,
    ),
    confidence: [0.85, `The pool's load stayed under ${usedPercentP99} % for ${windowDays} days.`],
    doubts: [
      ...(current.model === "vcore" ? ["Log writes and data reads are not in the processor's load."] : []),
      ...facts.prices.doubts,
    ],
    evidence: [
      percent("Highest use of the pool an hour, 99th percentile", used),
      percent(`The same on ${to}`, projected(target)),
      measuredFact("Stored at most", stored, "bytes", window, 0),
      { label: "Databases in the pool", value: String(databases.length), unit: "count", window: null },
    ],
    counterEvidence: [
      ...counterEvidence,
      { looked: "replicas in the pool", found: null },
      { looked: "what it promises each database", found: null },
    ],
    steps: [
      "Check month-end and year-end loads that lie outside of these days.",
      `Scale the pool to ${poolCapacity(target)} at a quiet time${target.storageGib === null ? "" : `, with at most ${target.storageGib} GiB of data`}; scaling back takes minutes too.`,
    ],
    sizeNow: from,
    target: { label: to, sku: to },
  });
}

/** No type is an empty pool's own; people look for it where pools are judged. */
function judgeEmpty(pool: JudgedResource, facts: ResourceFacts): Verdict {
  const made = readDay(pool.properties, "creationDate");
  if (made && daysSince(made, facts.today) < emptyDays) return fine("It was made in these days.");
  const stored = larger(
    highest(measured(facts.usage, "storage_bytes/maximum", emptyDays)),
    highest(measured(facts.usage, "storage_percent/maximum", emptyDays)),
  );
  if (stored > 0) return fine(`It held data in the last ${emptyDays} days.`);
  const size = readPoolSize(pool);
  const isMeasured = !Number.isNaN(stored);
  return wasteOf({
    type: "database_rightsizing",
    title: `Delete empty elastic pool ${pool.name}`,
    description: `No database is in this ${size ? `pool of ${poolCapacity(size)}` : "elastic pool"}, yet its whole capacity is billed every hour. Nothing is lost with it.`,
    effort: "easy",
    risk: "low",
    savings: savingsOfEnding(pool.id, facts.costs, costWindow(facts, null)),
    confidence: isMeasured
      ? [0.95, `No database names it, and it stored nothing for ${emptyDays} days.`]
      : [0.8, "No database of the inventory names it; what it stores is not measured."],
    doubts: [],
    evidence: [{ label: "Databases in the pool", value: "0", unit: "count", window: null }],
    counterEvidence: [
      ...lookFor(pool, [disasterRecovery]),
      { looked: "databases in it", found: null },
      ...(isMeasured ? [{ looked: `data in the last ${emptyDays} days`, found: null }] : []),
    ],
    steps: [
      "Ask the owner whether databases are about to be moved into it.",
      "Delete the pool in Azure; an equal one is made again within minutes.",
    ],
  });
}

/** The most that was stored; a pool tells it in bytes, or as a share of what it may store. */
function storedBytes(pool: JudgedResource, { usage }: ResourceFacts, days: number): number {
  const percent = highest(measured(usage, "storage_percent/maximum", days));
  const most = Number(pool.properties.maxSizeBytes ?? Number.NaN);
  return larger(highest(measured(usage, "storage_bytes/maximum", days)), (percent / 100) * most);
}

/** Of two measurements the larger one, of which either may be missing; NaN where both are. */
const larger = (one: number, other: number) => (one >= other || Number.isNaN(other) ? one : other);

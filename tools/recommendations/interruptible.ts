import { readProperty, readText } from "../clouds/read-property.ts";
import type { HourlyUsage } from "./hourly-usage.ts";
import type { JudgedResource, ResourceFacts } from "./judged-resource.ts";
import { roleTags } from "./role-tags.ts";
import { measuredHours } from "./running-hours.ts";

// Words stand alone between punctuation, but for a number: "ci" must not match "city", and "ci01" is one.
const words = (list: string) => new RegExp(`(^|[^a-z0-9])(${list})\\d*([^a-z0-9]|$)`, "i");
// An agent of what, the word before says: those of monitoring or databases must not stop.
const agents = "(build|ci|jenkins|gitlab|teamcity|buildkite|devops)[ _-]?agents?";
const role = words(
  `batch|workers?|ci|${agents}|runners?|render|rendering|renderer|load[ _-]?tests?|ephemeral|stateless|interruptible|pre-?emptible`,
);
const name = words(`batch|workers?|ci|${agents}|runners?|render|rendering|renderer`);
const yesKeys = /^(interruptible|pre-?emptible|stateless|spot(-?(ok|allowed|eligible|candidate))?)$/i;
const no = /^(no|false|none|off|disabled|0)?$/i;

/** A tag that says that work may be interrupted: outright ("interruptible = yes") or by its role ("role = batch"). */
export function interruptibleTag(
  tags: Record<string, string>,
): { found: string; isExplicit: boolean } | null {
  const entries = Object.entries(tags);
  const outright = entries.find(([key, value]) => yesKeys.test(key) && !no.test(value.trim()));
  const hit = outright ?? roleTags(tags).find(([, value]) => role.test(value));
  return hit ? { found: `tag ${hit[0]} = ${hit[1]}`, isExplicit: hit === outright } : null;
}

/** The word in a name that says so: weaker than a tag. */
export function interruptibleName(text: string): string | null {
  return name.exec(text)?.[2] ?? null;
}

/** Whether a tag says the opposite. */
export function mustNotStop(tags: Record<string, string>): string | null {
  const hit = Object.entries(tags).find(
    ([key, value]) =>
      (yesKeys.test(key) && no.test(value.trim())) ||
      (/^stateful$/i.test(key) && !no.test(value.trim())) ||
      /^stateful$/i.test(value),
  );
  return hit ? `tag ${hit[0]} = ${hit[1]}` : null;
}

const shortLifeHours = 6;
const fewestLives = 3;

/**
 * Whether a machine only ever ran for less than 6 hours at a time, in three lives or more of the last 30 days; a
 * life that is cut by the window's edges counts as long as it shows.
 */
export function shortLives(usage: HourlyUsage, days: number): { count: number; longestHours: number } | null {
  let count = 0;
  let longestHours = 0;
  let current = 0;
  // A gap of an hour or two is one of the measurements, not a life that ended.
  for (const ran of measuredHours(usage, days) ?? []) {
    current = ran === 1 ? current + 1 : 0;
    if (current === 1) count++;
    longestHours = Math.max(longestHours, current);
  }
  return count >= fewestLives && longestHours < shortLifeHours ? { count, longestHours } : null;
}

/** The node pool of a cluster that a scale set is, by the tag that AKS gives it. */
export function nodePoolOf(scaleSet: JudgedResource, facts: ResourceFacts): NodePool | "unknown" | null {
  const name = scaleSet.tags["aks-managed-poolName"] ?? scaleSet.tags["aks-managed-poolname"];
  const cluster = facts.usedBy("scale_set").map((id) => facts.related(id))[0];
  if (name === undefined) return cluster ? "unknown" : null;
  const pools = readProperty(cluster?.properties, "agentPoolProfiles");
  const pool = Array.isArray(pools) ? pools.find((one) => readText(one, "name") === name) : undefined;
  if (!cluster || !pool) return "unknown";
  return {
    name,
    cluster,
    isUserPool: /^user$/i.test(readText(pool, "mode") ?? ""),
    isAutoscaling: readProperty(pool, "enableAutoScaling") === true,
    isSpot: /^spot$/i.test(readText(pool, "scaleSetPriority") ?? ""),
  };
}

export interface NodePool {
  name: string;
  cluster: JudgedResource;
  isUserPool: boolean;
  isAutoscaling: boolean;
  isSpot: boolean;
}

import type { StoredSuppression } from "@cloudoptima/db/queries/recommendation-suppressions.ts";
import type { StoredResource } from "@cloudoptima/db/queries/resources.ts";
import type { WriteContext } from "../kernel/context.ts";
import type { Finding, Verdict } from "./finding.ts";
import { readFacts } from "./read-facts.ts";
import type { RecommendationType } from "./recommendation-types.ts";
import { type FleetRule, type Limits, limitsOf, type Rule } from "./rule.ts";
import type { OwnThresholds } from "./rule-thresholds.ts";
import { allRules, fleetRules } from "./rules/all-rules.ts";
import { isSuppressed } from "./suppression.ts";

// With 30 days of 8 hourly metrics a batch is about 20 MB.
const batchSize = 400;
/** What no rule judges but some look at. */
export const lookedAtTypes = [
  "microsoft.network/networkinterfaces",
  "microsoft.sql/servers",
  "microsoft.compute/disks",
  "microsoft.containerservice/managedclusters",
];

export interface Judged {
  waste: { resourceId: string; finding: Finding }[];
  /** Where the rule found nothing, or what it found is suppressed. */
  cleared: { resourceId: string; type: RecommendationType; reason: string }[];
}

/** What an organization set for all rules. */
export interface RuleSettings {
  own: OwnThresholds;
  suppressions: readonly StoredSuppression[];
}

/** Every rule's word on every resource of a subscription. What is unknown is in neither list. */
export async function judgeSubscription(
  ctx: WriteContext,
  subscriptionId: string,
  { measured, own, suppressions }: RuleSettings & { measured: (resourceType: string) => boolean },
): Promise<Judged> {
  const usable = <Any extends Rule | FleetRule>(rules: readonly Any[]) =>
    rules.filter(({ metrics, resourceTypes }) => metrics.length === 0 || resourceTypes.every(measured));
  const rules = usable(allRules).map((rule) => ({ rule, limits: limitsOf(rule, own[rule.type]) }));
  const fleets = usable(fleetRules).map((rule) => ({
    rule,
    limits: limitsOf(rule, own[rule.type]),
    seen: [] as unknown[],
    hasUntold: false,
  }));
  const types = [...rules, ...fleets].flatMap(({ rule }) => rule.resourceTypes);
  const facts = await readFacts(ctx, subscriptionId, [...new Set([...types, ...lookedAtTypes])]);
  const judged: Judged = { waste: [], cleared: [] };
  const keep = (
    resource: { id: string; tags: Record<string, string> },
    type: RecommendationType,
    verdict: Verdict,
  ) => {
    const resourceId = resource.id;
    if (verdict.verdict === "unknown") return;
    if (verdict.verdict === "fine") judged.cleared.push({ resourceId, type, reason: "The waste is gone." });
    else if (isSuppressed(suppressions, type, resource))
      judged.cleared.push({ resourceId, type, reason: "Suppressed." });
    else judged.waste.push({ resourceId, finding: verdict.finding });
  };
  for (const [type, resources] of Map.groupBy(facts.resources, (resource) => resource.type)) {
    const judging = rules.filter(({ rule }) => rule.resourceTypes.includes(type));
    const watching = fleets.filter(({ rule }) => rule.resourceTypes.includes(type));
    if (judging.length + watching.length === 0) continue;
    const metrics = [...judging, ...watching].flatMap(({ rule }) => rule.metrics);
    for (let start = 0; start < resources.length; start += batchSize) {
      ctx.signal.throwIfAborted();
      const batch: StoredResource[] = resources.slice(start, start + batchSize);
      const factsOf = await facts.ofBatch(batch, metrics);
      for (const resource of batch) {
        const found: Finding[] = [];
        for (const { rule, limits } of judging) {
          const verdict = rule.judge(resource, factsOf(resource, rule.type), limits);
          if (verdict.verdict === "waste") found.push(verdict.finding);
          keep(resource, rule.type, verdict);
        }
        for (const fleet of watching) {
          const { rule, limits, seen } = fleet;
          const one = rule.observe(resource, factsOf(resource, rule.type), found, limits as Limits);
          if (one === undefined) fleet.hasUntold = true;
          else seen.push(one);
        }
      }
    }
  }
  for (const { rule, limits, seen, hasUntold } of fleets) {
    const subscription = { id: subscriptionId, today: facts.today };
    const verdicts = rule.judge(seen, subscription, limits);
    for (const { resourceId, verdict } of verdicts) keep({ id: resourceId, tags: {} }, rule.type, verdict);
    // A resource that nothing is known of may be one that an open recommendation is for.
    if (hasUntold) continue;
    const judgedIds = new Set(verdicts.map(({ resourceId }) => resourceId));
    for (const resourceId of facts.openOf(rule.type)) {
      if (judgedIds.has(resourceId)) continue;
      judged.cleared.push({ resourceId, type: rule.type, reason: "Nothing is left of what it was for." });
    }
  }
  return judged;
}

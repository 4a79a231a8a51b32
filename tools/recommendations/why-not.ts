import { listSuppressions } from "@cloudoptima/db/queries/recommendation-suppressions.ts";
import { findLiveByName, type StoredResource } from "@cloudoptima/db/queries/resources.ts";
import { z } from "zod";
import type { ReadContext } from "../kernel/context.ts";
import { lookedAtTypes } from "./judge-subscription.ts";
import { readFacts } from "./read-facts.ts";
import { recommendationTypeLabels } from "./recommendation-types.ts";
import { limitsOf } from "./rule.ts";
import { readOwnThresholds } from "./rule-thresholds.ts";
import { allRules } from "./rules/all-rules.ts";
import { isSuppressed } from "./suppression.ts";

/** Why one kind of recommendation is not made for a resource, in the rule's own words. */
export const WhyNot = z.object({
  resource: z.object({ id: z.string(), name: z.string() }),
  type: z.string(),
  typeLabel: z.string(),
  verdict: z.enum(["fine", "unknown", "suppressed"]),
  because: z.string(),
});
export type WhyNot = z.infer<typeof WhyNot>;

/**
 * Judges the resource of that name or id again, as the analysis does, and gives the reason of each rule that finds
 * nothing. Reasons are not kept: there are millions of them, and somebody asks for a few. Two of one name: neither.
 */
export async function whyNot(ctx: ReadContext, nameOrId: string): Promise<WhyNot[]> {
  const { found, own, suppressions } = await ctx.read(async (transaction) => ({
    found: await findLiveByName(transaction, nameOrId),
    own: await readOwnThresholds(transaction),
    suppressions: await listSuppressions(transaction, ctx.realNow()),
  }));
  const [resource, another] = found;
  if (!resource || another) return [];
  const rules = allRules.filter(({ resourceTypes }) => resourceTypes.includes(resource.type));
  if (rules.length === 0) return [];
  const facts = await readFacts(ctx, resource.subscriptionId, [resource.type, ...lookedAtTypes]);
  // As the facts have it, so that a rule sees the same object as in an analysis.
  const judged: StoredResource = facts.resources.find(({ id }) => id === resource.id) ?? resource;
  const factsOf = await facts.ofBatch(
    [judged],
    rules.flatMap(({ metrics }) => metrics),
  );
  return rules.flatMap((rule): WhyNot[] => {
    const verdict = rule.judge(judged, factsOf(judged, rule.type), limitsOf(rule, own[rule.type]));
    const about = {
      resource: { id: judged.id, name: judged.name },
      type: rule.type,
      typeLabel: recommendationTypeLabels[rule.type],
    };
    if (verdict.verdict !== "waste")
      return [{ ...about, verdict: verdict.verdict, because: verdict.because }];
    return isSuppressed(suppressions, rule.type, judged)
      ? [{ ...about, verdict: "suppressed", because: "It is found, but somebody suppressed it." }]
      : [];
  });
}

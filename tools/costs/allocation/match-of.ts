import type { AllocationMatch } from "@cloudoptima/db/queries/cost-allocation.ts";
import { type AllocationRule, likePattern } from "./allocation-rules.ts";

/** What a rule takes, as the query reads it. A tag that no cost has is taken by nothing. */
export function matchOf(
  { costs, match }: AllocationRule,
  spellings: (tagKey: string) => string[],
): AllocationMatch {
  return {
    untaggedOnly: costs === "untagged",
    tag:
      match.tagKey !== null && match.tagValue !== null
        ? { tagKeys: spellings(match.tagKey), value: match.tagValue }
        : null,
    nameLike: match.namePattern === null ? null : likePattern(match.namePattern),
    subscriptions: match.subscriptions,
    resourceGroups: match.resourceGroups,
    services: match.services,
  };
}

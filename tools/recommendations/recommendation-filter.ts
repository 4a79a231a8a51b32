import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { readSubscriptionNames } from "@cloudoptima/db/queries/connections.ts";
import { listRecommendations, type StoredRecommendation } from "@cloudoptima/db/queries/recommendations.ts";
import { z } from "zod";
import { matchSubscriptions } from "../discovery/match-subscriptions.ts";
import { openStatuses, recommendationTypes } from "./recommendation-types.ts";

/**
 * Which recommendations, as somebody says it in a question: by parts of names, in the place and with the tags that the
 * inventory knows. All must hold. It also fits what was done (realized savings), which is no row that a page could ask
 * the database for; recommendation-search.ts narrows a page by exact choices.
 */
export const recommendationFilter = {
  type: z.enum(recommendationTypes).optional(),
  resource: z.string().max(300).optional().describe("Part of the name, or the full id"),
  resourceGroup: z.string().max(120).optional(),
  subscription: z.string().max(120).optional().describe("Name, part of it, or id"),
  region: z.string().max(60).optional(),
  tagKey: z.string().max(200).optional(),
  tagValue: z.string().max(300).optional(),
};
const Filter = z.object(recommendationFilter);
export type RecommendationFilter = z.infer<typeof Filter>;

/** What a filter looks at. */
export type Filtered = Pick<
  StoredRecommendation,
  "resourceId" | "resourceName" | "resourceGroup" | "region" | "subscriptionId" | "tags"
> & { types: readonly string[] };

/** Open recommendations (or of the given statuses) that fit, dearest first. */
export async function findRecommendations(
  transaction: TenantTransaction,
  filter: RecommendationFilter,
  statuses: readonly string[] = openStatuses,
): Promise<StoredRecommendation[]> {
  const fits = await fitsFilter(transaction, filter);
  return (await listRecommendations(transaction, statuses)).filter((item) =>
    fits({ ...item, types: [item.type] }),
  );
}

/** Whether something is of the kind and in the place that a filter names. */
export async function fitsFilter(
  transaction: TenantTransaction,
  filter: RecommendationFilter,
): Promise<(item: Filtered) => boolean> {
  const subscriptions = filter.subscription
    ? new Set(matchSubscriptions(filter.subscription, await readSubscriptionNames(transaction)))
    : null;
  const same = (a: string | null, b: string) => a?.toLowerCase() === b.trim().toLowerCase();
  return (item) => {
    if (filter.type && !item.types.includes(filter.type)) return false;
    if (subscriptions && !subscriptions.has(item.subscriptionId ?? "")) return false;
    if (filter.resourceGroup && !same(item.resourceGroup, filter.resourceGroup)) return false;
    if (filter.region && !same(item.region, filter.region.replaceAll(" ", ""))) return false;
    if (filter.resource && !isNamed(item, filter.resource)) return false;
    return hasTag(item, filter.tagKey, filter.tagValue);
  };
}

function isNamed(item: Filtered, asked: string): boolean {
  const wanted = asked.trim().toLowerCase();
  return item.resourceId === wanted || (item.resourceName ?? item.resourceId).toLowerCase().includes(wanted);
}

function hasTag(item: Filtered, key: string | undefined, value: string | undefined): boolean {
  if (!key && !value) return true;
  return Object.entries(item.tags).some(
    ([name, content]) =>
      (!key || name.toLowerCase() === key.toLowerCase()) &&
      (!value || content.toLowerCase() === value.toLowerCase()),
  );
}

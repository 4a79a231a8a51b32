import type { LiveResource } from "../clouds/cloud.ts";

/** Tags that say whether a resource is production; how grave a change is depends on them. */
export const environmentKeys = /^(env|environment|stage|tier)$/i;
// Words stand alone between punctuation: "prod" must not match "product".
const production = /(^|[^a-z0-9])(prod|production|prd|live)([^a-z0-9]|$)/i;

// "tier: web" or "stage: 2" says nothing of the environment; these words do.
const elsewhere =
  /(^|[^a-z0-9])(dev|development|test|testing|qa|stage|staging|uat|sandbox|demo|poc|lab|non-?prod(uction)?)([^a-z0-9]|$)/i;

/** By its environment tags, any of which may say production; where none says an environment, by name or group. */
export function isProduction({ name, resourceGroup, tags }: LiveResource): boolean {
  const values = Object.entries(tags).flatMap(([key, value]) => (environmentKeys.test(key) ? [value] : []));
  if (values.some((value) => production.test(value) && !/non-?prod/i.test(value))) return true;
  if (values.some((value) => elsewhere.test(value))) return false;
  return production.test(name) || production.test(resourceGroup ?? "");
}

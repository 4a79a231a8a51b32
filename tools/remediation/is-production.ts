import type { LiveResource } from "../clouds/cloud.ts";

/** Tags that say whether a resource is production; how grave a change is depends on them. */
export const environmentKeys = /^(env|environment|stage|tier)$/i;
// Words stand alone between punctuation: "prod" must not match "product".
const production = /(^|[^a-z0-9])(prod|production|prd|live)([^a-z0-9]|$)/i;

// "tier: web" or "stage: 2" says nothing of the environment; these words do.
const elsewhere =
  /(^|[^a-z0-9])(dev|development|test|testing|qa|stage|staging|uat|sandbox|demo|poc|lab|non-?prod(uction)?)([^a-z0-9]|$)/i;

export type Named = Pick<LiveResource, "name" | "resourceGroup" | "tags">;

/** By its environment tags, any of which may say production; where none says an environment, by name or group. */
export function isProduction(resource: Named): boolean {
  return environmentOf(resource) === "production";
}

/** The same; null where neither tags nor names say an environment. */
export function environmentOf({ name, resourceGroup, tags }: Named): "production" | "elsewhere" | null {
  const values = Object.entries(tags).flatMap(([key, value]) => (environmentKeys.test(key) ? [value] : []));
  if (values.some((value) => production.test(value) && !/non-?prod/i.test(value))) return "production";
  if (values.some((value) => elsewhere.test(value))) return "elsewhere";
  const names = [name, resourceGroup ?? ""];
  if (names.some((text) => production.test(text) && !/non-?prod/i.test(text))) return "production";
  return names.some((text) => elsewhere.test(text)) ? "elsewhere" : null;
}

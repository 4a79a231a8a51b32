import type { LiveResource } from "../clouds/cloud.ts";

/** Tags that say whether a resource is production; how grave a change is depends on them. */
export const environmentKeys = /^(env|environment|stage|tier)$/i;
// Words stand alone between punctuation: "prod" must not match "product".
const production = /(^|[^a-z0-9])(prod|production|prd|live)([^a-z0-9]|$)/i;

/** By its environment tag; without one by its name or resource group. */
export function isProduction({ name, resourceGroup, tags }: LiveResource): boolean {
  const tagged = Object.entries(tags).find(([key]) => environmentKeys.test(key));
  if (tagged) return production.test(tagged[1]);
  return production.test(name) || production.test(resourceGroup ?? "");
}

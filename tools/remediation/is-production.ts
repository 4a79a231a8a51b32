import type { LiveResource } from "../clouds/cloud.ts";

/** Tags that say whether a resource is production; how grave a change is depends on them. */
export const environmentKeys =
  /^((.*[^a-z])?env(ironment)?[^a-z]?(name|type|class|kind)?|stage|tier|lifecycle)$/i;
// Words stand alone between punctuation, but for a number: "prod" must not match "product", and "prod01" is prod.
const production = /(^|[^a-z0-9])(prod|production|prd|live)\d*([^a-z0-9]|$)/i;
const before = /(non|pre)[^a-z0-9]?(prod|prd)/i;
const saysProduction = (text: string) => production.test(text) && !before.test(text);

// "tier: web" or "stage: 2" says nothing of the environment; these words do.
const elsewhere =
  /(^|[^a-z0-9])(dev|development|te?st|testing|qa|stage|sta?ging|stg|uat|sandbox|demo|poc|lab|(non|pre)[^a-z0-9]?(prod(uction)?|prd))\d*([^a-z0-9]|$)/i;

/** Of an environment they say so; in a name they are what the resource is for. */
const elsewhereTag = /^(acceptance|integration|int|training|d|q|s|t)$/i;

export type Named = Pick<LiveResource, "name" | "resourceGroup" | "tags">;

/** By its environment tags, any of which may say production; where none says an environment, by name or group. */
export function isProduction(resource: Named): boolean {
  return environmentOf(resource) === "production";
}

/** The same; null where neither tags nor names say an environment. */
export function environmentOf({ name, resourceGroup, tags }: Named): "production" | "elsewhere" | null {
  const values = Object.entries(tags).flatMap(([key, value]) => (environmentKeys.test(key) ? [value] : []));
  if (values.some((value) => saysProduction(value) || /^p$/i.test(value))) return "production";
  if (values.some((value) => elsewhere.test(value) || elsewhereTag.test(value))) return "elsewhere";
  // "workload: production" says it as well, if that is all that it says.
  if (Object.values(tags).some((value) => /^(prod|production|prd)\d*$/i.test(value))) return "production";
  const names = [name, resourceGroup ?? ""];
  if (names.some(saysProduction)) return "production";
  return names.some((text) => elsewhere.test(text)) ? "elsewhere" : null;
}

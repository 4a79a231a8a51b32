import type { StoredResource } from "@cloudoptima/db/queries/resources.ts";
import { readText } from "../clouds/read-property.ts";
import { matchesPattern } from "./matches-pattern.ts";
import type { Policy } from "./policy-document.ts";

export interface Surroundings {
  subscriptionName: string | null;
  /** Ids of the public addresses by which it is reachable. */
  publicAddresses: readonly string[];
}

/** What of a resource is against a policy, as sentences; none where it is right, or not in the policy's scope. */
export function findProblems(
  { scope, condition }: Pick<Policy, "scope" | "condition">,
  resource: StoredResource,
  around: Surroundings,
): string[] {
  const subscriptions = [resource.subscriptionId, around.subscriptionName ?? resource.subscriptionId];
  const isMeant =
    matchesPattern(scope.resource_types, resource.type) &&
    subscriptions.some((name) => matchesPattern(scope.subscriptions, name)) &&
    matchesPattern(scope.resource_groups, resource.resourceGroup ?? "");
  if (!isMeant) return [];
  const problems: string[] = [];
  const tags = new Map(Object.entries(resource.tags).map(([name, value]) => [name.toLowerCase(), value]));
  for (const name of condition.required_tags ?? []) {
    if ((tags.get(name.toLowerCase()) ?? "").trim() === "") problems.push(`The tag ${name} is missing.`);
  }
  for (const [name, allowed] of Object.entries(condition.allowed_tag_values ?? {})) {
    const value = tags.get(name.toLowerCase());
    if (value !== undefined && !allowed.includes(value))
      problems.push(`The tag ${name} is "${value}", not one of: ${allowed.join(", ")}.`);
  }
  const { allowed_regions: regions, allowed_sizes: sizes } = condition;
  // What is global has no region that anybody chose.
  if (regions && resource.region && resource.region !== "global") {
    if (!regions.some((region) => plainRegion(region) === plainRegion(resource.region!)))
      problems.push(`It is in ${resource.region}, not in ${regions.join(", ")}.`);
  }
  const size = sizeOf(resource);
  if (sizes && size && !matchesPattern(sizes, size))
    problems.push(`Its size is ${size}, not one of: ${sizes.join(", ")}.`);
  if (condition.public_ip === "forbidden" && around.publicAddresses.length > 0) {
    const names = around.publicAddresses.map((id) => id.split("/").at(-1));
    problems.push(`It is reachable by a public address: ${names.join(", ")}.`);
  }
  return problems;
}

/** "West Europe" and westeurope are one region. */
const plainRegion = (region: string) => region.toLowerCase().replaceAll(/[\s-]/g, "");

/** A machine's size, else its sku; undefined where it has none. */
function sizeOf({ properties }: StoredResource): string | undefined {
  return readText(properties, "hardwareProfile", "vmSize") ?? readText(properties, "sku", "name");
}

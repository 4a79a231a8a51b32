import { z } from "zod";
import type { LiveResource } from "../clouds/cloud.ts";
import type { ResourceDefinition } from "../clouds/cloud-write.ts";
import { readProperty } from "../clouds/read-property.ts";

const Json = z.record(z.string(), z.json());

/** What it takes to make a resource again, as it stands in a frozen plan. */
export const Definition = z.object({
  /** In its own case, which ids here have lost: what is made again under it must not come back in lower case. */
  name: z.string(),
  type: z.string(),
  region: z.string(),
  kind: z.string().optional(),
  tags: z.record(z.string(), z.string()),
  sku: Json.optional(),
  zones: z.array(z.string()).optional(),
  properties: Json,
}) satisfies z.ZodType<ResourceDefinition>;
export type Definition = z.infer<typeof Definition>;

/**
 * Keeps of a live resource what defines it: the named properties, and what stands outside of them; its kind only
 * where it is named among them, as most kinds are Azure's own word.
 */
export function readDefinition(live: LiveResource, properties: readonly string[]): Definition {
  const kept = properties.flatMap((name) => {
    const value = readProperty(live.properties, name);
    const isOutside = name === "kind";
    return isOutside || value === undefined || value === null ? [] : [[name, value] as const];
  });
  const { sku, zones, kind } = live.properties;
  return Definition.parse({
    name: live.name,
    type: live.type,
    region: live.region ?? "",
    tags: live.tags,
    ...(kind && properties.includes("kind") ? { kind } : {}),
    ...(sku ? { sku } : {}),
    ...(zones ? { zones } : {}),
    properties: Object.fromEntries(kept),
  });
}

/** The id to make it under: its own name in the place of the one in lower case. */
export function idToMake(resourceId: string, { name }: Definition): string {
  return `${resourceId.slice(0, resourceId.lastIndexOf("/") + 1)}${name}`;
}

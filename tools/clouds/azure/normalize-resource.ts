import { z } from "zod";
import type { CloudResource } from "../cloud.ts";
import { readText } from "../read-property.ts";

const Bag = z.record(z.string(), z.unknown());

/** A row of our Resource Graph queries. Only what we rely on is checked; the rest is the provider's. */
export const ResourceRow = z.object({
  id: z.string().min(1),
  name: z.string(),
  subscriptionId: z.string(),
  type: z.string().default(""),
  kind: z.string().nullish(),
  location: z.string().nullish(),
  resourceGroup: z.string().nullish(),
  managedBy: z.string().nullish(),
  sku: z.unknown().optional(),
  zones: z.unknown().optional(),
  tags: z.record(z.string(), z.string().nullable()).nullish(),
  properties: Bag.nullish(),
});
export type ResourceRow = z.infer<typeof ResourceRow>;

/** One shape for every resource: ids, types and groups in lower case, so that costs and metrics join by id. */
export function normalizeResource(row: ResourceRow): CloudResource {
  const properties: Record<string, unknown> = { ...row.properties };
  if (row.sku) properties.sku = row.sku;
  if (row.kind) properties.kind = row.kind;
  if (row.zones) properties.zones = row.zones;
  if (row.managedBy) properties.managedBy = row.managedBy.toLowerCase();
  return {
    provider: "azure",
    id: row.id.toLowerCase(),
    type: row.type.toLowerCase(),
    name: row.name,
    subscriptionId: row.subscriptionId.toLowerCase(),
    resourceGroup: row.resourceGroup ? row.resourceGroup.toLowerCase() : null,
    region: row.location ? row.location.toLowerCase().replaceAll(" ", "") : null,
    tags: Object.fromEntries(Object.entries(row.tags ?? {}).map(([key, value]) => [key, value ?? ""])),
    properties,
    status: statusOf(row.type.toLowerCase(), properties),
  };
}

/**
 * What the resource is doing, lower case: a VM's power state ("running", "stopped", "deallocated"), a disk's
 * "attached" or "unattached", an app's or cluster's state, else the provisioning state.
 */
const statusPaths: Record<string, readonly string[]> = {
  "microsoft.compute/virtualmachines": ["extended", "instanceView", "powerState", "code"],
  "microsoft.compute/disks": ["diskState"],
  "microsoft.containerservice/managedclusters": ["powerState", "code"],
  "microsoft.containerinstance/containergroups": ["instanceView", "state"],
  "microsoft.sql/servers/databases": ["status"],
  "microsoft.web/sites": ["state"],
};

function statusOf(type: string, properties: Record<string, unknown>): string | null {
  const path = statusPaths[type];
  const own = path && readText(properties, ...path);
  return (
    (own ?? readText(properties, "provisioningState"))?.toLowerCase().replace(/^powerstate\//, "") ?? null
  );
}

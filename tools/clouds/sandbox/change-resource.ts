import type { Estate } from "./estate.ts";
import { vmSizes } from "./generate/catalog.ts";
import { badRequest } from "./server/azure-error.ts";
import { mergeProperties } from "./server/merge-properties.ts";
import type { Resource } from "./tenant/tenant-schema.ts";

interface Patch {
  sku?: Record<string, unknown> | undefined;
  tags?: Record<string, string> | null | undefined;
  properties?: Record<string, unknown> | undefined;
}

/** A resource as a PATCH makes it, or Azure's refusal of what it cannot become. */
export function changedResource(_estate: Estate, existing: Resource, patch: Patch): Resource {
  const changed: Resource = {
    ...existing,
    ...(patch.sku === undefined ? {} : { sku: { ...existing.sku, ...patch.sku } }),
    tags: patch.tags ?? existing.tags,
    properties: mergeProperties(existing.properties, patch.properties ?? {}),
  };
  if (existing.type.toLowerCase() === "microsoft.compute/virtualmachines") refuseSize(changed);
  return changed;
}

function refuseSize({ properties }: Resource): void {
  const size = (properties.hardwareProfile as { vmSize?: string } | undefined)?.vmSize ?? "";
  if (Object.keys(vmSizes).some((name) => name.toLowerCase() === size.toLowerCase())) return;
  throw badRequest(`The value ${size} provided for the VM size is not valid.`, "InvalidParameter");
}

import { isServerless } from "./cost/serverless.ts";
import type { Estate } from "./estate.ts";
import { diskTiers, vmSizes } from "./generate/catalog.ts";
import { AzureError, badRequest } from "./server/azure-error.ts";
import { mergeProperties } from "./server/merge-properties.ts";
import type { Resource } from "./tenant/tenant-schema.ts";

interface Patch {
  sku?: Record<string, unknown> | undefined;
  tags?: Record<string, string> | null | undefined;
  properties?: Record<string, unknown> | undefined;
}

/** A resource as a PATCH makes it, or Azure's refusal of what it cannot become. */
export function changedResource(estate: Estate, existing: Resource, patch: Patch): Resource {
  const changed: Resource = {
    ...existing,
    ...(patch.sku === undefined ? {} : { sku: { ...existing.sku, ...patch.sku } }),
    tags: patch.tags ?? existing.tags,
    properties: mergeProperties(existing.properties, patch.properties ?? {}),
  };
  switch (existing.type.toLowerCase()) {
    case "microsoft.compute/virtualmachines":
      refuseSize(changed);
      return withoutNoLicence(changed);
    case "microsoft.sql/servers/databases":
      return patch.sku === undefined ? changed : withObjective(changed);
    case "microsoft.compute/disks":
      return patch.sku === undefined ? changed : withKind(estate, existing, changed, patch.properties?.tier);
    default:
      return changed;
  }
}

/**
 * Azure changes the kind of a disk whose machine is off, and names its tier after kind and size; a premium one may be
 * asked to have a higher tier.
 */
function withKind(estate: Estate, existing: Resource, disk: Resource, asked: unknown): Resource {
  if (existing.managedBy && estate.powerState(existing.managedBy) !== "deallocated") {
    throw new AzureError(
      409,
      "OperationNotAllowed",
      `Cannot change the SKU of disk '${disk.name}' while it is attached to running VM '${existing.managedBy}'.`,
    );
  }
  const sku = String(disk.sku?.name ?? "");
  const ofKind = Object.entries(diskTiers).filter(
    ([, tier]) => tier.sku.toLowerCase() === sku.replace(/_zrs$/i, "_LRS").toLowerCase(),
  );
  const sizeGb = Number(disk.properties.diskSizeGB);
  const fitting = ofKind.filter(([, { sizeGb: most }]) => most >= sizeGb);
  const [tier, of] = fitting.find(([name]) => asked === undefined || name === asked) ?? [];
  if (fitting.length === 0) {
    throw badRequest(`The disk SKU '${sku}' is not valid for this size.`, "InvalidParameter");
  }
  if (!tier || !of) {
    throw badRequest(`The performance tier '${asked}' is not valid for this disk.`, "InvalidParameter");
  }
  return { ...disk, sku: { name: sku, tier: of.tier }, properties: { ...disk.properties, tier } };
}

/** "None" takes a licence type away. */
function withoutNoLicence(machine: Resource): Resource {
  const { licenseType, ...properties } = machine.properties;
  return licenseType === "None" ? { ...machine, properties } : machine;
}

/** Azure names a database's service objective by what its SKU says. */
function withObjective(database: Resource): Resource {
  const { name, family, capacity } = database.sku ?? {};
  const objective = family
    ? `${name}_${capacity}`
    : Object.entries(dtusOf).find(
        ([key, dtus]) => dtus === capacity && key.startsWith(name === "Premium" ? "P" : "S"),
      )?.[0];
  if (!objective) {
    throw badRequest(`The service objective '${name}' with '${capacity}' is invalid.`, "InvalidSku");
  }
  const { autoPauseDelay, minCapacity, ...properties } = database.properties;
  const serverless = isServerless(objective)
    ? {
        autoPauseDelay: autoPauseDelay ?? 60,
        minCapacity: minCapacity ?? Math.max(0.5, Number(capacity) / 8),
      }
    : {};
  return {
    ...database,
    properties: { ...properties, ...serverless, currentServiceObjectiveName: objective },
  };
}

/** learn.microsoft.com, "DTU-based resource limits". */
const dtusOf = {
  S0: 10,
  S1: 20,
  S2: 50,
  S3: 100,
  S4: 200,
  S6: 400,
  S7: 800,
  S9: 1600,
  S12: 3000,
  P1: 125,
  P2: 250,
  P4: 500,
  P6: 1000,
  P11: 1750,
  P15: 4000,
};

function refuseSize({ properties }: Resource): void {
  const size = (properties.hardwareProfile as { vmSize?: string } | undefined)?.vmSize ?? "";
  if (Object.keys(vmSizes).some((name) => name.toLowerCase() === size.toLowerCase())) return;
  throw badRequest(`The value ${size} provided for the VM size is not valid.`, "InvalidParameter");
}

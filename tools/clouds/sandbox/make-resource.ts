import type { Estate } from "./estate.ts";
import { AzureError, badRequest } from "./server/azure-error.ts";
import { stableUuid } from "./tenant/random.ts";
import { isSchedule, readSchedule } from "./tenant/shutdowns.ts";
import type { Resource } from "./tenant/tenant-schema.ts";

/** What Azure itself writes: a PUT neither sets nor loses it. */
const readOnly = [
  "uniqueId",
  "timeCreated",
  "diskState",
  "vmId",
  "resourceGuid",
  "ipAddress",
  "ipConfiguration",
  "natGateway",
  "LastOwnershipUpdateTime",
];

/** A resource as it becomes when a PUT asks for it: what was asked, and what Azure adds or keeps. */
export function madeResource(estate: Estate, asked: Resource): Resource {
  const existing = estate.resource(asked.id);
  if (isSchedule(asked.id)) readSchedule(asked);
  const given = Object.fromEntries(
    Object.entries(asked.properties).filter(([name]) => !readOnly.includes(name)),
  );
  const kept = Object.fromEntries(
    Object.entries(existing?.properties ?? {}).filter(([name]) => readOnly.includes(name)),
  );
  const added = existing ? {} : addedByAzure(estate, asked);
  return { ...asked, properties: { ...added, ...given, ...kept, provisioningState: "Succeeded" } };
}

/** A card or load balancer that names public addresses has them from now on. */
export function takeAddresses(estate: Estate, { id, properties }: Resource): void {
  for (const list of ["ipConfigurations", "frontendIPConfigurations"]) {
    const configurations = properties[list] as Configuration[] | undefined;
    for (const { name, properties: of } of Array.isArray(configurations) ? configurations : []) {
      const address = estate.resource(of?.publicIPAddress?.id ?? "");
      if (!address) continue;
      const ipConfiguration = { id: `${id}/${list}/${name}` };
      estate.put({ ...address, properties: { ...address.properties, ipConfiguration } });
    }
  }
}

interface Configuration {
  name?: string;
  properties?: { publicIPAddress?: { id?: string } };
}

function addedByAzure(estate: Estate, { id, type, properties }: Resource): Record<string, unknown> {
  const identity = stableUuid(estate.tenant.seed, id.toLowerCase(), "made", estate.version);
  const timeCreated = estate.now().toString();
  switch (type.toLowerCase()) {
    case "microsoft.compute/disks":
      return { ...copied(estate, properties), uniqueId: identity, timeCreated, diskState: "Unattached" };
    case "microsoft.compute/snapshots":
      return { ...copied(estate, properties), uniqueId: identity, timeCreated, diskState: "Unattached" };
    case "microsoft.compute/virtualmachines":
      return { vmId: identity, timeCreated };
    case "microsoft.network/publicipaddresses":
      return {
        resourceGuid: identity,
        publicIPAllocationMethod: "Dynamic",
        publicIPAddressVersion: "IPv4",
        ...(String(properties.publicIPAllocationMethod).toLowerCase() === "static"
          ? { ipAddress: estate.addresses.take() }
          : {}),
      };
    case "microsoft.web/serverfarms":
      return { numberOfSites: 0, status: "Ready" };
    default:
      return {};
  }
}

/** Size and system of the disk or snapshot that it is a copy of. */
function copied(estate: Estate, properties: Record<string, unknown>): Record<string, unknown> {
  const creation = properties.creationData as
    | { createOption?: string; sourceResourceId?: string }
    | undefined;
  if (creation?.createOption?.toLowerCase() !== "copy") {
    if (!Number(properties.diskSizeGB)) {
      throw badRequest("Required parameter 'diskSizeGB' is missing (null).", "InvalidParameter");
    }
    return {};
  }
  const source = estate.resource(creation.sourceResourceId ?? "");
  if (!source) {
    throw new AzureError(
      404,
      "NotFound",
      `The source '${creation.sourceResourceId}' of the copy is not found.`,
    );
  }
  const { diskSizeGB, osType, hyperVGeneration } = source.properties;
  return {
    diskSizeGB,
    ...(osType === undefined ? {} : { osType }),
    ...(hyperVGeneration === undefined ? {} : { hyperVGeneration }),
  };
}

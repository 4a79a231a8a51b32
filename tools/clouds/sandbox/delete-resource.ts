import type { Estate } from "./estate.ts";
import { AzureError } from "./server/azure-error.ts";
import type { Resource } from "./tenant/tenant-schema.ts";

/** Refuses, as Azure does, to delete what something else still uses. */
export function refuseInUse(estate: Estate, resource: Resource): void {
  if (resource.managedBy && estate.resource(resource.managedBy)) {
    throw new AzureError(
      409,
      "OperationNotAllowed",
      `Disk ${resource.name} is attached to VM ${resource.managedBy}.`,
    );
  }
  if (resource.properties.virtualMachine || resource.properties.privateEndpoint) {
    throw new AzureError(400, "NicInUse", `Network Interface ${resource.id} is used by another resource.`);
  }
  if (Number(resource.properties.numberOfSites ?? 0) > 0) {
    throw new AzureError(
      409,
      "Conflict",
      `Server farm '${resource.name}' cannot be deleted because it has web app(s) assigned to it.`,
    );
  }
  if (resource.type.toLowerCase() === "microsoft.network/publicipaddresses") {
    const user = resource.properties.ipConfiguration ?? resource.properties.natGateway;
    if (user) {
      throw new AzureError(
        400,
        "PublicIPAddressCannotBeDeleted",
        `Public IP address ${resource.id} can not be deleted since it is still allocated to resource ${(user as { id?: string }).id}.`,
      );
    }
  }
}

/** What holds an address: a card's or a load balancer's own configuration. */
const holdsAddress = (address: Resource, id: string) =>
  String((address.properties.ipConfiguration as { id?: string } | undefined)?.id ?? "")
    .toLowerCase()
    .startsWith(`${id}/`);

/** Deletes a resource and lets go of what was attached to it: disks and network cards stay, as in Azure. */
export function deleteResource(estate: Estate, resource: Resource): void {
  const id = resource.id.toLowerCase();
  for (const other of estate.resources()) {
    if (other.managedBy?.toLowerCase() === id) {
      const { managedBy: _managedBy, ...rest } = other;
      estate.put({
        ...rest,
        properties: {
          ...other.properties,
          diskState: "Unattached",
          LastOwnershipUpdateTime: estate.now().toString(),
        },
      });
    }
    if (holdsAddress(other, id)) {
      const { ipConfiguration: _ipConfiguration, ...properties } = other.properties;
      estate.put({ ...other, properties });
    }
    const owner = other.properties.virtualMachine as { id?: string } | undefined;
    if (owner?.id?.toLowerCase() === id) {
      const { virtualMachine: _virtualMachine, ...properties } = other.properties;
      estate.put({ ...other, properties });
    }
  }
  estate.delete(resource.id);
}

import type { Estate } from "./estate.ts";
import { AzureError } from "./server/azure-error.ts";
import type { PowerState } from "./tenant/power.ts";
import type { Resource } from "./tenant/tenant-schema.ts";

/** Refuses, as Azure does, to deallocate a machine whose system disk would be lost with it. */
export function refuseEphemeral(vm: Resource): void {
  const storage = vm.properties.storageProfile as
    | { osDisk?: { diffDiskSettings?: { option?: string } } }
    | undefined;
  if (storage?.osDisk?.diffDiskSettings?.option?.toLowerCase() === "local") {
    throw new AzureError(
      409,
      "OperationNotAllowed",
      `Operation 'deallocate' is not supported on VM '${vm.name}', because it uses an ephemeral OS disk.`,
    );
  }
}

/** Changes the power state; dynamic addresses go with it: given back when deallocated, another one at the start. */
export function changePower(estate: Estate, vm: Resource, state: PowerState): void {
  if (estate.powerState(vm.id) === state) return;
  estate.setPower(vm.id, state);
  for (const address of dynamicAddresses(estate, vm)) {
    const { ipAddress, ...rest } = address.properties;
    if (state === "deallocated") estate.put({ ...address, properties: rest });
    else if (ipAddress === undefined) {
      estate.put({ ...address, properties: { ...rest, ipAddress: estate.addresses.take() } });
    }
    // Its meter counts the hours in which there is an address.
    if (state !== "stopped") estate.setPower(address.id, state);
  }
}

function dynamicAddresses(estate: Estate, vm: Resource): Resource[] {
  const profile = vm.properties.networkProfile as { networkInterfaces?: { id?: string }[] } | undefined;
  return (profile?.networkInterfaces ?? []).flatMap(({ id = "" }) => {
    const configurations = estate.resource(id)?.properties.ipConfigurations as
      | { properties?: { publicIPAddress?: { id?: string } } }[]
      | undefined;
    return (configurations ?? []).flatMap(({ properties }) => {
      const address = estate.resource(properties?.publicIPAddress?.id ?? "");
      const dynamic = String(address?.properties.publicIPAllocationMethod).toLowerCase() === "dynamic";
      return address && dynamic ? [address] : [];
    });
  });
}

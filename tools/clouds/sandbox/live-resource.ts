import type { Estate } from "./estate.ts";
import type { PowerState } from "./tenant/power.ts";
import type { Resource } from "./tenant/tenant-schema.ts";

type Running = "create" | "update" | "delete" | "start" | "deallocate" | "poweroff" | "restart" | undefined;

/** A resource as the inventory (Resource Graph) shows it: a VM with its power state. */
export function inventoryResource(estate: Estate, resource: Resource): Resource {
  if (!isVirtualMachine(resource)) return resource;
  const powerState = powerStatus(estate.powerState(resource.id));
  return {
    ...resource,
    properties: { ...resource.properties, extended: { instanceView: { powerState } } },
  };
}

/** A resource as its provider answers a GET, with the change that is under way on it. */
export function providerResource(
  estate: Estate,
  resource: Resource,
  options: { running?: Running; instanceView?: boolean } = {},
) {
  const { power: _power, usage: _usage, activity: _activity, ...body } = resource;
  const { running } = options;
  const properties = {
    ...body.properties,
    ...(running ? { provisioningState: running === "delete" ? "Deleting" : "Updating" } : {}),
    ...(options.instanceView && isVirtualMachine(resource)
      ? { instanceView: { statuses: statuses(estate, resource, running) } }
      : {}),
  };
  const namesEtag = /^microsoft\.(network\/|compute\/virtualmachines$)/i.test(resource.type);
  return { ...body, ...(namesEtag ? { etag: estate.etag(resource.id) } : {}), properties };
}

function statuses(estate: Estate, vm: Resource, running: Running) {
  const between: Partial<Record<NonNullable<Running>, string>> = {
    start: "starting",
    deallocate: "deallocating",
    poweroff: "stopping",
  };
  return [
    { code: `ProvisioningState/${running ? "updating" : "succeeded"}`, level: "Info" },
    powerStatus((running && between[running]) ?? estate.powerState(vm.id)),
  ];
}

function powerStatus(state: PowerState | string) {
  return { code: `PowerState/${state}`, displayStatus: `VM ${state}`, level: "Info" };
}

function isVirtualMachine({ type }: Resource): boolean {
  return type.toLowerCase() === "microsoft.compute/virtualmachines";
}

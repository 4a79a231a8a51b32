import type { Estate } from "./estate.ts";
import type { Resource } from "./tenant/tenant-schema.ts";

const powerText = { running: "VM running", deallocated: "VM deallocated", stopped: "VM stopped" };

/** A resource as Azure shows it now: a VM with its power state. */
export function liveResource(estate: Estate, resource: Resource): Resource {
  if (resource.type.toLowerCase() !== "microsoft.compute/virtualmachines") return resource;
  const state = estate.powerState(resource.id);
  return {
    ...resource,
    properties: {
      ...resource.properties,
      extended: {
        instanceView: {
          powerState: {
            code: `PowerState/${state}`,
            displayStatus: powerText[state],
            level: "Info",
          },
        },
      },
    },
  };
}

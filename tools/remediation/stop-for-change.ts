import type { LiveResource } from "../clouds/cloud.ts";
import { readProperty, readText } from "../clouds/read-property.ts";
import { AppError } from "../kernel/errors.ts";
import { addressLoss } from "./find-dynamic-addresses.ts";

/** What people should know of a machine that is off for a change. */
export const interruption = (dynamicAddresses: readonly string[]) => [
  "The machine is deallocated, and started again: whoever uses it is interrupted for some minutes.",
  "What is on the temporary disk is lost.",
  ...addressLoss(dynamicAddresses),
];

/** Machines that cannot be deallocated, or that whoever manages them would start again. */
export function refuseUndeallocatable(live: LiveResource): void {
  const refuse = (why: string, hint: string) => {
    throw new AppError("unsupported", `${live.name} ${why}.`, { hint });
  };
  const has = (...path: string[]) => readText(live.properties, ...path) !== undefined;
  if (has("virtualMachineScaleSet", "id"))
    refuse("belongs to a scale set", "Change the scale set: it would make the machine anew as it was.");
  if (readProperty(live.properties, "managedBy") || /^mc_/i.test(live.resourceGroup ?? ""))
    refuse("is managed by another service, such as Kubernetes", "Change it there.");
  if (has("storageProfile", "osDisk", "diffDiskSettings", "option"))
    refuse("has an ephemeral OS disk, which Azure cannot deallocate", "It can only be made anew.");
}

/** Machines that must not be off by themselves for a change, as Azure or whoever manages them would not have it. */
export function refuseUnmovable(live: LiveResource): void {
  const refuse = (why: string, hint: string) => {
    throw new AppError("unsupported", `${live.name} ${why}.`, { hint });
  };
  const has = (...path: string[]) => readText(live.properties, ...path) !== undefined;
  if (live.status !== "running" && live.status !== "deallocated") {
    throw new AppError("conflict", `${live.name} is ${live.status ?? "in an unknown state"}.`, {
      hint: "Start or deallocate it first.",
    });
  }
  refuseUndeallocatable(live);
  if (has("availabilitySet", "id"))
    refuse("is in an availability set", "All of its machines may have to be off: plan that by hand.");
  if (
    has("host", "id") ||
    has("hostGroup", "id") ||
    has("capacityReservation", "capacityReservationGroup", "id")
  )
    refuse(
      "runs on a dedicated host or reserved capacity",
      "Its host or reservation may have to change with it.",
    );
}

import { diskTiers, licenceService, vmSizes } from "../generate/catalog.ts";
import type { Charge, Resource } from "../tenant/tenant-schema.ts";

/** List price of what a charge is for, as its resource is now; null: a change of the resource does not change it. */
export function listPriceOf(
  charge: Pick<Charge, "service" | "stopsWithVm">,
  resource: Resource,
): number | null {
  const { properties, sku } = resource;
  switch (resource.type.toLowerCase()) {
    case "microsoft.compute/virtualmachines": {
      const size = vmSize(resource);
      if (!size) return null;
      if (charge.service === licenceService) return properties.licenseType ? 0 : size.windowsLicenceHourly;
      return charge.stopsWithVm ? size.hourly : null;
    }
    case "microsoft.compute/disks":
      return diskMonthly(String(sku?.name ?? "Standard_LRS"), Number(properties.diskSizeGB ?? 0));
    default:
      return null;
  }
}

export function vmSize({ properties }: Resource) {
  const name = (properties.hardwareProfile as { vmSize?: string } | undefined)?.vmSize ?? "";
  return Object.entries(vmSizes).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** The smallest known size of the disk's kind that holds it; a larger one costs in proportion. */
export function diskMonthly(sku: string, sizeGb: number): number {
  const kind = Object.values(diskTiers).filter((tier) => tier.sku.toLowerCase() === sku.toLowerCase());
  const sizes = (kind.length > 0 ? kind : Object.values(diskTiers)).toSorted((a, b) => a.sizeGb - b.sizeGb);
  const fitting = sizes.find((tier) => tier.sizeGb >= sizeGb);
  if (fitting) return fitting.monthly;
  const largest = sizes.at(-1)!;
  return (largest.monthly * sizeGb) / largest.sizeGb;
}

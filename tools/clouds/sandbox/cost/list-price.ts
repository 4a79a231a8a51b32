import { diskTiers, licenceService, vmSizes } from "../generate/catalog.ts";
import { type DtuObjective, dtuPrices, sqlPrices } from "../generate/platform-prices.ts";
import type { Charge, Resource } from "../tenant/tenant-schema.ts";
import { isServerless, serverlessHourly } from "./serverless.ts";

/** List price of what a charge is for, as its resource is now; null: a change of the resource does not change it. */
export function listPriceOf(
  charge: Pick<Charge, "service" | "meter" | "stopsWithVm">,
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
      return (
        raisedMonthly(resource) ??
        diskMonthly(String(sku?.name ?? "Standard_LRS"), Number(properties.diskSizeGB ?? 0))
      );
    case "microsoft.sql/servers/databases":
      return databaseHourly(charge.meter, resource);
    default:
      return null;
  }
}

export function vmSize({ properties }: Resource) {
  const name = (properties.hardwareProfile as { vmSize?: string } | undefined)?.vmSize ?? "";
  return Object.entries(vmSizes).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** Of its compute; its storage has a meter of its own and stays. */
function databaseHourly(meter: string, resource: Resource): number | null {
  const { sku, properties } = resource;
  const objective = String(properties.currentServiceObjectiveName ?? "");
  if (/ DTUs$/.test(meter)) return (dtuPrices[objective as DtuObjective] ?? 0) / 24 || null;
  const prices = sqlPrices[String(sku?.tier ?? "") as keyof typeof sqlPrices];
  if (meter !== "vCore" || !prices) return null;
  if (isServerless(objective)) return serverlessHourly(resource);
  const licence = properties.licenseType === "BasePrice" ? 0 : (prices.licence ?? 0);
  return (prices.compute + licence) * Number(sku?.capacity ?? 0);
}

/** Of a premium disk with a higher performance tier than its size has: what that tier costs. */
function raisedMonthly({ sku, properties }: Resource): number | null {
  const tier = Object.entries(diskTiers).find(([name]) => name === properties.tier)?.[1];
  const isRaised = tier && tier.sku === sku?.name && tier.sizeGb > Number(properties.diskSizeGB ?? 0);
  return isRaised ? tier.monthly : null;
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

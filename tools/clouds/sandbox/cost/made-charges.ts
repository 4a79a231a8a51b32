import {
  dailyOfHourly,
  dailyOfMonthly,
  diskTiers,
  snapshotMonthlyPerGib,
  vmSizes,
} from "../generate/catalog.ts";
import type { Charge, Resource } from "../tenant/tenant-schema.ts";

type Price = Pick<Charge, "service" | "amount"> & Partial<Charge>;

/** What a resource that was made through the API costs, at the generator's list prices; types without one are free. */
export function madeCharges(resource: Resource): Charge[] {
  return pricesOf(resource).map((price) => ({
    id: `${resource.id.toLowerCase()}#made/${price.meter ?? ""}`,
    subscriptionId: resource.id.split("/")[2]!,
    resourceId: resource.id,
    resourceType: resource.type,
    resourceLocation: resource.location,
    meterSubCategory: "",
    meter: "",
    chargeType: "Usage",
    pricingModel: "OnDemand",
    benefitName: "",
    shownIn: "both",
    stopsWithVm: false,
    events: [],
    ...price,
  }));
}

function pricesOf({ type, sku, properties }: Resource): Price[] {
  const fixed = (daily: string) => ({ kind: "fixed", daily }) as const;
  const sizeGb = Number(properties.diskSizeGB ?? 0);
  switch (type.toLowerCase()) {
    case "microsoft.compute/disks":
      return [
        {
          service: "Storage",
          meterSubCategory: "Managed Disks",
          meter: "LRS Disk",
          amount: fixed(dailyOfMonthly(diskMonthly(String(sku?.name ?? "Standard_LRS"), sizeGb))),
        },
      ];
    case "microsoft.compute/snapshots":
      return [
        {
          service: "Storage",
          meterSubCategory: "Standard HDD Managed Disks",
          meter: "Snapshots LRS",
          amount: fixed(dailyOfMonthly(snapshotMonthlyPerGib * sizeGb)),
        },
      ];
    case "microsoft.network/publicipaddresses":
      return [
        {
          service: "Virtual Network",
          meterSubCategory: "IP Addresses",
          meter: "Standard IPv4 Static Public IP",
          amount: fixed("0.12"),
        },
      ];
    case "microsoft.compute/virtualmachines": {
      const name = (properties.hardwareProfile as { vmSize?: string } | undefined)?.vmSize ?? "";
      const size = Object.entries(vmSizes).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
      if (!size) return [];
      return [
        {
          service: "Virtual Machines",
          meterSubCategory: size.series,
          meter: size.meter,
          stopsWithVm: true,
          amount: fixed(dailyOfHourly(size.hourly)),
        },
      ];
    }
    default:
      return [];
  }
}

/** The smallest known size of the disk's kind that holds it; a larger one costs in proportion. */
function diskMonthly(sku: string, sizeGb: number): number {
  const kind = Object.values(diskTiers).filter((tier) => tier.sku.toLowerCase() === sku.toLowerCase());
  const sizes = (kind.length > 0 ? kind : Object.values(diskTiers)).toSorted((a, b) => a.sizeGb - b.sizeGb);
  const fitting = sizes.find((tier) => tier.sizeGb >= sizeGb);
  if (fitting) return fitting.monthly;
  const largest = sizes.at(-1)!;
  return (largest.monthly * sizeGb) / largest.sizeGb;
}

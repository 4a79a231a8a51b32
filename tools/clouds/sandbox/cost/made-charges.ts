import { dailyOfHourly, dailyOfMonthly, snapshotMonthlyPerGib } from "../generate/catalog.ts";
import type { Charge, Resource } from "../tenant/tenant-schema.ts";
import { diskMonthly, vmSize } from "./list-price.ts";

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

function pricesOf(resource: Resource): Price[] {
  const { type, sku, properties } = resource;
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
      const size = vmSize(resource);
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

import { computePrices } from "./compute-prices.ts";
import { addressList, appServiceList, balancerList, sqlList } from "./platform-list.ts";
import { fieldsOf, type ListedPrice, type PriceFields } from "./price-item.ts";
import { blobStoragePrices, diskPrices, pageBlobList } from "./storage-prices.ts";

/** Regions that the sandbox sells in; a size costs the same in each. */
export const soldRegions = [
  "eastus",
  "eastus2",
  "centralus",
  "southcentralus",
  "westus2",
  "westus3",
  "canadacentral",
  "brazilsouth",
  "northeurope",
  "westeurope",
  "uksouth",
  "francecentral",
  "germanywestcentral",
  "switzerlandnorth",
  "swedencentral",
  "norwayeast",
  "southeastasia",
  "eastasia",
  "japaneast",
  "australiaeast",
  "centralindia",
] as const;

export interface PriceLine {
  listed: ListedPrice;
  fields: PriceFields;
}

let lines: PriceLine[] | undefined;

/** The whole list, made at its first use. */
export function priceList(): readonly PriceLine[] {
  lines ??= [...balancerList(), ...soldRegions.flatMap((region) => [...regional(region)])].map((listed) => ({
    listed,
    fields: fieldsOf(listed),
  }));
  return lines;
}

function* regional(region: string): Iterable<ListedPrice> {
  yield* computePrices(region);
  yield* diskPrices(region);
  yield* blobStoragePrices(region);
  yield* pageBlobList(region);
  yield* addressList(region);
  yield* sqlList(region);
  yield* appServiceList(region);
}

/** What a US dollar is in other currencies, rounded and fixed. */
export const currencyRates: Record<string, number> = { USD: 1, EUR: 0.92, GBP: 0.79, CHF: 0.88, JPY: 150 };

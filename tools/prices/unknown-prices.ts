import type { PriceBook } from "./price-book.ts";

/** The book of somebody who has read no prices: it answers null to everything. */
export function unknownPrices(currency: string): PriceBook {
  const nothing = () => null;
  return {
    currency,
    asOf: null,
    doubts: ["No retail prices have been read yet."],
    vm: nothing,
    managedDisk: nothing,
    diskOperations: nothing,
    snapshotGb: nothing,
    publicIp: nothing,
    loadBalancer: nothing,
    sqlDtu: nothing,
    sqlPool: nothing,
    sqlVcore: nothing,
    sqlServerless: nothing,
    appServicePlan: nothing,
    blob: nothing,
    pageBlob: nothing,
    sizes: {
      sizeOf: nothing,
      sizesIn: () => [],
      smallerSizes: () => [],
      burstableSizes: () => [],
      diskSize: nothing,
      flexibilityGroup: nothing,
    },
  };
}

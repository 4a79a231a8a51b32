import { diskTiers } from "../generate/catalog.ts";
import {
  blobPrices,
  oldPageBlobPrices,
  pageBlobPrices,
  redundancyFactors,
  snapshotPrices,
  zoneRedundantDiskFactor,
} from "../generate/platform-prices.ts";
import type { ListedPrice } from "./price-item.ts";

const storage = { serviceName: "Storage", serviceFamily: "Storage" };

/** Managed disks, their transactions and snapshots. */
export function* diskPrices(region: string): Iterable<ListedPrice> {
  for (const [tier, { product, monthly }] of Object.entries(diskTiers)) {
    for (const [redundancy, factor] of Object.entries({ LRS: 1, ZRS: zoneRedundantDiskFactor })) {
      if (redundancy === "ZRS" && tier.startsWith("S")) continue;
      const skuName = `${tier} ${redundancy}`;
      const named = { ...storage, region, productName: product, skuName };
      yield { ...named, meterName: `${skuName} Disk`, unitOfMeasure: "1/Month", price: monthly * factor };
      if (tier.startsWith("P")) {
        // What each further machine pays that mounts a shared disk.
        yield {
          ...named,
          meterName: `${skuName} Disk Mount`,
          unitOfMeasure: "1/Month",
          price: monthly * 0.05,
        };
      } else {
        const price = (tier.startsWith("E") ? 0.002 : 0.0005) * factor;
        yield { ...named, meterName: `${skuName} Disk Operations`, unitOfMeasure: "10K", price };
      }
    }
  }
  for (const [sku, price] of Object.entries(snapshotPrices)) {
    const redundancy = sku.split("_")[1]!;
    const productName = sku.startsWith("Premium")
      ? "Premium SSD Managed Disks"
      : "Standard HDD Managed Disks";
    const skuName = `Snapshots ${redundancy}`;
    const meterName = `${redundancy} Snapshots`;
    yield { ...storage, region, productName, skuName, meterName, unitOfMeasure: "1 GB/Month", price };
  }
}

/** Block blobs by tier and redundancy; file shares have the same meter names at other prices. */
export function* blobStoragePrices(region: string): Iterable<ListedPrice> {
  for (const [tier, of] of Object.entries(blobPrices)) {
    for (const [redundancy, factor] of Object.entries(redundancyFactors)) {
      if (tier === "Archive" && redundancy.includes("ZRS")) continue;
      const skuName = `${tier} ${redundancy}`;
      const named = { ...storage, region, productName: "General Block Blob v2", skuName };
      const perGib = { ...named, meterName: `${skuName} Data Stored`, unitOfMeasure: "1 GB/Month" };
      yield { ...perGib, price: of.gibMonth * factor };
      if (tier === "Hot") {
        yield { ...perGib, fromUnits: 51_200, price: of.gibMonth * factor * 0.96 };
        yield { ...perGib, fromUnits: 512_000, price: of.gibMonth * factor * 0.92 };
      }
      yield { ...perGib, productName: "Files v2", price: of.gibMonth * factor * 1.4 };
      const operations = { ...named, unitOfMeasure: "10K" };
      yield { ...operations, meterName: `${skuName} Write Operations`, price: of.write * factor };
      yield { ...operations, meterName: `${tier} Read Operations`, price: of.read };
      if (of.retrieval !== null) {
        yield { ...named, unitOfMeasure: "1 GB", meterName: `${tier} Data Retrieval`, price: of.retrieval };
        yield {
          ...named,
          unitOfMeasure: "1 GB",
          meterName: `${skuName} Early Delete`,
          price: of.gibMonth * factor,
        };
      }
    }
  }
}

/** Unmanaged disks of standard accounts, by written pages. */
export function* pageBlobList(region: string): Iterable<ListedPrice> {
  for (const [productName, prices] of [
    ["Standard Page Blob v2", pageBlobPrices],
    ["Standard Page Blob", oldPageBlobPrices],
  ] as const) {
    for (const [redundancy, price] of Object.entries(prices)) {
      const named = { ...storage, region, productName, skuName: `Standard ${redundancy}` };
      yield { ...named, meterName: `${redundancy} Data Stored`, unitOfMeasure: "1 GB/Month", price };
      yield { ...named, meterName: "Disk Read Operations", unitOfMeasure: "10K", price: 0.0005 };
    }
  }
}

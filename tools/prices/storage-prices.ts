import type { RetailPrice } from "../clouds/cloud.ts";
import { pickPrice } from "./pick-price.ts";
import type { Price, PriceUnit } from "./price.ts";
import type { BlobPrices, BlobTier, Redundancy } from "./price-book.ts";

const units: Partial<Record<PriceUnit, readonly string[]>> = {
  hour: ["1 Hour"],
  day: ["1/Day"],
  month: ["1/Month"],
  gib: ["1 GB", "1 GiB"],
  gib_month: ["1 GB/Month", "1 GiB/Month"],
  ten_thousand_operations: ["10K"],
};

/** The price of the one meter that is meant, in the unit that is meant; a line in another unit is another price. */
export function meterPrice<Unit extends PriceUnit>(
  lines: readonly RetailPrice[],
  unit: Unit,
  meter: (line: RetailPrice) => boolean,
  now: Temporal.Instant,
): Price<Unit> | null {
  const line = pickPrice(
    lines.filter(
      (candidate) =>
        candidate.type === "Consumption" &&
        units[unit]?.includes(candidate.unitOfMeasure) &&
        meter(candidate),
    ),
    now,
  );
  return line && { value: line.price, currency: line.currency, unit };
}

const diskProducts: Record<string, string> = {
  P: "Premium SSD Managed Disks",
  E: "Standard SSD Managed Disks",
  S: "Standard HDD Managed Disks",
};

/** A managed disk of a tier by the month; not what sharing it or its transactions cost. */
export function diskPrice(
  lines: readonly RetailPrice[],
  tier: string,
  redundancy: string,
  now: Temporal.Instant,
): Price<"month"> | null {
  const sku = `${tier.toUpperCase()} ${redundancy}`;
  // Older lists name the meter without the redundancy, and in the plural.
  const meters = [`${sku} Disk`, `${tier.toUpperCase()} Disks`];
  return meterPrice(
    lines,
    "month",
    (line) => line.product === diskProducts[sku[0]!] && line.sku === sku && meters.includes(line.meter),
    now,
  );
}

/** Transactions of a standard disk. */
export function diskOperationsPrice(
  lines: readonly RetailPrice[],
  tier: string,
  redundancy: string,
  now: Temporal.Instant,
): Price<"ten_thousand_operations"> | null {
  const sku = `${tier.toUpperCase()} ${redundancy}`;
  return meterPrice(
    lines,
    "ten_thousand_operations",
    (line) =>
      line.product === diskProducts[sku[0]!] && line.sku === sku && line.meter === `${sku} Disk Operations`,
    now,
  );
}

/** A snapshot's used size; a premium snapshot is another product with the same meter name. */
export function snapshotPrice(
  lines: readonly RetailPrice[],
  sku: string,
  now: Temporal.Instant,
): Price<"gib_month"> | null {
  const [kind, redundancy = ""] = sku.toLowerCase().split("_");
  const product = kind === "premium" ? diskProducts.P : kind === "standard" ? diskProducts.S : undefined;
  const meter = `${redundancy.toUpperCase()} Snapshots`;
  return meterPrice(lines, "gib_month", (line) => line.product === product && line.meter === meter, now);
}

/** What block blobs of general-purpose v2 accounts are listed as; file shares have the same meter names. */
export const blobProduct = "General Block Blob v2";

/** Days that data in a cooler tier is paid at least (learn.microsoft.com, "Access tiers for blob data"). */
const earlyDeletionDays: Record<BlobTier, number> = { Hot: 0, Cool: 30, Cold: 90, Archive: 180 };

/** Block blobs of one tier and redundancy. */
export function blobPricesOf(
  lines: readonly RetailPrice[],
  redundancy: Redundancy,
  tier: BlobTier,
  now: Temporal.Instant,
): BlobPrices | null {
  const own = lines.filter(({ product, sku }) => product === blobProduct && sku === `${tier} ${redundancy}`);
  // Some meters name the redundancy, others hold for all of them.
  const named = (what: string) => (line: RetailPrice) =>
    line.meter === `${tier} ${redundancy} ${what}` || line.meter === `${tier} ${what}`;
  const data = meterPrice(own, "gib_month", named("Data Stored"), now);
  if (!data) return null;
  return {
    data,
    writeOperations: meterPrice(own, "ten_thousand_operations", named("Write Operations"), now),
    readOperations: meterPrice(own, "ten_thousand_operations", named("Read Operations"), now),
    retrieval: meterPrice(own, "gib", named("Data Retrieval"), now),
    earlyDeletionDays: earlyDeletionDays[tier],
  };
}

/** What page blobs of standard accounts are listed as, by the account's generation. */
export const pageBlobProducts = { 1: "Standard Page Blob", 2: "Standard Page Blob v2" } as const;

/** What was written of a page blob, a GiB and month. */
export function pageBlobPrice(
  lines: readonly RetailPrice[],
  redundancy: Redundancy,
  generation: 1 | 2,
  now: Temporal.Instant,
): Price<"gib_month"> | null {
  const product = pageBlobProducts[generation];
  const meter = `${redundancy} Data Stored`;
  return meterPrice(lines, "gib_month", (line) => line.product === product && line.meter === meter, now);
}

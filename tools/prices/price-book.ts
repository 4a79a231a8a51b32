import type { Price } from "./price.ts";
import type { SizeBook } from "./size-book.ts";

/** "Linux" is the price of the compute itself: every other system adds a licence to it. */
export type OperatingSystem = "Linux" | "Windows";
export type Redundancy = "LRS" | "ZRS" | "GRS" | "RA-GRS" | "GZRS" | "RA-GZRS";

/** List prices of one virtual machine size, each by the hour; null where Azure sells none. Never low priority. */
export interface VmPrices {
  /** Compute with the operating system's licence. */
  payAsYouGo: Price<"hour">;
  /** Compute with the licence, on capacity that Azure may take back. */
  spot: Price<"hour"> | null;
  /** The part of `payAsYouGo` that Azure Hybrid Benefit ends; null for Linux, and where Linux has no price. */
  windowsLicence: Price<"hour"> | null;
  /** The whole term's price by the hour: compute only, `windowsLicence` is paid beside it. */
  reservation1Year: Price<"hour"> | null;
  reservation3Years: Price<"hour"> | null;
  /** Compute only, as for reservations. */
  savingsPlan1Year: Price<"hour"> | null;
  savingsPlan3Years: Price<"hour"> | null;
}

/** A standard load balancer: the rules cost by the hour, whether or not anything is balanced. */
export interface LoadBalancerPrices {
  /** The first five rules together. */
  firstFiveRules: Price<"hour">;
  /** Each rule above five. */
  additionalRule: Price<"hour"> | null;
  dataProcessed: Price<"gib"> | null;
}

/** A provisioned SQL database in the vCore model. Pay as you go costs compute + licence for each vCore. */
export interface SqlVcorePrices {
  compute: Price<"vcore_hour">;
  /** The part that Azure Hybrid Benefit ends; null where the tier has none. */
  licence: Price<"vcore_hour"> | null;
  /** Of the compute, the whole term's price by the hour. */
  reservation1Year: Price<"vcore_hour"> | null;
  reservation3Years: Price<"vcore_hour"> | null;
  storage: Price<"gib_month"> | null;
}

/** Tiers of elastic pools in the DTU model. */
export type DtuPoolTier = "Basic" | "Standard" | "Premium";

/** A serverless SQL database, licence included. Billed by the second: divide by 3,600. */
export interface SqlServerlessPrices {
  /** Of each second the larger of the vCores used, the memory used / `memoryGibPerVcore` and the minimum. */
  compute: Price<"vcore_hour">;
  memoryGibPerVcore: number;
  storage: Price<"gib_month"> | null;
}

export type BlobTier = "Hot" | "Cool" | "Cold" | "Archive";

/** Block blobs of one tier: moving to a cooler one pays only with its operations, retrieval and early deletion. */
export interface BlobPrices {
  data: Price<"gib_month">;
  writeOperations: Price<"ten_thousand_operations"> | null;
  readOperations: Price<"ten_thousand_operations"> | null;
  /** Each GiB read; null where reading costs no more than its operations (Hot). */
  retrieval: Price<"gib"> | null;
  /** Data removed or moved sooner is paid until this many days are over; 0 for Hot. */
  earlyDeletionDays: number;
}

/**
 * List prices of what rules compare, built once for a subscription. Synchronous and pure. Regions are Azure's short
 * names ("westeurope"); case does not matter. Null means unknown: no price was read, and none is ever guessed.
 */
export interface PriceBook {
  /** ISO 4217, of every price in the book. */
  currency: string;
  /** When the oldest price in it was read; null when the book is empty. */
  asOf: Temporal.Instant | null;
  /** What to tell beside a figure made of these prices, e.g. that they are 9 days old; empty when all is well. */
  doubts: readonly string[];
  sizes: SizeBook;
  /** `size` as in ARM: "Standard_D4s_v5". */
  vm(region: string, size: string, os: OperatingSystem): VmPrices | null;
  /** A disk of a tier such as "P30", "E10" or "S20", by the month, without transactions. */
  managedDisk(region: string, tier: string, redundancy?: "LRS" | "ZRS"): Price<"month"> | null;
  /** Transactions of standard disks; premium ones have none, and answer null. */
  diskOperations(
    region: string,
    tier: string,
    redundancy?: "LRS" | "ZRS",
  ): Price<"ten_thousand_operations"> | null;
  /** A snapshot's used size; `sku` as in ARM: "Standard_LRS", "Standard_ZRS", "Premium_LRS". */
  snapshotGb(region: string, sku: string): Price<"gib_month"> | null;
  publicIp(
    region: string,
    sku: "Basic" | "Standard",
    allocation?: "Static" | "Dynamic",
  ): Price<"hour"> | null;
  loadBalancer(region: string): LoadBalancerPrices | null;
  /** A single database by its service objective: "Basic", "S0" … "S12", "P1" … "P15". */
  sqlDtu(region: string, objective: string): Price<"day"> | null;
  /** An elastic pool of so many eDTUs, by the day; one of vCores costs what `sqlVcore` says. */
  sqlPool(region: string, tier: DtuPoolTier, edtus: number): Price<"day"> | null;
  sqlVcore(
    region: string,
    tier: "GeneralPurpose" | "BusinessCritical" | "Hyperscale",
    family?: string,
  ): SqlVcorePrices | null;
  sqlServerless(region: string, tier: "GeneralPurpose" | "Hyperscale"): SqlServerlessPrices | null;
  /** One instance of a plan: "B1", "S1", "P1v3". Free and shared plans answer null. */
  appServicePlan(region: string, sku: string, os: OperatingSystem): Price<"hour"> | null;
  blob(region: string, redundancy: Redundancy, tier: BlobTier): BlobPrices | null;
  /** Unmanaged disks: what was written of page blobs in standard accounts of a general-purpose generation. */
  pageBlob(region: string, redundancy: Redundancy, generation: 1 | 2): Price<"gib_month"> | null;
}

/** What a virtual machine size can do in one region, by Azure's Microsoft.Compute/skus. Null: Azure does not say. */
export interface VmSize {
  /** As in ARM: "Standard_D4s_v5". */
  name: string;
  /** Azure's quota family, e.g. "standardDSv5Family". */
  family: string;
  vcpus: number;
  memoryGib: number;
  maxDataDisks: number | null;
  maxNetworkInterfaces: number | null;
  premiumStorage: boolean;
  acceleratedNetworking: boolean;
  /** Limits of uncached data disks together. */
  uncachedIops: number | null;
  uncachedBytesPerSecond: number | null;
  /** Whether it has a local temporary disk: a machine cannot be resized between sizes with and without. */
  temporaryDisk: boolean | null;
  /** "V1", "V2". */
  hyperVGenerations: readonly string[];
  cpuArchitecture: "x64" | "Arm64";
  vcpusPerCore: number | null;
  /** Runs on credits for bursts of CPU (B series). */
  burstable: boolean;
  /** Availability zones of the region that offer it; empty where there are none. */
  zones: readonly string[];
  /** Why this subscription cannot use it there, e.g. "NotAvailableForSubscription"; null when it can. */
  restriction: string | null;
}

/** What a managed disk tier can do. */
export interface DiskSize {
  /** "P30". */
  tier: string;
  /** "Premium_LRS". */
  sku: string;
  sizeGib: number;
  iops: number;
  mebibytesPerSecond: number;
}

/** Sizes that share a reservation: one bought for a size covers `ratio` units, a size uses `ratio` units an hour. */
export interface FlexibilityGroup {
  /** "DSv5 Series". */
  group: string;
  /** Normalized units of the size, decimal. */
  ratio: number;
}

/** What sizes a region offers to a subscription. Null means unknown: the catalogue was not read. */
export interface SizeBook {
  sizeOf(region: string, name: string): VmSize | null;
  /** Sizes of the region that the subscription can use, by vCPUs, then memory, then name. */
  sizesIn(region: string): readonly VmSize[];
  /**
   * Sizes of the same series with fewer vCPUs, the largest first. Whether the machine's disks, network cards and
   * load fit is the caller's to check.
   */
  smallerSizes(region: string, name: string): readonly VmSize[];
  /** Burstable sizes with at most the size's vCPUs, the largest first. */
  burstableSizes(region: string, name: string): readonly VmSize[];
  diskSize(region: string, tier: string): DiskSize | null;
  flexibilityGroup(name: string): FlexibilityGroup | null;
}

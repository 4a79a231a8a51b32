/** One managed disk tier: locally redundant price a month, USD, the same in every region. */
export interface SandboxDiskTier {
  sku: string;
  tier: string;
  product: string;
  sizeGb: number;
  monthly: number;
  iops: number;
  megabytesPerSecond: number;
}

/** GiB, USD a month, IOPS, MB/s. */
type Row = readonly [number, number, number, number];

const premium = tiers(
  { sku: "Premium_LRS", tier: "Premium", product: "Premium SSD Managed Disks" },
  {
    P1: [4, 0.6, 120, 25],
    P2: [8, 1.2, 120, 25],
    P3: [16, 2.4, 120, 25],
    P4: [32, 5.28, 120, 25],
    P6: [64, 10.21, 240, 50],
    P10: [128, 19.71, 500, 100],
    P15: [256, 38.02, 1100, 125],
    P20: [512, 73.22, 2300, 150],
    P30: [1024, 135.17, 5000, 200],
    P40: [2048, 259.05, 7500, 250],
    P50: [4096, 495.57, 7500, 250],
    P60: [8192, 946.08, 16_000, 500],
    P70: [16_384, 1802.06, 18_000, 750],
    P80: [32_767, 3604.11, 20_000, 900],
  },
);

const standardSsd = tiers(
  { sku: "StandardSSD_LRS", tier: "Standard", product: "Standard SSD Managed Disks" },
  {
    E1: [4, 0.3, 500, 60],
    E2: [8, 0.6, 500, 60],
    E3: [16, 1.2, 500, 60],
    E4: [32, 2.4, 500, 60],
    E6: [64, 4.8, 500, 60],
    E10: [128, 9.6, 500, 60],
    E15: [256, 19.2, 500, 60],
    E20: [512, 38.4, 500, 60],
    E30: [1024, 76.8, 500, 60],
    E40: [2048, 153.6, 500, 60],
    E50: [4096, 307.2, 500, 60],
    E60: [8192, 614.4, 2000, 400],
    E70: [16_384, 1228.8, 4000, 600],
    E80: [32_767, 2457.6, 6000, 750],
  },
);

const standardHdd = tiers(
  { sku: "Standard_LRS", tier: "Standard", product: "Standard HDD Managed Disks" },
  {
    S4: [32, 1.54, 500, 60],
    S6: [64, 3.01, 500, 60],
    S10: [128, 5.89, 500, 60],
    S15: [256, 11.33, 500, 60],
    S20: [512, 21.76, 500, 60],
    S30: [1024, 40.96, 500, 60],
    S40: [2048, 77.83, 500, 60],
    S50: [4096, 143.36, 500, 60],
    S60: [8192, 262.14, 1300, 300],
    S70: [16_384, 524.29, 2000, 500],
    S80: [32_767, 1048.58, 2000, 500],
  },
);

/** Every tier by its name. */
export const diskTiers = { ...premium, ...standardSsd, ...standardHdd };
export type DiskTier = keyof typeof diskTiers;

function tiers<Name extends string>(
  kind: Pick<SandboxDiskTier, "sku" | "tier" | "product">,
  rows: Record<Name, Row>,
): Record<Name, SandboxDiskTier> {
  return Object.fromEntries(
    Object.entries<Row>(rows).map(([name, [sizeGb, monthly, iops, megabytesPerSecond]]) => [
      name,
      { ...kind, sizeGb, monthly, iops, megabytesPerSecond },
    ]),
  ) as Record<Name, SandboxDiskTier>;
}

import { microsToText } from "../cost/micros.ts";

/** Pay-as-you-go Linux prices an hour in West Europe, rounded; memory in GiB, network in Mbit/s. */
export const vmSizes = {
  Standard_B2s: { cores: 2, memoryGib: 4, hourly: 0.048, series: "BS Series", meter: "B2s" },
  Standard_D2s_v5: { cores: 2, memoryGib: 8, hourly: 0.115, series: "Dsv5 Series", meter: "D2s v5" },
  Standard_D4s_v5: { cores: 4, memoryGib: 16, hourly: 0.23, series: "Dsv5 Series", meter: "D4s v5" },
  Standard_D8s_v5: { cores: 8, memoryGib: 32, hourly: 0.46, series: "Dsv5 Series", meter: "D8s v5" },
  Standard_D16s_v5: { cores: 16, memoryGib: 64, hourly: 0.92, series: "Dsv5 Series", meter: "D16s v5" },
  Standard_E8s_v5: { cores: 8, memoryGib: 64, hourly: 0.604, series: "Esv5 Series", meter: "E8s v5" },
  Standard_E16s_v5: { cores: 16, memoryGib: 128, hourly: 1.208, series: "Esv5 Series", meter: "E16s v5" },
  Standard_E32s_v5: { cores: 32, memoryGib: 256, hourly: 2.416, series: "Esv5 Series", meter: "E32s v5" },
  Standard_F8s_v2: { cores: 8, memoryGib: 16, hourly: 0.388, series: "FSv2 Series", meter: "F8s v2" },
} as const;
export type VmSize = keyof typeof vmSizes;

/** Managed disk prices a month. */
export const diskTiers = {
  P10: {
    sku: "Premium_LRS",
    tier: "Premium",
    sizeGb: 128,
    monthly: 19.71,
    product: "Premium SSD Managed Disks",
  },
  P20: {
    sku: "Premium_LRS",
    tier: "Premium",
    sizeGb: 512,
    monthly: 73.22,
    product: "Premium SSD Managed Disks",
  },
  P30: {
    sku: "Premium_LRS",
    tier: "Premium",
    sizeGb: 1024,
    monthly: 135.17,
    product: "Premium SSD Managed Disks",
  },
  E10: {
    sku: "StandardSSD_LRS",
    tier: "Standard",
    sizeGb: 128,
    monthly: 9.6,
    product: "Standard SSD Managed Disks",
  },
  E20: {
    sku: "StandardSSD_LRS",
    tier: "Standard",
    sizeGb: 512,
    monthly: 38.4,
    product: "Standard SSD Managed Disks",
  },
  S20: {
    sku: "Standard_LRS",
    tier: "Standard",
    sizeGb: 512,
    monthly: 21.76,
    product: "Standard HDD Managed Disks",
  },
  S30: {
    sku: "Standard_LRS",
    tier: "Standard",
    sizeGb: 1024,
    monthly: 40.96,
    product: "Standard HDD Managed Disks",
  },
} as const;
export type DiskTier = keyof typeof diskTiers;

/** USD a GiB and month of a snapshot's full size; Azure bills the used part, so this is the most it can be. */
export const snapshotMonthlyPerGib = 0.05;

/** A month's price as a day's, exact to a millionth. */
export function dailyOfMonthly(monthly: number): string {
  return microsToText(Math.round((monthly * 12 * 1_000_000) / 365));
}

export function dailyOfHourly(hourly: number): string {
  return microsToText(Math.round(hourly * 24 * 1_000_000));
}

/** Shares of the day's cost by weekday, Monday first. */
export const weekdays = {
  flat: [1, 1, 1, 1, 1, 1, 1],
  office: [1.08, 1.12, 1.13, 1.12, 1.05, 0.76, 0.74],
  shop: [0.94, 0.93, 0.95, 0.99, 1.08, 1.1, 1.01],
  batch: [1.25, 1.05, 1.05, 1.05, 1.05, 0.8, 0.75],
};

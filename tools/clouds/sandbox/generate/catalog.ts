import { microsToText } from "../cost/micros.ts";
import { snapshotPrices } from "./platform-prices.ts";

export { type DiskTier, diskTiers } from "./disk-tiers.ts";
export { type VmSize, vmSizes } from "./vm-sizes.ts";

/** What of the pay-as-you-go compute price a commitment takes off; the licence stays. */
const commitmentDiscounts = {
  reservation: { 1: 0.38, 3: 0.6 },
  savingsPlan: { 1: 0.29, 3: 0.5 },
} as const;
/** Azure bills the licence part of a Windows machine under a service of its own. */
export const licenceService = "Virtual Machines Licenses";
/** Spot costs this share of the pay-as-you-go price, licence included. */
export const spotShare = 0.2;

/** A reservation's price for its whole term, USD, of one unit priced by the hour; whole cents, as Azure has it. */
export function reservationTotal(hourly: number, years: 1 | 3): number {
  return Math.round(hourly * 8760 * years * (1 - commitmentDiscounts.reservation[years]) * 100) / 100;
}

/** An hour under a savings plan, USD, to a millionth. */
export function savingsPlanHourly(hourly: number, years: 1 | 3): number {
  return Math.round(hourly * (1 - commitmentDiscounts.savingsPlan[years]) * 1e6) / 1e6;
}

/** USD a GiB and month of a snapshot's full size; Azure bills the used part, so this is the most it can be. */
export const snapshotMonthlyPerGib = snapshotPrices.Standard_LRS;

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

import type { RetailPrice } from "../clouds/cloud.ts";
import type { Price, PriceUnit } from "./price.ts";
import type { PriceBook, VmPrices } from "./price-book.ts";
import type { SizeBook, VmSize } from "./size-book.ts";
import { unknownPrices } from "./unknown-prices.ts";

/** A price in USD, for tests. */
export function price<Unit extends PriceUnit>(value: string, unit: Unit): Price<Unit> {
  return { value, currency: "USD", unit };
}

/** A Linux machine's prices; reservations at 60 % and 40 % of the pay-as-you-go price unless given. */
export function vmPrices(hourly: string, more: Partial<VmPrices> = {}): VmPrices {
  const share = (factor: number) => price((Number(hourly) * factor).toFixed(6), "hour");
  return {
    payAsYouGo: price(hourly, "hour"),
    spot: share(0.2),
    windowsLicence: null,
    reservation1Year: share(0.6),
    reservation3Years: share(0.4),
    savingsPlan1Year: share(0.7),
    savingsPlan3Years: share(0.5),
    ...more,
  };
}

/** A size with what every current Dsv5 size has. */
export function vmSize(name: string, vcpus: number, memoryGib: number, more: Partial<VmSize> = {}): VmSize {
  return {
    name,
    family: "standardDSv5Family",
    vcpus,
    memoryGib,
    maxDataDisks: vcpus * 2,
    maxNetworkInterfaces: Math.max(2, Math.min(8, vcpus / 2)),
    premiumStorage: true,
    acceleratedNetworking: true,
    uncachedIops: vcpus * 1600,
    uncachedBytesPerSecond: vcpus * 40_000_000,
    temporaryDisk: false,
    hyperVGenerations: ["V1", "V2"],
    cpuArchitecture: "x64",
    vcpusPerCore: 2,
    burstable: false,
    zones: ["1", "2", "3"],
    restriction: null,
    ...more,
  };
}

/** A book that knows only what a test gives it; everything else is unknown. */
export function priceBookOf(
  known: Partial<Omit<PriceBook, "sizes">> & { sizes?: Partial<SizeBook> },
): PriceBook {
  const unknown = unknownPrices("USD");
  return {
    ...unknown,
    asOf: Temporal.Instant.from("2026-10-05T00:00:00Z"),
    doubts: [],
    ...known,
    sizes: { ...unknown.sizes, ...known.sizes },
  };
}

/** The moment at which tests ask. */
export const pricesNow = Temporal.Instant.from("2026-10-05T09:30:00Z");

/** A line of the price list: D4s v5, Linux, pay as you go, unless told otherwise. */
export function priceLine(more: Partial<RetailPrice> = {}): RetailPrice {
  return {
    currency: "USD",
    price: "0.23",
    unitOfMeasure: "1 Hour",
    region: "westeurope",
    service: "Virtual Machines",
    product: "Virtual Machines Dsv5 Series",
    sku: "D4s v5",
    armSku: "Standard_D4s_v5",
    meter: "D4s v5",
    type: "Consumption",
    reservationTerm: null,
    fromUnits: 0,
    effectiveFrom: "2023-01-01T00:00:00Z",
    primary: true,
    savingsPlans: [],
    ...more,
  };
}

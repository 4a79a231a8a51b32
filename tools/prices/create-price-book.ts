import type { RetailPrice } from "../clouds/cloud.ts";
import { vmPricesOf } from "./compute-prices.ts";
import {
  addressPrice,
  appServicePrice,
  balancerPrices,
  dtuPrice,
  poolPrice,
  serverlessPrices,
  vcorePrices,
} from "./platform-prices.ts";
import { doubtfulAgeDays, isUsable } from "./price-age.ts";
import type { PriceBook } from "./price-book.ts";
import { everywhere, machineGroup, type PriceGroupName } from "./price-groups.ts";
import type { SizeBook } from "./size-book.ts";
import {
  blobPricesOf,
  diskOperationsPrice,
  diskPrice,
  pageBlobPrice,
  snapshotPrice,
} from "./storage-prices.ts";

/** Lines of the price list as they are kept: a group in a region, of machines one size. */
export interface KeptPrices {
  region: string;
  group: string;
  /** ARM name of a machine size; "" for every other group. */
  size: string;
  readAt: Temporal.Instant;
  prices: readonly RetailPrice[];
}

/** Makes a book of what is kept. Prices in another currency than the book's, and too old ones, are left out. */
export function createPriceBook(
  kept: readonly KeptPrices[],
  options: { currency: string; sizes: SizeBook; now: Temporal.Instant },
): PriceBook {
  const { currency, sizes, now } = options;
  const used = kept.filter(({ readAt }) => isUsable(readAt, now));
  const linesOf = new Map<string, readonly RetailPrice[]>();
  for (const { region, group, size, prices } of used) {
    linesOf.set(
      keyOf(region, group, size),
      prices.filter((line) => line.currency === currency),
    );
  }
  const asOf = used.reduce<Temporal.Instant | null>(
    (oldest, { readAt }) => (oldest && Temporal.Instant.compare(oldest, readAt) <= 0 ? oldest : readAt),
    null,
  );
  const answers = new Map<string, unknown>();
  /** Each question is answered once: rules ask the same of hundreds of resources. */
  function once<Answer>(question: string, answer: () => Answer): Answer {
    if (!answers.has(question)) answers.set(question, answer());
    return answers.get(question) as Answer;
  }
  const lines = (region: string, group: PriceGroupName | typeof machineGroup, size = "") =>
    linesOf.get(keyOf(region, group, size)) ?? [];

  return {
    currency,
    asOf,
    doubts: doubtsOf(asOf, now),
    sizes,
    vm: (region, size, os) =>
      once(`vm|${region}|${size}|${os}`, () => vmPricesOf(lines(region, machineGroup, size), os, now)),
    managedDisk: (region, tier, redundancy = "LRS") =>
      once(`disk|${region}|${tier}|${redundancy}`, () =>
        diskPrice(lines(region, "managed_disks"), tier, redundancy, now),
      ),
    diskOperations: (region, tier, redundancy = "LRS") =>
      once(`operations|${region}|${tier}|${redundancy}`, () =>
        diskOperationsPrice(lines(region, "managed_disks"), tier, redundancy, now),
      ),
    snapshotGb: (region, sku) =>
      once(`snapshot|${region}|${sku}`, () => snapshotPrice(lines(region, "managed_disks"), sku, now)),
    publicIp: (region, sku, allocation = "Static") =>
      once(`ip|${region}|${sku}|${allocation}`, () =>
        addressPrice(lines(region, "addresses"), sku, allocation, now),
      ),
    loadBalancer: () => once("balancer", () => balancerPrices(lines(everywhere, "load_balancers"), now)),
    sqlDtu: (region, objective) =>
      once(`dtu|${region}|${objective}`, () => dtuPrice(lines(region, "sql_databases"), objective, now)),
    sqlPool: (region, tier, edtus) =>
      once(`pool|${region}|${tier}|${edtus}`, () =>
        poolPrice(lines(region, "sql_databases"), tier, edtus, now),
      ),
    sqlVcore: (region, tier, family = "Gen5") =>
      once(`vcore|${region}|${tier}|${family}`, () =>
        vcorePrices(lines(region, "sql_databases"), tier, family, now),
      ),
    sqlServerless: (region, tier) =>
      once(`serverless|${region}|${tier}`, () => serverlessPrices(lines(region, "sql_databases"), tier, now)),
    appServicePlan: (region, sku, os) =>
      once(`plan|${region}|${sku}|${os}`, () =>
        appServicePrice(lines(region, "app_service_plans"), sku, os, now),
      ),
    blob: (region, redundancy, tier) =>
      once(`blob|${region}|${redundancy}|${tier}`, () =>
        blobPricesOf(lines(region, "block_blobs"), redundancy, tier, now),
      ),
    pageBlob: (region, redundancy, generation) =>
      once(`page blob|${region}|${redundancy}|${generation}`, () =>
        pageBlobPrice(lines(region, "page_blobs"), redundancy, generation, now),
      ),
  };
}

function keyOf(region: string, group: string, size: string): string {
  return `${region} ${group} ${size}`.toLowerCase();
}

function doubtsOf(asOf: Temporal.Instant | null, now: Temporal.Instant): string[] {
  const days = asOf && doubtfulAgeDays(asOf, now);
  return days === null
    ? []
    : [`The price list could not be read lately; these prices are of ${days} days ago.`];
}

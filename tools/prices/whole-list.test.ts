import { afterAll, beforeAll, expect, test } from "vitest";
import { collect, openSandboxCloud } from "../clouds/azure/testing.ts";
import {
  diskTiers,
  reservationTotal,
  savingsPlanHourly,
  spotShare,
  vmSizes,
} from "../clouds/sandbox/generate/catalog.ts";
import {
  appServicePrices,
  blobPrices,
  dtuPrices,
  poolPrices,
  poolSizes,
  redundancyFactors,
  serverlessPrices,
  sqlPrices,
} from "../clouds/sandbox/generate/platform-prices.ts";
import { createPriceBook, type KeptPrices } from "./create-price-book.ts";
import { hoursPerYear } from "./price.ts";
import type { BlobTier, PriceBook, Redundancy } from "./price-book.ts";
import { machineGroup, machineService, type PriceGroup, priceGroups } from "./price-groups.ts";
import { pricesNow } from "./testing.ts";
import { unknownPrices } from "./unknown-prices.ts";

// Every price of the sandbox's catalogue must come out of its price list again, over HTTPS and by the real client.
const region = "westeurope";
const signal = new AbortController().signal;
let book: PriceBook;
let close = async () => {};

beforeAll(async () => {
  const { sandbox, cloud } = await openSandboxCloud({ resources: 60, days: 2 });
  close = () => sandbox.close();
  const kept: KeptPrices[] = [];
  const keep = (group: string, of: string, size: string, prices: KeptPrices["prices"]) =>
    kept.push({ region: of, group, size, readAt: pricesNow, prices });
  const machines = await collect(
    cloud.retailPrices({ currency: "USD", service: machineService, regions: [region] }, signal),
  );
  for (const [size, lines] of Map.groupBy(machines, ({ armSku }) => armSku))
    keep(machineGroup, region, size, lines);
  for (const { name, service, products, global } of priceGroups as readonly PriceGroup[]) {
    const query = { currency: "USD", service, products, regions: [global ? "Global" : region] };
    keep(name, global ? "global" : region, "", await collect(cloud.retailPrices(query, signal)));
  }
  book = createPriceBook(kept, { currency: "USD", sizes: unknownPrices("USD").sizes, now: pricesNow });
}, 60_000);
afterAll(() => close());

test("machines, by size and system", () => {
  for (const [name, { hourly, windowsLicenceHourly, architecture }] of Object.entries(vmSizes)) {
    const linux = book.vm(region, name, "Linux")!;
    expect(Number(linux.payAsYouGo.value), name).toBe(hourly);
    expect(Number(linux.spot?.value)).toBeCloseTo(hourly * spotShare, 6);
    expect(Number(linux.reservation1Year?.value)).toBeCloseTo(reservationTotal(hourly, 1) / hoursPerYear, 9);
    expect(Number(linux.reservation3Years?.value)).toBeCloseTo(
      reservationTotal(hourly, 3) / (3 * hoursPerYear),
      9,
    );
    expect(Number(linux.savingsPlan3Years?.value)).toBe(savingsPlanHourly(hourly, 3));
    const windows = book.vm(region, name, "Windows");
    if (architecture === "Arm64") expect(windows).toBeNull();
    else expect(Number(windows?.windowsLicence?.value)).toBeCloseTo(windowsLicenceHourly, 6);
  }
});

test("disks, by tier", () => {
  for (const [tier, { monthly }] of Object.entries(diskTiers)) {
    expect(Number(book.managedDisk(region, tier)?.value)).toBe(monthly);
    expect(book.diskOperations(region, tier) === null).toBe(tier.startsWith("P"));
  }
});

test("databases, by objective and tier", () => {
  for (const [objective, daily] of Object.entries(dtuPrices)) {
    expect(Number(book.sqlDtu(region, objective)?.value)).toBe(daily);
  }
  for (const tier of ["Basic", "Standard", "Premium"] as const) {
    for (const edtus of poolSizes[tier]) {
      const found = Number(book.sqlPool(region, tier, edtus)?.value);
      expect(found).toBeCloseTo(poolPrices[tier] * edtus, 4);
    }
  }
  for (const tier of ["GeneralPurpose", "BusinessCritical", "Hyperscale"] as const) {
    const { compute, licence, gibMonth } = sqlPrices[tier];
    const found = book.sqlVcore(region, tier)!;
    expect(Number(found.compute.value)).toBe(compute);
    expect(found.licence === null ? null : Number(found.licence.value)).toBe(licence);
    expect(Number(found.storage?.value)).toBe(gibMonth);
    expect(Number(found.reservation1Year?.value)).toBeCloseTo(reservationTotal(compute, 1) / hoursPerYear, 9);
  }
  for (const tier of ["GeneralPurpose", "Hyperscale"] as const) {
    expect(Number(book.sqlServerless(region, tier)?.compute.value)).toBe(serverlessPrices[tier]);
  }
});

test("plans, by operating system", () => {
  for (const [sku, { linux, windows }] of Object.entries(appServicePrices)) {
    expect(Number(book.appServicePlan(region, sku, "Linux")?.value)).toBe(linux);
    expect(Number(book.appServicePlan(region, sku, "Windows")?.value)).toBe(windows);
  }
});

test("blobs, by tier and redundancy", () => {
  for (const [tier, of] of Object.entries(blobPrices)) {
    for (const [redundancy, factor] of Object.entries(redundancyFactors)) {
      const found = book.blob(region, redundancy as Redundancy, tier as BlobTier);
      if (tier === "Archive" && redundancy.includes("ZRS")) {
        expect(found).toBeNull();
        continue;
      }
      expect(Number(found?.data.value)).toBeCloseTo(of.gibMonth * factor, 6);
      expect(Number(found?.readOperations?.value)).toBe(of.read);
      expect(found?.retrieval === null ? null : Number(found?.retrieval?.value)).toBe(of.retrieval);
      expect(found?.earlyDeletionDays).toBe(of.earlyDeletionDays);
    }
  }
});

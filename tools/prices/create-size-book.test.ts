import { expect, test } from "vitest";
import type { ComputeSku } from "../clouds/cloud.ts";
import { createSizeBook } from "./create-size-book.ts";

function machine(name: string, vcpus: number, more: Partial<ComputeSku> = {}): ComputeSku {
  return {
    kind: "virtual_machine",
    name,
    size: "",
    family: "f",
    zones: ["1"],
    restriction: null,
    ...more,
    capabilities: { vCPUs: String(vcpus), MemoryGB: String(vcpus * 4), ...more.capabilities },
  };
}
const skus = [
  machine("Standard_D8s_v5", 8, {
    capabilities: { PremiumIO: "True", MaxDataDiskCount: "16", MaxResourceVolumeMB: "0" },
  }),
  machine("Standard_D4s_v5", 4),
  machine("Standard_D2s_v5", 2),
  machine("Standard_D16s_v5", 16, { restriction: "NotAvailableForSubscription" }),
  machine("Standard_D8-2s_v5", 8, { capabilities: { vCPUsAvailable: "2" } }),
  machine("Standard_D4ds_v5", 4, { capabilities: { MaxResourceVolumeMB: "153600" } }),
  machine("Standard_B2ms", 2),
  machine("Standard_B8ms", 8),
  machine("Standard_X1", 1, { capabilities: { MemoryGB: "" } }),
];
const book = createSizeBook(new Map([["WestEurope", skus]]));
const names = (sizes: readonly { name: string }[]) => sizes.map(({ name }) => name);

test("smaller sizes are of the same series, the largest first, without those that cost as the whole one", () => {
  expect(names(book.smallerSizes("westeurope", "standard_d8s_v5"))).toEqual([
    "Standard_D4s_v5",
    "Standard_D2s_v5",
  ]);
  expect(book.smallerSizes("westeurope", "Standard_D2s_v5")).toEqual([]);
});

test("a size that the subscription may not use is known, but nothing to move to", () => {
  expect(book.sizeOf("westeurope", "Standard_D16s_v5")?.restriction).toBe("NotAvailableForSubscription");
  expect(names(book.sizesIn("westeurope"))).not.toContain("Standard_D16s_v5");
});

test("burstable sizes have at most the size's vCPUs", () => {
  expect(names(book.burstableSizes("westeurope", "Standard_D4s_v5"))).toEqual(["Standard_B2ms"]);
  expect(names(book.burstableSizes("westeurope", "Standard_D8s_v5"))).toEqual([
    "Standard_B8ms",
    "Standard_B2ms",
  ]);
});

test("what Azure does not say is unknown, not zero", () => {
  expect(book.sizeOf("westeurope", "Standard_D8s_v5")).toMatchObject({
    premiumStorage: true,
    maxDataDisks: 16,
    maxNetworkInterfaces: null,
    uncachedIops: null,
    temporaryDisk: false,
  });
  expect(book.sizeOf("westeurope", "Standard_D4ds_v5")?.temporaryDisk).toBe(true);
  expect(book.sizeOf("westeurope", "Standard_D4s_v5")?.temporaryDisk).toBeNull();
  expect(book.sizeOf("westeurope", "Standard_X1")).toBeNull();
});

test("vCPUs that are switched off do not count for load, but for a reservation they do", () => {
  expect(book.sizeOf("westeurope", "Standard_D8-2s_v5")?.vcpus).toBe(2);
  expect(book.flexibilityGroup("Standard_D8-2s_v5")).toEqual({ group: "Dsv5 Series", ratio: 4 });
  expect(book.flexibilityGroup("standard_d16S_V5")).toEqual({ group: "Dsv5 Series", ratio: 8 });
});

test("another region, or nothing read: unknown", () => {
  expect(book.sizeOf("northeurope", "Standard_D4s_v5")).toBeNull();
  expect(createSizeBook(new Map()).flexibilityGroup("Standard_D4s_v5")).toBeNull();
});

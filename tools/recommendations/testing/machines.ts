import type { PriceBook, VmPrices } from "../../prices/price-book.ts";
import type { VmSize } from "../../prices/size-book.ts";
import { price, priceBookOf, vmPrices, vmSize } from "../../prices/testing.ts";
import type { JudgedResource } from "../judged-resource.ts";
import { facts, hourlyUsage, resource } from "../testing.ts";

const gib = 1024 ** 3;

/** Sizes of one series, and burstable ones beside it, with what Azure says of them. */
const sizes: readonly VmSize[] = [
  ...[2, 4, 8, 16].map((vcpus) => vmSize(`Standard_D${vcpus}s_v5`, vcpus, vcpus * 4)),
  vmSize("Standard_B2ls_v2", 2, 4, { burstable: true, family: "standardBsv2Family" }),
  vmSize("Standard_B2s_v2", 2, 8, { burstable: true, family: "standardBsv2Family" }),
  vmSize("Standard_B4s_v2", 4, 16, { burstable: true, family: "standardBsv2Family" }),
];

/** Linux, USD an hour; Windows costs 0.046 more for each vCPU. */
export const hourlyPrices: Record<string, number> = {
  Standard_D2s_v5: 0.115,
  Standard_D4s_v5: 0.23,
  Standard_D8s_v5: 0.46,
  Standard_D16s_v5: 0.92,
  Standard_B2ls_v2: 0.084,
  Standard_B2s_v2: 0.096,
  Standard_B4s_v2: 0.192,
};

/** Prices and sizes for tests: one region that offers `sizes`, which a test may change. */
export function computeBook(
  more: { change?: (size: VmSize) => VmSize; vm?: PriceBook["vm"]; prices?: Partial<VmPrices> } = {},
): PriceBook {
  const offered = sizes.map(more.change ?? ((size) => size));
  const named = (name: string) => offered.find((size) => size.name === name) ?? null;
  const smallest = (family: (size: VmSize) => boolean, most: number) =>
    offered.filter((size) => family(size) && size.vcpus <= most).toReversed();
  return priceBookOf({
    sizes: {
      sizeOf: (_, name) => named(name),
      sizesIn: () => offered,
      smallerSizes: (_, name) => {
        const { family, vcpus } = named(name)!;
        return smallest((size) => size.family === family, vcpus - 1);
      },
      burstableSizes: (_, name) => smallest((size) => size.burstable, named(name)!.vcpus),
      flexibilityGroup: (name) => {
        const size = named(name);
        return size && { group: size.burstable ? "Bsv2 Series" : "DSv5 Series", ratio: size.vcpus / 2 };
      },
    },
    vm:
      more.vm ??
      ((_, name, os) => {
        const hourly = hourlyPrices[name];
        if (hourly === undefined) return null;
        const licence = 0.046 * named(name)!.vcpus;
        return vmPrices(String(hourly), {
          ...(os === "Windows"
            ? {
                payAsYouGo: price((hourly + licence).toFixed(3), "hour"),
                windowsLicence: price(licence.toFixed(3), "hour"),
              }
            : {}),
          ...more.prices,
        });
      }),
  });
}

/** A running machine in the development group, D8s_v5 unless given. */
export function machine(properties: Record<string, unknown> = {}, more: Partial<JudgedResource> = {}) {
  return resource("microsoft.compute/virtualmachines", {
    name: "vm-tool-1",
    resourceGroup: "rg-dev",
    status: "running",
    ...more,
    properties: {
      hardwareProfile: { vmSize: "Standard_D8s_v5" },
      storageProfile: { osDisk: { osType: "Linux" }, dataDisks: [] },
      networkProfile: { networkInterfaces: [] },
      ...properties,
    },
  });
}

type Series = Parameters<typeof hourlyUsage>[0];

/** Measurements of a machine of `memoryGib` that is little used; a test may change any. */
export function usageOf(series: Series = {}, { memoryGib = 32, days = 30 } = {}) {
  return hourlyUsage(
    {
      "cpu_percent/maximum": 15,
      "cpu_percent/average": 8,
      "network_out_bytes/total": 3e9,
      "network_in_bytes/total": 2e9,
      "memory_available_bytes/average": memoryGib * gib * 0.75,
      "disk_read_bytes/total": 1e9,
      "disk_write_bytes/total": 1e9,
      "disk_read_operations_per_second/maximum": 100,
      "disk_write_operations_per_second/maximum": 150,
      ...series,
    },
    days,
  );
}

/** Facts of a machine that costs 11.04 USD of compute a day, as a D8s_v5 at list price. */
export function machineFacts(more: Parameters<typeof facts>[0] = {}) {
  return facts({ prices: computeBook(), usage: usageOf(), ...more });
}

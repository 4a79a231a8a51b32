import type { ComputeSku } from "../clouds/cloud.ts";
import { flexibilityGroupOf } from "./flexibility-group.ts";
import type { DiskSize, SizeBook, VmSize } from "./size-book.ts";
import { parseSizeName } from "./size-name.ts";

/** Capabilities that we read; the rest is not kept. */
export const keptCapabilities = [
  "vCPUs",
  "vCPUsAvailable",
  "MemoryGB",
  "MaxDataDiskCount",
  "MaxNetworkInterfaces",
  "PremiumIO",
  "AcceleratedNetworkingEnabled",
  "UncachedDiskIOPS",
  "UncachedDiskBytesPerSecond",
  "MaxResourceVolumeMB",
  "HyperVGenerations",
  "CpuArchitectureType",
  "vCPUsPerCore",
  "MaxSizeGiB",
  "MaxIOps",
  "MaxBandwidthMBps",
] as const;

interface Region {
  machines: Map<string, VmSize>;
  /** Usable ones, in order. */
  sorted: VmSize[];
  disks: Map<string, DiskSize>;
}

/** What a subscription is offered, by region. Pure; made once for a judged subscription. */
export function createSizeBook(offered: ReadonlyMap<string, readonly ComputeSku[]>): SizeBook {
  const regions = new Map([...offered].map(([name, skus]) => [name.toLowerCase(), readRegion(skus)]));
  const region = (name: string) => regions.get(name.toLowerCase());
  // Resources may be written in another case than the offer; the series is named as the offer has it.
  const offeredSizes = new Map<string, { name: string; vcpus: number }>();
  const smallest = new Map<string, number>();
  for (const sku of [...offered.values()].flat()) {
    const pattern = sku.kind === "virtual_machine" ? parseSizeName(sku.name)?.pattern : undefined;
    const vcpus = readNumber(sku, "vCPUs");
    if (pattern === undefined || vcpus === null) continue;
    offeredSizes.set(sku.name.toLowerCase(), { name: sku.name, vcpus });
    smallest.set(pattern, Math.min(vcpus, smallest.get(pattern) ?? Number.POSITIVE_INFINITY));
  }

  const sizeOf: SizeBook["sizeOf"] = (of, name) => region(of)?.machines.get(name.toLowerCase()) ?? null;
  const fewer = (of: string, name: string, wanted: (size: VmSize, whole: VmSize) => boolean) => {
    const whole = sizeOf(of, name);
    if (!whole) return [];
    return (region(of)?.sorted ?? []).filter((size) => wanted(size, whole)).toReversed();
  };
  return {
    sizeOf,
    sizesIn: (of) => region(of)?.sorted ?? [],
    smallerSizes: (of, name) => {
      const pattern = parseSizeName(name)?.pattern;
      return fewer(of, name, (size, whole) => {
        const candidate = parseSizeName(size.name);
        // One with vCPUs switched off costs as much as the whole one.
        return candidate?.pattern === pattern && !candidate?.constrained && size.vcpus < whole.vcpus;
      });
    },
    burstableSizes: (of, name) =>
      fewer(
        of,
        name,
        (size, whole) => size.burstable && size.vcpus <= whole.vcpus && size.name !== whole.name,
      ),
    diskSize: (of, tier) => region(of)?.disks.get(tier.toUpperCase()) ?? null,
    flexibilityGroup: (name) => {
      const size = offeredSizes.get(name.toLowerCase());
      const pattern = parseSizeName(name)?.pattern ?? "";
      return size ? flexibilityGroupOf(size.name, size.vcpus, smallest.get(pattern) ?? 0) : null;
    },
  };
}

function readRegion(skus: readonly ComputeSku[]): Region {
  const machines = skus.filter(({ kind }) => kind === "virtual_machine").flatMap(toVmSize);
  const disks = skus.filter(({ kind }) => kind === "disk").flatMap(toDiskSize);
  return {
    machines: new Map(machines.map((size) => [size.name.toLowerCase(), size])),
    sorted: machines.filter(({ restriction }) => restriction === null).toSorted(bySize),
    // Zone-redundant kinds list the same tiers with the same limits.
    disks: new Map(disks.map((disk) => [disk.tier, disk])),
  };
}

function bySize(a: VmSize, b: VmSize): number {
  return a.vcpus - b.vcpus || a.memoryGib - b.memoryGib || (a.name < b.name ? -1 : 1);
}

/** A size without its vCPUs or memory cannot be compared with anything: it is left out. */
function toVmSize(sku: ComputeSku): VmSize[] {
  const vcpus = readNumber(sku, "vCPUsAvailable") ?? readNumber(sku, "vCPUs");
  const memoryGib = readNumber(sku, "MemoryGB");
  if (vcpus === null || memoryGib === null) return [];
  const temporaryMegabytes = readNumber(sku, "MaxResourceVolumeMB");
  return [
    {
      name: sku.name,
      family: sku.family,
      vcpus,
      memoryGib,
      maxDataDisks: readNumber(sku, "MaxDataDiskCount"),
      maxNetworkInterfaces: readNumber(sku, "MaxNetworkInterfaces"),
      premiumStorage: readTruth(sku, "PremiumIO"),
      acceleratedNetworking: readTruth(sku, "AcceleratedNetworkingEnabled"),
      uncachedIops: readNumber(sku, "UncachedDiskIOPS"),
      uncachedBytesPerSecond: readNumber(sku, "UncachedDiskBytesPerSecond"),
      temporaryDisk: temporaryMegabytes === null ? null : temporaryMegabytes > 0,
      hyperVGenerations: (sku.capabilities.HyperVGenerations ?? "").split(",").filter(Boolean),
      cpuArchitecture: sku.capabilities.CpuArchitectureType === "Arm64" ? "Arm64" : "x64",
      vcpusPerCore: readNumber(sku, "vCPUsPerCore"),
      burstable: /^standard_b\d/i.test(sku.name),
      zones: sku.zones,
      restriction: sku.restriction,
    },
  ];
}

function toDiskSize(sku: ComputeSku): DiskSize[] {
  const sizeGib = readNumber(sku, "MaxSizeGiB");
  const iops = readNumber(sku, "MaxIOps");
  const mebibytesPerSecond = readNumber(sku, "MaxBandwidthMBps");
  if (sizeGib === null || iops === null || mebibytesPerSecond === null) return [];
  return [{ tier: sku.size.toUpperCase(), sku: sku.name, sizeGib, iops, mebibytesPerSecond }];
}

type Capability = (typeof keptCapabilities)[number];

function readNumber({ capabilities }: ComputeSku, name: Capability): number | null {
  const text = capabilities[name];
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

function readTruth({ capabilities }: ComputeSku, name: Capability): boolean {
  return capabilities[name]?.toLowerCase() === "true";
}

import { stableUuid } from "../tenant/random.ts";
import type { Activity, Power, Resource, Usage } from "../tenant/tenant-schema.ts";
import { addDisk } from "./add-disk.ts";
import type { Builder, Place } from "./builder.ts";
import { type DiskTier, dailyOfHourly, licenceService, type VmSize, vmSizes } from "./catalog.ts";

export interface VmSpec {
  name: string;
  size: VmSize;
  /** Behaviour; memory follows the size unless given. */
  usage: Partial<Usage> & Pick<Usage, "cpuNightPercent" | "cpuDayPercent">;
  power?: Partial<Power>;
  osType?: "Linux" | "Windows";
  /** Windows with the licence in its price; by default the organization brings its own. */
  licenceIncluded?: boolean;
  osDisk?: DiskTier;
  dataDisks?: (DiskTier | { tier: DiskTier; activity: Activity[] })[];
  /** Network cards beside the first. */
  moreCards?: number;
  /** The organization's own price, as a share of the list price. */
  netRate?: number;
  subnetId?: string;
  publicIpId?: string;
  fixedTags?: Record<string, string>;
  /** Compute is paid by this reservation or savings plan: only amortized cost shows it. */
  benefit?: { name: string; model: "Reservation" | "SavingsPlan"; dailyShare: string };
  properties?: Record<string, unknown>;
}

/** A VM with its network cards, system disk and data disks. */
export function addVm(builder: Builder, place: Place, spec: VmSpec): Resource {
  const size = vmSizes[spec.size];
  const vmId = builder.id(place, "Microsoft.Compute/virtualMachines", spec.name);
  const cards = Array.from({ length: 1 + (spec.moreCards ?? 0) }, (_, index) =>
    builder.add(place, {
      type: "Microsoft.Network/networkInterfaces",
      name: index === 0 ? `nic-${spec.name}` : `nic-${spec.name}-${index}`,
      properties: {
        virtualMachine: { id: vmId },
        primary: index === 0,
        enableAcceleratedNetworking: size.cores >= 4,
        ipConfigurations: [
          {
            name: "ipconfig1",
            properties: {
              primary: true,
              ...(spec.subnetId ? { subnet: { id: spec.subnetId } } : {}),
              ...(spec.publicIpId && index === 0 ? { publicIPAddress: { id: spec.publicIpId } } : {}),
            },
          },
        ],
      },
    }),
  );
  const system = addDisk(builder, place, {
    name: `disk-${spec.name}-os`,
    tier: spec.osDisk ?? "P10",
    managedBy: vmId,
    osType: spec.osType ?? "Linux",
  });
  const data = (spec.dataDisks ?? []).map((disk, index) =>
    addDisk(builder, place, {
      ...(typeof disk === "string" ? { tier: disk } : disk),
      name: `disk-${spec.name}-data-${index}`,
      managedBy: vmId,
    }),
  );
  const vm = builder.add(place, {
    type: "Microsoft.Compute/virtualMachines",
    name: spec.name,
    ...(spec.fixedTags ? { fixedTags: spec.fixedTags } : {}),
    properties: {
      vmId: stableUuid(builder.seed, vmId),
      hardwareProfile: { vmSize: spec.size },
      storageProfile: {
        osDisk: { osType: spec.osType ?? "Linux", name: system.name, managedDisk: { id: system.id } },
        dataDisks: data.map((disk, lun) => ({ lun, name: disk.name, managedDisk: { id: disk.id } })),
      },
      osProfile: { computerName: spec.name },
      networkProfile: {
        networkInterfaces: cards.map(({ id }, index) => ({ id, properties: { primary: index === 0 } })),
      },
      ...(spec.osType === "Windows" && !spec.licenceIncluded ? { licenseType: "Windows_Server" } : {}),
      timeCreated: "2024-03-11T09:24:17.0000000+00:00",
      ...spec.properties,
    },
    power: { state: "running", offPeriods: [], ...spec.power },
    usage: {
      memoryBytes: size.memoryGib * 1024 ** 3,
      memoryUsedShare: 0.55,
      networkInBytesPerHour: 2.2e9,
      networkOutBytesPerHour: 3.1e9,
      diskReadBytesPerHour: 0.9e9,
      diskWriteBytesPerHour: 1.4e9,
      missing: false,
      memoryMissing: false,
      alternatesWeekly: false,
      ...spec.usage,
    },
  });
  const compute = {
    service: "Virtual Machines",
    meterSubCategory: size.series,
    meter: size.meter,
    stopsWithVm: true,
  };
  if (spec.benefit) {
    builder.charge(vm, {
      ...compute,
      shownIn: "amortized",
      pricingModel: spec.benefit.model,
      benefitName: spec.benefit.name,
      amount: { kind: "fixed", daily: spec.benefit.dailyShare },
    });
  } else {
    const hourly = size.hourly * (spec.netRate ?? 1);
    builder.charge(vm, { ...compute, amount: { kind: "fixed", daily: dailyOfHourly(hourly) } });
  }
  if (spec.licenceIncluded) {
    builder.charge(vm, {
      service: licenceService,
      meterSubCategory: "Windows Server",
      meter: `${size.cores} vCPU VM License`,
      stopsWithVm: true,
      amount: { kind: "fixed", daily: dailyOfHourly(size.windowsLicenceHourly) },
    });
  }
  return vm;
}

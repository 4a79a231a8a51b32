import { stableUuid } from "../tenant/random.ts";
import type { Power, Resource, Usage } from "../tenant/tenant-schema.ts";
import { addDisk } from "./add-disk.ts";
import type { Builder, Place } from "./builder.ts";
import { type DiskTier, dailyOfHourly, type VmSize, vmSizes } from "./catalog.ts";

export interface VmSpec {
  name: string;
  size: VmSize;
  /** Behaviour; memory follows the size unless given. */
  usage: Partial<Usage> & Pick<Usage, "cpuNightPercent" | "cpuDayPercent">;
  power?: Partial<Power>;
  osType?: "Linux" | "Windows";
  dataDisks?: DiskTier[];
  subnetId?: string;
  publicIpId?: string;
  fixedTags?: Record<string, string>;
  /** Compute is paid by this reservation or savings plan: only amortized cost shows it. */
  benefit?: { name: string; model: "Reservation" | "SavingsPlan"; dailyShare: string };
  properties?: Record<string, unknown>;
}

/** A VM with its network card, system disk and data disks. */
export function addVm(builder: Builder, place: Place, spec: VmSpec): Resource {
  const size = vmSizes[spec.size];
  const vmId = builder.id(place, "Microsoft.Compute/virtualMachines", spec.name);
  const nic = builder.add(place, {
    type: "Microsoft.Network/networkInterfaces",
    name: `nic-${spec.name}`,
    properties: {
      virtualMachine: { id: vmId },
      primary: true,
      enableAcceleratedNetworking: size.cores >= 4,
      ipConfigurations: [
        {
          name: "ipconfig1",
          properties: {
            primary: true,
            ...(spec.subnetId ? { subnet: { id: spec.subnetId } } : {}),
            ...(spec.publicIpId ? { publicIPAddress: { id: spec.publicIpId } } : {}),
          },
        },
      ],
    },
  });
  const system = addDisk(builder, place, {
    name: `disk-${spec.name}-os`,
    tier: "P10",
    managedBy: vmId,
    osType: spec.osType ?? "Linux",
  });
  const data = (spec.dataDisks ?? []).map((tier, index) =>
    addDisk(builder, place, { name: `disk-${spec.name}-data-${index}`, tier, managedBy: vmId }),
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
      networkProfile: { networkInterfaces: [{ id: nic.id, properties: { primary: true } }] },
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
    builder.charge(vm, { ...compute, amount: { kind: "fixed", daily: dailyOfHourly(size.hourly) } });
  }
  return vm;
}

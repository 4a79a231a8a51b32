import { diskBlobId } from "../../disk-blob-id.ts";
import type { StoredBlob } from "../tenant/blob-schema.ts";
import { pick, randomInteger } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import type { Builder } from "./builder.ts";
import { dailyOfMonthly } from "./catalog.ts";
import { productionPlace } from "./places.ts";
import { pageBlobPrices } from "./platform-prices.ts";
import { createRound } from "./workload.ts";

const gib = 1024 ** 3;
/** A fixed VHD is its disk and a footer of a page. */
const vhd = (sizeGib: number) => sizeGib * gib + 512;
const vmName = "vm-intranet-prod-001";
const container = "vhds";

/** A general-purpose account that nothing else was planted in; undefined in an estate without one. */
export function hostOfUnmanagedDisks(builder: Builder): Resource | undefined {
  const { resources, plants } = builder.result();
  const planted = new Set(plants.map((plant) => ("resourceId" in plant ? plant.resourceId : "")));
  const hosts = resources.filter(
    ({ id, type, kind, sku }) =>
      type === "Microsoft.Storage/storageAccounts" &&
      kind === "StorageV2" &&
      sku?.name === "Standard_LRS" &&
      !planted.has(id),
  );
  return hosts.length === 0 ? undefined : pick(hosts, builder.seed, "unmanaged disks");
}

/** A machine from before managed disks, deallocated since Azure starts none of its kind any more. */
export function addUnmanagedMachine(builder: Builder, host: Resource): void {
  const place = { ...productionPlace(builder, createRound(0)), region: host.location };
  const id = builder.id(place, "Microsoft.Compute/virtualMachines", vmName);
  const card = builder.add(place, {
    type: "Microsoft.Network/networkInterfaces",
    name: `nic-${vmName}`,
    properties: {
      virtualMachine: { id },
      primary: true,
      ipConfigurations: [{ name: "ipconfig1", properties: { primary: true } }],
    },
  });
  const disk = (name: string) => ({
    vhd: { uri: `https://${host.name}.blob.core.windows.net/${container}/${name}` },
  });
  builder.add(place, {
    type: "Microsoft.Compute/virtualMachines",
    name: vmName,
    properties: {
      hardwareProfile: { vmSize: "Standard_D2s_v3" },
      storageProfile: {
        osDisk: { osType: "Linux", name: "os", diskSizeGB: 64, ...disk(machineDisks.system) },
        dataDisks: [
          { lun: 0, name: "data", diskSizeGB: 256, ...disk(machineDisks.data) },
          { lun: 1, name: "old", diskSizeGB: 64, ...disk(machineDisks.unleased) },
        ],
      },
      osProfile: { computerName: vmName },
      networkProfile: { networkInterfaces: [{ id: card.id, properties: { primary: true } }] },
      timeCreated: "2017-05-02T08:11:40.0000000+00:00",
    },
    power: { state: "deallocated", since: "2020-01-01", offPeriods: [] },
  });
  builder.plant({ kind: "assessment", check: "REL-VM-02", resourceId: id });
}

const machineDisks = {
  system: `${vmName}20170502101140.vhd`,
  data: `${vmName}-Data-0.vhd`,
  unleased: `${vmName}-old.vhd`,
};

/** Blobs of the account: what the machine runs on, disks that were left behind, and what only looks like one. */
export function plantUnmanagedDisks(builder: Builder, host: Resource): StoredBlob[] {
  const { beforeQuarter, recently } = builder.calendar;
  const blobs: StoredBlob[] = [];
  const add = (name: string, sizeBytes: number, more: Partial<StoredBlob> = {}) => {
    const blob: StoredBlob = {
      accountId: host.id,
      container,
      name,
      type: "PageBlob",
      sizeBytes,
      lease: "available",
      created: "2019-03-12",
      lastModified: beforeQuarter(randomInteger(20, 400, builder.seed, "unmanaged disks", name)),
      metadata: {},
      snapshots: [],
      ...more,
    };
    blobs.push(blob);
    // Page blobs are billed by what was written; ours are full.
    const charge =
      blob.type === "PageBlob"
        ? builder.charge(host, {
            id: `${host.id.toLowerCase()}#page blob ${blob.container}/${name}`,
            service: "Storage",
            meterSubCategory: "Standard Page Blob v2",
            meter: "LRS Data Stored",
            amount: { kind: "fixed", daily: dailyOfMonthly((blob.sizeBytes / gib) * pageBlobPrices.LRS) },
          })
        : undefined;
    return { id: diskBlobId(host.id, blob.container, name), blob, charge };
  };
  const machineOf = (machine: string, kind: string) => ({
    MicrosoftAzureCompute_VMName: machine,
    MicrosoftAzureCompute_DiskType: kind,
  });

  const hasMachine = builder.result().resources.some(({ name }) => name === vmName);
  if (hasMachine) {
    const leased = { lease: "leased", lastModified: recently } as const;
    add(machineDisks.system, vhd(64), { ...leased, metadata: machineOf(vmName, "OSDisk") });
    add(machineDisks.data, vhd(256), {
      ...leased,
      metadata: machineOf(vmName, "DataDisk"),
      snapshots: ["2025-02-01"],
    });
  }
  for (const [name, sizeGib, machine] of [
    ["vm-crm-prod-00120190312093455.vhd", 128, "vm-crm-prod-001"],
    [
      "Archive-Data-1.vhd",
      randomInteger(200, 900, builder.seed, "unmanaged disks", "size"),
      "vm-archive-2018",
    ],
  ] as const) {
    const { id, blob, charge } = add(name, vhd(sizeGib), { metadata: machineOf(machine, "DataDisk") });
    builder.plant({
      kind: "waste",
      type: "unattached_disk",
      resourceId: id,
      since: blob.lastModified,
      why: `The disk of ${machine}, which was deleted: no lease holds it and no machine names it.`,
      billedAs: [charge!.id],
    });
  }
  const traps: [{ id: string }, string][] = [
    [
      add("Microsoft.Compute/Images/vhds/golden-osDisk.7d9df1c9.vhd", vhd(30), {
        container: "system",
        metadata: { MicrosoftAzureCompute_ImageType: "OSDisk", MicrosoftAzureCompute_OSState: "Generalized" },
      }),
      "An image that machines are made of.",
    ],
    [
      add("base-windows.vhd", vhd(127), { container: "templates", lastModified: recently }),
      "Uploaded two days ago.",
    ],
    [add("seed-cloud-init.vhd", 20 * 1024 ** 2 + 512), "A seed of 20 MiB, which is no disk of a machine."],
    [add("appliance-1.vhd", vhd(40), { lease: "leased" }), "Somebody else holds a lease on it."],
    [
      add("audit-2019.vhd", vhd(100), { metadata: { Retention: "10_years" } }),
      "Its metadata say that it is retained.",
    ],
    [
      add("asrreplica-vm-sap.vhd", vhd(256), { container: "asr-replica" }),
      "The copy of a machine for a failover.",
    ],
    [
      add("upload-of-a-disk.vhd", vhd(30), { container: "uploads", type: "BlockBlob" }),
      "A file, no disk: a block blob.",
    ],
    ...(hasMachine
      ? [
          [
            add(machineDisks.unleased, vhd(64), { lease: "broken" }),
            "A machine names it, though its lease was broken.",
          ] as [{ id: string }, string],
        ]
      : []),
  ];
  for (const [{ id }, why] of traps) {
    builder.plant({ kind: "trap", type: "unattached_disk", resourceId: id, why });
  }
  return blobs;
}

import { randomInteger } from "../tenant/random.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { addVm } from "./add-vm.ts";
import type { Builder, Place } from "./builder.ts";
import { dailyOfMonthly, snapshotMonthlyPerGib } from "./catalog.ts";
import { productionPlace } from "./places.ts";
import { numbered, type Workload } from "./workload.ts";

/** Snapshots that nobody needs any more, and those that somebody does. */
export const snapshots: Workload = (builder, round) => {
  const prod = productionPlace(builder, round);
  const { beforeQuarter, recently } = builder.calendar;
  const vm = addVm(builder, prod, {
    name: numbered("vm-archive-prod", round, 1),
    size: "Standard_D4s_v5",
    dataDisks: ["E20", "E10"],
    usage: { cpuNightPercent: 32, cpuDayPercent: 57, memoryUsedShare: 0.7 },
  });
  const [documents, index] = builder.result().resources.filter(({ managedBy, properties }) => {
    return managedBy === vm.id && properties.osType === undefined;
  });
  const gone = builder.id(prod, "Microsoft.Compute/disks", `disk-retired-system${round.suffix}`);
  const add = (
    name: string,
    source: string,
    created: string,
    sizeGb: number,
    tags?: Record<string, string>,
  ) => addSnapshot(builder, prod, { name: numbered(name, round, 1), source, created, sizeGb, tags });
  const age = (name: string) => randomInteger(60, 200, builder.seed, name, round.index);

  const old = beforeQuarter(age("snap-documents"));
  const orphaned = beforeQuarter(age("snap-retired") + 90);
  for (const [snapshot, since, why] of [
    [
      add("snap-documents-before-upgrade", documents!.id, old, 512),
      old,
      "A newer snapshot of its disk exists.",
    ],
    [add("snap-retired-system", gone, orphaned, 256), orphaned, "Its disk was deleted long ago."],
  ] as const) {
    builder.plant({ kind: "waste", type: "snapshot_cleanup", resourceId: snapshot.id, since, why });
  }
  for (const [snapshot, why] of [
    [add("snap-documents-last", documents!.id, recently, 512), "Two days old, and the newest of its disk."],
    [add("snap-index-only", index!.id, beforeQuarter(70), 128), "The only snapshot of its disk."],
    [
      add("snap-documents-audit", documents!.id, beforeQuarter(150), 512, { Retention: "7 years" }),
      "A tag says that it is retained.",
    ],
    [
      add("AzureBackup_documents", documents!.id, beforeQuarter(80), 512, { RSVaultBackup: "rsv-platform" }),
      "The backup vault manages it.",
    ],
  ] as const) {
    builder.plant({ kind: "trap", type: "snapshot_cleanup", resourceId: snapshot.id, why });
  }
};

function addSnapshot(
  builder: Builder,
  place: Place,
  snapshot: {
    name: string;
    source: string;
    created: string;
    sizeGb: number;
    tags: Record<string, string> | undefined;
  },
): Resource {
  const resource = builder.add(place, {
    type: "Microsoft.Compute/snapshots",
    name: snapshot.name,
    sku: { name: "Standard_LRS", tier: "Standard" },
    ...(snapshot.tags ? { fixedTags: snapshot.tags } : {}),
    properties: {
      diskSizeGB: snapshot.sizeGb,
      diskState: "Unattached",
      incremental: false,
      timeCreated: `${snapshot.created}T03:12:44.0000000+00:00`,
      creationData: { createOption: "Copy", sourceResourceId: snapshot.source },
    },
  });
  builder.charge(resource, {
    service: "Storage",
    meterSubCategory: "Standard HDD Managed Disks",
    meter: "Snapshots LRS",
    amount: { kind: "fixed", daily: dailyOfMonthly(snapshot.sizeGb * snapshotMonthlyPerGib) },
  });
  return resource;
}

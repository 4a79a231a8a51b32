import { randomInteger, stableUuid } from "../tenant/random.ts";
import { addDisk } from "./add-disk.ts";
import type { DiskTier } from "./catalog.ts";
import { numbered, place, type Workload } from "./workload.ts";

/** Disks that nobody uses, and disks that only look like it. */
export const unattachedDisks: Workload = (builder, round) => {
  const data = place(builder, round, {
    subscription: "production",
    group: "rg-data-prod",
    application: "orders",
    team: "data",
    environment: "Production",
    costCenter: "CC-1020",
  });
  const dev = place(builder, round, {
    subscription: "development",
    group: "rg-dev",
    application: "webshop",
    team: "web",
    environment: "Development",
    costCenter: "CC-3010",
  });
  const backup = place(builder, round, {
    subscription: "shared",
    group: "rg-backup-dr",
    application: "recovery",
    team: "platform",
    environment: "Shared",
    costCenter: "CC-9000",
    region: "northeurope",
  });
  const waste: [typeof data, string, DiskTier][] = [
    [data, "disk-migration", "P30"],
    [data, "disk-old-warehouse", "P30"],
    [data, "disk-export", "P20"],
    [dev, "disk-dev-scratch", "E20"],
    [dev, "disk-dev-old-agent", "P10"],
    [dev, "disk-dev-archive", "S30"],
  ];
  for (const [index, [where, name, tier]] of waste.entries()) {
    const since = builder.calendar.beforeQuarter(randomInteger(14, 210, builder.seed, name, round.index));
    const disk = addDisk(builder, where, {
      name: numbered(name, round, index + 1),
      tier,
      ownershipChanged: since,
    });
    builder.plant({
      kind: "waste",
      type: "unattached_disk",
      resourceId: disk.id,
      since,
      why: "Detached when its VM was deleted; nothing refers to it.",
    });
  }
  const replica = addDisk(builder, backup, {
    name: `asrseeddisk-vm-warehouse-prod${round.suffix}-001`,
    tier: "P30",
    diskState: "Reserved",
    ownershipChanged: builder.calendar.beforeQuarter(40),
    fixedTags: { "ASR-ReplicaDisk": "vm-warehouse-prod" },
  });
  const restored = addDisk(builder, backup, {
    name: numbered("disk-restore-point", round, 1),
    tier: "P20",
    ownershipChanged: builder.calendar.beforeQuarter(33),
    fixedTags: { RSVaultBackup: "rsv-platform", Purpose: "disaster recovery" },
  });
  const exporting = addDisk(builder, data, {
    name: numbered("disk-export-running", round, 1),
    tier: "P10",
    diskState: "ActiveSAS",
    ownershipChanged: builder.calendar.beforeQuarter(28),
  });
  const nightly = addDisk(builder, dev, {
    name: numbered("disk-nightly-refresh", round, 1),
    tier: "E10",
    ownershipChanged: builder.calendar.recently,
  });
  const byTag = addDisk(builder, dev, {
    name: numbered("disk-cluster-volume", round, 1),
    tier: "P10",
    ownershipChanged: builder.calendar.beforeQuarter(26),
    fixedTags: { "kubernetes.io-created-for-pv-name": "pv-metrics" },
  });
  const byName = addDisk(builder, dev, {
    name: `kubernetes-dynamic-pvc-${stableUuid(builder.seed, "volume", round.index)}`,
    tier: "E10",
    ownershipChanged: builder.calendar.beforeQuarter(31),
  });
  const traps: [typeof replica, string][] = [
    [byTag, "A tag says that it is a cluster's persistent volume."],
    [byName, "Its name says that it is a cluster's persistent volume, though nobody tagged it."],
    [replica, "The replica disk of Site Recovery: attached only after a failover."],
    [restored, "Kept by the backup vault for disaster recovery, as its tags say."],
    [exporting, "An active SAS reads it now."],
    [nightly, "Detached two days ago: a job attaches it again."],
  ];
  for (const [disk, why] of traps) {
    builder.plant({ kind: "trap", type: "unattached_disk", resourceId: disk.id, why });
  }
};

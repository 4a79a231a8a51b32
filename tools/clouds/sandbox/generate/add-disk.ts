import type { Activity, Resource } from "../tenant/tenant-schema.ts";
import type { Builder, Place } from "./builder.ts";
import { type DiskTier, dailyOfMonthly, diskTiers } from "./catalog.ts";

/** A managed disk and its charge; attached to `managedBy` when given. */
export function addDisk(
  builder: Builder,
  place: Place,
  disk: {
    name: string;
    tier: DiskTier;
    managedBy?: string;
    osType?: "Linux" | "Windows";
    /** When it was last attached or detached. */
    ownershipChanged?: string;
    diskState?: "Unattached" | "Attached" | "Reserved" | "ActiveSAS";
    fixedTags?: Record<string, string>;
    activity?: Activity[];
    properties?: Record<string, unknown>;
  },
): Resource {
  const { sku, tier, sizeGb, monthly, product } = diskTiers[disk.tier];
  const resource = builder.add(place, {
    type: "Microsoft.Compute/disks",
    name: disk.name,
    sku: { name: sku, tier },
    ...(disk.managedBy ? { managedBy: disk.managedBy } : {}),
    ...(disk.activity ? { activity: disk.activity } : {}),
    ...(disk.fixedTags ? { fixedTags: disk.fixedTags } : {}),
    properties: {
      diskSizeGB: sizeGb,
      tier: disk.tier,
      diskState: disk.diskState ?? (disk.managedBy ? "Attached" : "Unattached"),
      ...(disk.osType ? { osType: disk.osType } : {}),
      timeCreated: "2024-03-11T09:24:17.0000000+00:00",
      ...(disk.ownershipChanged
        ? { LastOwnershipUpdateTime: `${disk.ownershipChanged}T14:05:31.0000000+00:00` }
        : {}),
      encryption: { type: "EncryptionAtRestWithPlatformKey" },
      ...disk.properties,
    },
  });
  builder.charge(resource, {
    service: "Storage",
    meterSubCategory: product,
    meter: `${disk.tier} LRS Disk`,
    amount: { kind: "fixed", daily: dailyOfMonthly(monthly) },
  });
  return resource;
}

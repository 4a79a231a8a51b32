import { pick, random } from "../tenant/random.ts";
import { diskActivity } from "./add-activity.ts";
import { addVm } from "./add-vm.ts";
import { type DiskTier, diskTiers } from "./catalog.ts";
import { productionPlace } from "./places.ts";
import { numbered, type Workload } from "./workload.ts";

/** Premium data disks that do next to nothing, and one that does for an hour a night only. */
export const diskTierChoices: Workload = (builder, round) => {
  const prod = productionPlace(builder, round);
  const tier = pick(["P20", "P30"] as const, builder.seed, "disk-tier", round.index);
  const target: DiskTier = tier === "P20" ? "E20" : "E30";
  const { iops, monthly } = diskTiers[tier];
  const share = 0.01 + 0.01 * random(builder.seed, "disk-tier-share", round.index);
  addVm(builder, prod, {
    name: numbered("vm-documents-prod", round, 1),
    size: "Standard_D4s_v5",
    dataDisks: [
      { tier, activity: diskActivity(iops * share) },
      { tier, activity: diskActivity(iops * share, { everyHours: 24, value: iops * 0.7 }) },
    ],
    usage: { cpuNightPercent: 30, cpuDayPercent: 55, memoryUsedShare: 0.7 },
  });
  const [quiet, nightly] = builder
    .result()
    .resources.filter(({ name }) => name.startsWith(`disk-${numbered("vm-documents-prod", round, 1)}-data-`));
  builder.plant({
    kind: "waste",
    type: "storage_tier",
    resourceId: quiet!.id,
    since: builder.calendar.beforeQuarter(45),
    why: "Under 5 % of its operations and throughput: documents that are rarely opened.",
    becomes: { target, remainingShare: diskTiers[target].monthly / monthly },
  });
  builder.plant({
    kind: "trap",
    type: "storage_tier",
    resourceId: nightly!.id,
    why: "Quiet by day, but an hour each night uses most of it.",
  });
};

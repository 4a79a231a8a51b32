import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import { readProperty, readText } from "../../clouds/read-property.ts";
import {
  type ActionReader,
  type ActionStep,
  defineAction,
  type JsonRecord,
} from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import { premiumTier, raisedTier } from "../../recommendations/premium-tier.ts";
import { changeRisk } from "../change-risk.ts";
import { findDynamicAddresses, unplannedLoss } from "../find-dynamic-addresses.ts";
import { powerStep } from "../power-step.ts";
import { interruption, refuseUnmovable } from "../stop-for-change.ts";
import { targetChoice } from "../target-choice.ts";

/**
 * `machine`: the one that has to be off for it; null: none has the disk, or it is off already. `tier`: the performance
 * tier that a premium disk was given above that of its size. Plans of version 1 did not know of it.
 */
const Parameters = z.object({
  from: z.string(),
  to: z.string(),
  machine: z.string().nullable(),
  tier: z.string().nullable().default(null),
  dynamicAddresses: z.array(z.string()),
});
const operations = [
  "Microsoft.Compute/disks/write",
  "Microsoft.Compute/virtualMachines/deallocate/action",
  "Microsoft.Compute/virtualMachines/start/action",
];

/** Kinds between which Azure changes a disk as it is, by the letter of their tiers: P10, E10, S10. */
const kinds: Record<string, string> = { P: "Premium", E: "StandardSSD", S: "Standard" };
const kindName = /^(Premium|StandardSSD|Standard)_(LRS|ZRS)$/i;

/**
 * Gives managed disks another kind (premium SSD, standard SSD, standard HDD) of the same size and redundancy; a
 * machine that has the disk is off meanwhile. Source: learn.microsoft.com, "Change the disk type of an Azure managed
 * disk".
 */
export default defineAction({
  name: "change_disk_kind",
  version: 2,
  title: "Change the kind of disks",
  examples: [
    "move the premium disks that need no premium to standard SSD",
    "change disk-vm-documents-prod-001-data-0 to standard SSD",
  ],
  resourceType: "microsoft.compute/disks",
  resolves: ["storage_tier"],
  operations,
  headline: (count) => (count === 1 ? "Change the kind of 1 disk" : `Change the kind of ${count} disks`),
  input: z.object(targetChoice),

  async plan(reader, live, { to = "" }) {
    const from = kindOf(live) ?? "";
    const target = targetKind(from, to);
    if (!target || !kindName.test(from)) {
      throw new AppError("unsupported", `${live.name} (${from || "of unknown kind"}) cannot become ${to}.`, {
        hint: "Azure changes disks between Premium, StandardSSD and Standard of the same redundancy, such as StandardSSD_LRS.",
      });
    }
    if (target.toLowerCase() === from.toLowerCase()) {
      throw new AppError("conflict", `${live.name} is ${from} already.`, {
        hint: "There is nothing to change.",
      });
    }
    refuseUnfit(live);
    const machine = await machineOf(reader, live);
    if (machine) refuseUnmovable(machine);
    const running = machine?.status === "running" ? machine : null;
    const tier = raisedTierOf(live);
    const dynamicAddresses = running ? await findDynamicAddresses(reader, running) : [];
    return {
      parameters: { from, to: target, machine: running?.id ?? null, tier, dynamicAddresses },
      effects: [
        `${from} becomes ${target}; its data stays, its operations and throughput change.`,
        ...(tier
          ? [
              `Its performance tier ${tier}, set above the ${premiumTier(sizeOf(live))} of its size, ends with ${from}.`,
            ]
          : []),
        ...(running ? [`It belongs to ${running.name}.`, ...interruption(dynamicAddresses)] : []),
        "Azure lets a disk change its kind twice a day.",
        ...(/^standard/i.test(target) ? ["Standard disks bill transactions too."] : []),
      ],
      risk: changeRisk("change_disk_kind", running),
      reversible: true,
      createdMonthlyCost: null,
    };
  },

  apply: { driftFields, checkEvidence: speaksAgainst, steps: stepsTo("to") },

  undo: {
    describe: (parameters) => {
      const { from, machine, tier } = Parameters.parse(parameters);
      return `Change it back to ${from}${tier ? ` of tier ${tier}` : ""}${machine ? ", with its machine off again" : ""}.`;
    },
    headline: (count) =>
      count === 1 ? "Change the kind of 1 disk back" : `Change the kind of ${count} disks back`,
    effects: (parameters) => {
      const { from, machine, tier, dynamicAddresses } = Parameters.parse(parameters);
      return [
        `It becomes ${from} again${tier ? `, with performance tier ${tier}` : ""}.`,
        ...(machine ? interruption(dynamicAddresses) : []),
      ];
    },
    until: () => null,
    operations,
    driftFields,
    checkEvidence: speaksAgainst,
    steps: stepsTo("from"),
  },
});

/** Its machine off, another kind, its machine on again. */
function stepsTo(which: "from" | "to"): readonly ActionStep[] {
  const machine = (parameters: JsonRecord) => Parameters.parse(parameters).machine;
  const wanted = (parameters: JsonRecord) => Parameters.parse(parameters)[which];
  /** Azure gives a disk that becomes premium the tier of its size, unless another one is asked for. */
  const tier = (parameters: JsonRecord) => (which === "from" ? Parameters.parse(parameters).tier : null);
  return [
    powerStep("deallocate", { machine }),
    {
      name: "change_kind",
      changes: (parameters) => ({ kind: wanted(parameters), raisedTier: tier(parameters) }),
      submit: ({ cloud, resourceId, live, parameters, signal }) =>
        cloud.update(
          resourceId,
          {
            sku: { name: wanted(parameters) },
            ...(tier(parameters) ? { properties: { tier: tier(parameters) } } : {}),
          },
          live?.etag ?? null,
          signal,
        ),
      async verify({ live, parameters }) {
        if (live === null) return "unknown";
        if (/^updating$/i.test(readText(live.properties, "provisioningState") ?? "")) return "under_way";
        const hasTier = tier(parameters) === null || tierOf(live) === tier(parameters);
        return kindOf(live) === wanted(parameters) && hasTier ? "done" : "not_done";
      },
    },
    powerStep("start", { machine, restores: "Its machine was started again." }),
  ];
}

/** "E10" and "StandardSSD_LRS" alike, as the disk's redundancy has it; undefined: Azure does not change it so. */
function targetKind(from: string, to: string): string | undefined {
  const redundancy = from.split("_")[1]?.toUpperCase() ?? "";
  const tier = /^([PES])\d+$/i.exec(to)?.[1]?.toUpperCase();
  const wanted = tier ? `${kinds[tier]}_${redundancy}` : to;
  const [, kind = "", of = ""] = kindName.exec(wanted) ?? [];
  const name = Object.values(kinds).find((known) => known.toLowerCase() === kind.toLowerCase());
  // Standard HDD has no zone-redundant kind.
  return name && of.toUpperCase() === redundancy && !(name === "Standard" && redundancy === "ZRS")
    ? `${name}_${redundancy}`
    : undefined;
}

function refuseUnfit(live: LiveResource): void {
  const refuse = (why: string) => {
    throw new AppError("unsupported", `${live.name} ${why}.`, { hint: "Change that in Azure first." });
  };
  if (Number(readProperty(live.properties, "maxShares") ?? 1) > 1) refuse("is shared by several machines");
  if (readProperty(live.properties, "burstingEnabled") === true)
    refuse("bursts on demand, which only premium disks do");
}

async function machineOf({ cloud, signal }: ActionReader, live: LiveResource): Promise<LiveResource | null> {
  const owner = readText(live.properties, "managedBy");
  if (!owner) return null;
  const machine = await cloud.resource(owner.toLowerCase(), signal);
  if (!machine)
    throw new AppError("conflict", `What has ${live.name} is not found: ${owner}.`, { hint: "Scan again." });
  return machine;
}

const kindOf = (live: LiveResource | null) => readText(live?.properties, "sku", "name") ?? null;
const tierOf = (live: LiveResource | null) => readText(live?.properties, "tier");
const raisedTierOf = (live: LiveResource | null) => raisedTier(tierOf(live), sizeOf(live));
const sizeOf = (live: LiveResource | null) => Number(readProperty(live?.properties, "diskSizeGB"));

function driftFields(live: LiveResource | null): JsonRecord {
  return {
    exists: live !== null,
    kind: kindOf(live),
    raisedTier: raisedTierOf(live),
    sizeGb: (readProperty(live?.properties, "diskSizeGB") as number | undefined) ?? null,
    managedBy: readText(live?.properties, "managedBy") ?? null,
    // Another disk made under the same name has another one.
    uniqueId: readText(live?.properties, "uniqueId") ?? null,
  };
}

/** Its machine must be as it was planned, until it is off for this; from then on only going on helps. */
async function speaksAgainst(
  reader: ActionReader,
  live: LiveResource | null,
  parameters: JsonRecord,
  step = "deallocate",
): Promise<string | null> {
  const { machine: id, dynamicAddresses } = Parameters.parse(parameters);
  const machine = live && (await machineOf(reader, live));
  if (!machine || (id !== null && step !== "deallocate")) return null;
  if (machine.status !== (id === null ? "deallocated" : "running")) {
    return `its machine ${machine.name} is ${machine.status ?? "in an unknown state"} now.`;
  }
  return id === null ? null : unplannedLoss(reader, machine, dynamicAddresses);
}

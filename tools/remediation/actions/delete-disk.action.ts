import { createHash } from "node:crypto";
import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import type { ResourceDefinition } from "../../clouds/cloud-write.ts";
import { readProperty, readText } from "../../clouds/read-property.ts";
import {
  type ActionReader,
  defineAction,
  type JsonRecord,
  type StepState,
} from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import { decimal } from "../../kernel/money.ts";
import {
  disasterRecovery,
  firstFound,
  keptCopy,
  kubernetesVolume,
  lookFor,
} from "../../recommendations/counter-evidence.ts";
import { changeRisk } from "../change-risk.ts";
import { isGone } from "../is-gone.ts";
import { isMade } from "../is-made.ts";
import { Definition, idToMake, readDefinition } from "../read-definition.ts";

const dayMs = 86_400_000;
/** A disk that had an owner since is not deleted, whatever an organization's threshold for recommending it. */
const restingDays = 7;
const longestTagValue = 256;
/** List price of a standard snapshot, USD a GiB and month (azure.microsoft.com, managed disks pricing, LRS). */
const snapshotUsdPerGbMonth = "0.05";

const Parameters = z.object({
  snapshotId: z.string(),
  keepUntil: z.iso.datetime(),
  disk: Definition,
});

/** What of a disk is its definition; content comes from the snapshot, state and ids from Azure. */
const definingProperties = [
  "diskSizeGB",
  "osType",
  "hyperVGeneration",
  "tier",
  "diskIOPSReadWrite",
  "diskMBpsReadWrite",
  "diskIOPSReadOnly",
  "diskMBpsReadOnly",
  "encryption",
  "encryptionSettingsCollection",
  "networkAccessPolicy",
  "publicNetworkAccess",
  "diskAccessId",
  "dataAccessAuthMode",
  "maxShares",
  "burstingEnabled",
  "optimizedForFrequentAttach",
  "supportsHibernation",
  "supportedCapabilities",
  "securityProfile",
  "purchasePlan",
];

/** Deletes unattached managed disks, each after a snapshot that is kept for a stated time at a stated cost. */
export default defineAction({
  name: "delete_disk",
  version: 1,
  title: "Delete disks",
  examples: [
    "delete the unattached disks in rg-dev",
    "remove the orphaned disks",
    "clean up disk-dev-archive-006",
  ],
  resourceType: "microsoft.compute/disks",
  resolves: ["unattached_disk"],
  operations: ["Microsoft.Compute/disks/delete", "Microsoft.Compute/snapshots/write"],
  headline: (count) => (count === 1 ? "Delete 1 disk" : `Delete ${count} disks`),
  input: z.object({
    keepSnapshotDays: z.number().int().min(1).max(90).default(14).describe("How long the snapshot is kept"),
  }),

  async plan({ now, realNow }, live, { keepSnapshotDays }) {
    const refusal = speaksAgainst(live, now());
    if (refusal) throw new AppError("conflict", `${live.name} ${refusal}.`, { hint: "It was left out." });
    const keepUntil = new Date(realNow().getTime() + keepSnapshotDays * dayMs).toISOString();
    const sizeGb = Number(readProperty(live.properties, "diskSizeGB") ?? 0);
    const cost = decimal(snapshotUsdPerGbMonth).times(sizeGb).toFixed();
    return {
      parameters: {
        snapshotId: snapshotIdOf(live, keepUntil),
        keepUntil,
        disk: readDefinition(live, definingProperties),
      },
      effects: [
        `A snapshot is made first and kept until ${keepUntil.slice(0, 10)}; it costs at most $${cost} a month (list price). After that day the data is gone for good.`,
        "A restored disk has the same name, size, tier and tags, but another unique id and creation time, and Azure no longer knows when it was last attached.",
      ],
      risk: changeRisk("delete_disk", live),
      reversible: true,
      createdMonthlyCost: sizeGb > 0 ? { value: cost, currency: "USD" } : null,
    };
  },

  apply: {
    // All that a restored disk is made from: what came after the plan would be lost by the way back.
    driftFields: (live) => ({
      exists: live !== null,
      diskState: (live && readText(live.properties, "diskState")) ?? null,
      managedBy: (live && readText(live.properties, "managedBy")) ?? null,
      uniqueId: (live && identityOf(live)) ?? null,
      ...(live ? readDefinition(live, definingProperties) : {}),
    }),
    async checkEvidence({ now }, live) {
      const reason = live && speaksAgainst(live, now());
      return reason ? `it ${reason}.` : null;
    },
    steps: [
      {
        name: "snapshot",
        submit: ({ cloud, resourceId, parameters, signal }) =>
          cloud.create(Parameters.parse(parameters).snapshotId, snapshotOf(resourceId, parameters), signal),
        verify: async ({ cloud, resourceId, parameters, signal }) =>
          isCopied(await cloud.resource(Parameters.parse(parameters).snapshotId, signal), resourceId),
      },
      {
        name: "delete",
        submit: ({ cloud, resourceId, live, signal }) => cloud.delete(resourceId, live?.etag ?? null, signal),
        verify: async ({ live }) => isGone(live),
      },
    ],
  },

  leavesBehind: (parameters) => {
    const { snapshotId, keepUntil } = Parameters.parse(parameters);
    return { resourceId: snapshotId, until: keepUntil };
  },

  undo: {
    describe: (parameters) =>
      `Restore it from the snapshot, until ${Parameters.parse(parameters).keepUntil.slice(0, 10)}.`,
    headline: (count) => (count === 1 ? "Restore 1 disk" : `Restore ${count} disks`),
    effects: () => ["It costs again."],
    until: (parameters) => Parameters.parse(parameters).keepUntil,
    operations: ["Microsoft.Compute/disks/write", "Microsoft.Compute/snapshots/read"],
    driftFields: (live) => ({ exists: live !== null }),
    checkEvidence: snapshotGone,
    steps: [
      {
        name: "restore",
        submit: ({ cloud, resourceId, parameters, signal }) =>
          cloud.create(
            idToMake(resourceId, Parameters.parse(parameters).disk),
            restoredFrom(parameters),
            signal,
          ),
        verify: async ({ live }) => isMade(live),
      },
    ],
  },
});

/** In use, kept on purpose, or in use until the other day; as the end of a sentence. */
function speaksAgainst(live: LiveResource, now: Temporal.Instant): string | null {
  return inUse(live) ?? keptOnPurpose(live) ?? usedLately(live, now);
}

function usedLately(live: LiveResource, now: Temporal.Instant): string | null {
  const changed = readText(live.properties, "LastOwnershipUpdateTime");
  if (!changed) return null;
  const days = (now.epochMilliseconds - Date.parse(changed)) / dayMs;
  return days < restingDays ? "was in use until less than a week ago" : null;
}

function inUse(live: LiveResource): string | null {
  const owner = readText(live.properties, "managedBy");
  if (owner) return `is attached to ${owner}`;
  const state = readText(live.properties, "diskState");
  return state && state.toLowerCase() !== "unattached" ? `is in the state ${state}` : null;
}

function keptOnPurpose(live: LiveResource): string | null {
  const found = firstFound(lookFor(live, [disasterRecovery, kubernetesVolume, keptCopy]));
  return found ? `is kept on purpose (${found})` : null;
}

/** Which disk of this name it is. */
const identityOf = ({ properties }: LiveResource) =>
  readText(properties, "uniqueId") ?? readText(properties, "timeCreated");

/** A snapshot of premium SSD v2 and ultra disks is there before all of its data is; the disk must stay until then. */
function isCopied(snapshot: LiveResource | null, diskId: string): StepState {
  // Whoever reads the plan knows the name: a snapshot of something else under it must not cost the disk its data.
  const source = readText(snapshot?.properties, "creationData", "sourceResourceId");
  if (snapshot && source?.toLowerCase() !== diskId) return "unknown";
  const percent = readProperty(snapshot?.properties, "completionPercent");
  const made = isMade(snapshot);
  return made === "done" && typeof percent === "number" && percent < 100 ? "under_way" : made;
}

/**
 * The plan's own, so that a second try finds the first one's snapshot, and another plan never takes an older one for
 * its own. Azure allows 80 characters: letters, digits and _.-
 */
function snapshotIdOf(live: LiveResource, keepUntil: string): string {
  const mark = createHash("sha256")
    .update(`${live.id} ${identityOf(live) ?? ""} ${keepUntil}`)
    .digest("hex")
    .slice(0, 10);
  const group = live.id.slice(0, live.id.indexOf("/providers/"));
  const readable = live.name
    .toLowerCase()
    .replace(/[^a-z0-9_.-]/g, "-")
    .slice(0, 60);
  return `${group}/providers/microsoft.compute/snapshots/undo-${readable}-${mark}`;
}

function snapshotOf(diskId: string, parameters: JsonRecord): ResourceDefinition {
  const { disk, keepUntil } = Parameters.parse(parameters);
  return {
    type: "microsoft.compute/snapshots",
    region: disk.region,
    tags: {
      "cloudoptima-undo": [...diskId].slice(0, longestTagValue).join(""),
      "cloudoptima-delete-after": keepUntil,
    },
    sku: { name: "Standard_LRS" },
    properties: { creationData: { createOption: "Copy", sourceResourceId: diskId }, incremental: true },
  };
}

function restoredFrom(parameters: JsonRecord): ResourceDefinition {
  const { disk, snapshotId } = Parameters.parse(parameters);
  const creationData = { createOption: "Copy", sourceResourceId: snapshotId };
  return { ...disk, properties: { ...disk.properties, creationData } };
}

async function snapshotGone(
  { cloud, signal }: ActionReader,
  _live: LiveResource | null,
  parameters: JsonRecord,
): Promise<string | null> {
  const snapshot = await cloud.resource(Parameters.parse(parameters).snapshotId, signal);
  return snapshot ? null : "its snapshot is gone.";
}

import { diskBlobType } from "../../clouds/disk-blob-id.ts";
import { readDay, readText } from "../../clouds/read-property.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import {
  backupHint,
  disasterRecovery,
  firstFound,
  keptCopy,
  kubernetesVolume,
  lookFor,
} from "../counter-evidence.ts";
import { fine, type Verdict } from "../finding.ts";
import { judgeDiskBlob } from "../judge-disk-blob.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { defineRule, type Limits } from "../rule.ts";
import { savingsOfEnding } from "../savings.ts";
import { costWindow, daysSince } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

/**
 * unattached_disk: a managed disk that no machine has owned for 7 days, counted from its last detach when Azure
 * tells it. Not for Site Recovery copies, disks with an active SAS, volumes of Kubernetes, or disks that a
 * backup or retention tag keeps. Saves the disk's own cost. Unmanaged disks too: virtual hard disks in storage
 * accounts (judgeDiskBlob). Source: RULES.md, "Recommendation rules".
 */
export default defineRule({
  type: "unattached_disk",
  resourceTypes: ["microsoft.compute/disks", diskBlobType],
  metrics: [],
  thresholds: {
    detachedDays: {
      default: 7,
      minimum: 1,
      maximum: 365,
      unit: "days",
      description:
        "Days without an owner (of an unmanaged disk: without a write) before a disk counts as forgotten (Azure Advisor: 30, FinOps practice: 7)",
    },
  },
  judge: (disk, facts, limits) =>
    disk.type === diskBlobType
      ? judgeDiskBlob(disk, facts, limits.detachedDays)
      : judgeUnattachedDisk(disk, facts, limits),
});

function judgeUnattachedDisk(
  disk: JudgedResource,
  facts: ResourceFacts,
  { detachedDays }: Limits<"detachedDays">,
): Verdict {
  const state = readText(disk.properties, "diskState")?.toLowerCase();
  const owner = readText(disk.properties, "managedBy");
  if (owner || facts.usedBy("disk").length > 0) return fine("A machine owns it.");
  // Reserved: its machine is deallocated. ActiveSAS: someone is reading or writing it now.
  if (state !== undefined && state !== "unattached") return fine(`Its state is ${state ?? "not told"}.`);
  const counterEvidence = [
    ...lookFor(disk, [disasterRecovery, kubernetesVolume, keptCopy]),
    { looked: "active shared access (SAS)", found: null },
  ];
  const kept = firstFound(counterEvidence);
  if (kept) return fine(`Kept on purpose: ${kept}.`);

  const changed = readDay(disk.properties, "lastOwnershipUpdateTime");
  const since = changed ?? readDay(disk.properties, "timeCreated");
  const days = since ? daysSince(since, facts.today) : null;
  if (days !== null && days < detachedDays) return fine(`Without an owner for only ${days} days.`);

  const savings = savingsOfEnding(disk.id, facts.costs, costWindow(facts, changed ?? null));
  const size = Number(disk.properties.diskSizeGB);
  const sizeText = Number.isFinite(size) && size > 0 ? `${size} GB ` : "";
  const hints = lookFor(disk, [backupHint]);
  const hint = firstFound(hints);
  return wasteOf({
    type: "unattached_disk",
    title: `Delete unattached disk ${disk.name}`,
    description: `This ${sizeText}disk belongs to no machine${
      changed ? ` since ${changed}` : ""
    }, yet it is billed every day. If nobody needs its data, a snapshot and a delete end the cost.`,
    effort: "easy",
    risk: changeRisk("delete_disk", disk),
    savings,
    confidence: [0.95, "No machine owns it and nothing marks it as kept."],
    doubts: [
      ...(hint ? [`Found ${hint}.`] : []),
      ...(changed ? [] : ["Azure does not tell when it was detached."]),
    ],
    evidence: [
      { label: "Disk state", value: "Unattached", unit: "text", window: null },
      ...(changed
        ? [{ label: "Last attached or detached", value: changed, unit: "date", window: null }]
        : []),
      ...(changed && days !== null
        ? [{ label: "Days without an owner", value: String(days), unit: "days", window: null }]
        : []),
    ],
    counterEvidence: [...counterEvidence, ...hints],
    steps: [
      "Ask the owner named in its tags or resource group whether the data is still needed.",
      "Make a snapshot first: it costs a fraction of the disk and brings the data back; its cost is not in the saving.",
      "Delete the disk.",
    ],
    remediation: "delete_disk",
  });
}

import { readDay, readText } from "../clouds/read-property.ts";
import { changeRisk } from "../remediation/change-risk.ts";
import { disasterRecovery, firstFound, keptCopy, kubernetesVolume, lookFor } from "./counter-evidence.ts";
import { savingsOfDiskBlob, sizeOfDiskBlob } from "./disk-blob.ts";
import { type CounterEvidence, fine, unknown, type Verdict } from "./finding.ts";
import type { JudgedResource, ResourceFacts } from "./judged-resource.ts";
import { daysSince } from "./state-days.ts";
import { wasteOf } from "./waste.ts";

const gib = 1024 ** 3;

/** Virtual hard disks that machines are made of, not on. */
const image = {
  looked: "image or template (container, name or metadata)",
  tag: /^microsoftazurecompute_(imagetype=|osstate=generalized)/i,
  name: /(^|[^a-z])(images?|templates?|golden)([^a-z]|$)/i,
};

/**
 * An unmanaged disk that nobody holds: no lease, named by no machine or image, not written for `leftDays`. Azure's
 * word for it is an unleased page blob (learn.microsoft.com: "Find and delete unattached Azure unmanaged disks").
 * Under a GiB it is a seed or a test, no machine's disk.
 */
export function judgeDiskBlob(disk: JudgedResource, facts: ResourceFacts, leftDays: number): Verdict {
  if (disk.status !== "unleased") return fine("A lease holds it.");
  if (facts.usedBy("disk_blob").length > 0) return fine("A machine or an image names it.");
  const size = sizeOfDiskBlob(disk);
  if (size < gib) return fine("It is smaller than any machine's disk.");
  const counterEvidence = lookAround(disk);
  const kept = firstFound(counterEvidence);
  if (kept) return fine(`Kept on purpose: ${kept}.`);
  const written = readDay(disk.properties, "lastModified");
  if (!written) return unknown("Azure does not tell when it was last written.");
  const days = daysSince(written, facts.today);
  if (days < leftDays) return fine(`Written only ${days} days ago.`);

  const account = readText(disk.properties, "account") ?? "its storage account";
  const machine = readText(disk.properties, "metadata", "microsoftazurecompute_vmname");
  const sizeGib = Math.round((size / gib) * 10) / 10;
  const text = (label: string, value: string) => ({ label, value, unit: "text", window: null });
  return wasteOf({
    type: "unattached_disk",
    title: `Delete unattached unmanaged disk ${disk.name}`,
    description: `This ${sizeGib} GiB virtual hard disk in storage account ${account} is leased by nobody, and no machine names it; it was last written on ${written}. Its account is billed for it every day.`,
    effort: "easy",
    risk: changeRisk("delete_disk", disk),
    savings: savingsOfDiskBlob(disk, facts),
    confidence: [0.9, "No lease holds it, no machine names it, and nothing marks it as kept."],
    doubts: [],
    evidence: [
      text("Lease state", readText(disk.properties, "leaseState") ?? "available"),
      text("Storage account", account),
      { label: "Size", value: String(sizeGib), unit: "GiB", window: null },
      { label: "Last written", value: written, unit: "date", window: null },
      { label: "Days without a write", value: String(days), unit: "days", window: null },
      ...(machine ? [text("Machine that it was a disk of", machine)] : []),
    ],
    counterEvidence,
    steps: [
      `Ask the owner of storage account ${account}${machine ? `, or of the machine ${machine}` : ""}, whether the data is still needed.`,
      "Where it may be, copy it to a cool block blob first: that costs a fraction.",
      `Delete the blob with its snapshots in the storage account: container ${readText(disk.properties, "container") ?? ""}, ${readText(disk.properties, "blob") ?? disk.name}.`,
    ],
  });
}

/** What the blob itself says, and its container and account. */
function lookAround(disk: JudgedResource): CounterEvidence[] {
  const metadata = disk.properties.metadata as Record<string, string> | undefined;
  const marks = [image, disasterRecovery, kubernetesVolume, keptCopy];
  const named = [disk.name, readText(disk.properties, "blob"), readText(disk.properties, "container")];
  const looked = named
    .filter((name) => name !== undefined)
    .map((name) => lookFor({ ...disk, name, tags: { ...disk.tags, ...metadata } }, marks));
  return marks.map(
    (_, index) => looked.map((one) => one[index]!).find(({ found }) => found !== null) ?? looked[0]![index]!,
  );
}

import { readDay, readText } from "../../clouds/read-property.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import { disasterRecovery, firstFound, keptCopy, lookFor } from "../counter-evidence.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { defineRule, type Limits } from "../rule.ts";
import { savingsOfEnding } from "../savings.ts";
import { costWindow, daysSince } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

/**
 * snapshot_cleanup: a snapshot older than 30 days of whose disk a newer snapshot exists, or older than 90 days
 * whose disk is gone. Not for those that an image is made of, that a backup service manages or a tag retains, nor for undo snapshots of our
 * own, which a job deletes when they expire. Saves the snapshot's own cost. Source: RULES.md.
 */
export default defineRule({
  type: "snapshot_cleanup",
  resourceTypes: ["microsoft.compute/snapshots"],
  metrics: [],
  thresholds: {
    supersededDays: {
      default: 30,
      minimum: 1,
      maximum: 3650,
      unit: "days",
      description: "Age from which a snapshot with a newer one of the same disk is not needed",
    },
    sourceGoneDays: {
      default: 90,
      minimum: 1,
      maximum: 3650,
      unit: "days",
      description: "Age from which a snapshot of a disk that is gone is not needed",
    },
  },
  judge: judgeSnapshot,
});

function judgeSnapshot(
  snapshot: JudgedResource,
  facts: ResourceFacts,
  limits: Limits<"supersededDays" | "sourceGoneDays">,
): Verdict {
  const created = readDay(snapshot.properties, "timeCreated");
  const source = readText(snapshot.properties, "creationData", "sourceResourceId")?.toLowerCase();
  if (!created || !source) return unknown("Azure does not tell when or of what it was made.");
  const counterEvidence = lookFor(snapshot, [managedSnapshot, keptCopy, disasterRecovery]);
  const kept = firstFound(counterEvidence);
  if (kept) return fine(`Kept on purpose: ${kept}.`);

  if (facts.usedBy("source_snapshot").length > 0) return fine("An image is made of it.");

  const age = daysSince(created, facts.today);
  const newer = newerSnapshot(snapshot, source, created, facts);
  const diskIsThere = facts.isThere(source);
  const sameSubscription = source.split("/")[2] === snapshot.id.split("/")[2];
  if (diskIsThere === null && !newer) return unknown("Its disk is in a subscription that is not read.");
  if (diskIsThere && !newer) return fine("The only recent copy of its disk.");
  const needed = newer ? limits.supersededDays : limits.sourceGoneDays;
  if (age < needed) return fine(`Only ${age} days old.`);
  const diskName = source.split("/").at(-1) ?? source;
  const { start, end } = costWindow(facts, created);
  return wasteOf({
    type: "snapshot_cleanup",
    title: `Delete old snapshot ${snapshot.name}`,
    description: newer
      ? `This snapshot of ${diskName} is ${age} days old, and ${newer.name} is a newer one of the same disk. It is billed for the space that it takes.`
      : `This snapshot is ${age} days old and its disk ${diskName} is gone. It is billed for the space that it takes.`,
    effort: "easy",
    risk: changeRisk("delete_snapshot", snapshot),
    savings: savingsOfEnding(snapshot.id, facts.costs, { start, end }),
    confidence: newer
      ? [0.9, "A newer snapshot of the same disk exists, and nothing marks this one as kept."]
      : [0.85, "Its disk is gone, and nothing marks it as kept."],
    doubts: newer || sameSubscription ? [] : ["Its disk was in another subscription."],
    evidence: [
      { label: "Made", value: created, unit: "date", window: null },
      { label: "Age", value: String(age), unit: "days", window: null },
      { label: "Made of", value: diskName, unit: "text", window: null },
      newer
        ? { label: "Newer snapshot", value: newer.name, unit: "text", window: null }
        : { label: "The disk", value: "gone", unit: "text", window: null },
    ],
    counterEvidence,
    steps: [
      newer
        ? "Check that nobody needs the older state."
        : "Check that this is not the last copy of data that somebody needs: once deleted it can't be had back.",
      "Delete the snapshot.",
    ],
    remediation: "delete_snapshot",
  });
}

/** Snapshots that a service made and deletes itself: backup restore points, ours before a change. */
export const managedSnapshot = {
  looked: "managed by a backup service or made by CloudOptima to undo a change",
  tag: /cloudoptima|azure[ _-]?backup|restorepoint|created-?by.*=.*backup/i,
  name: /^(azurebackup_|cloudoptima-)/i,
};

function newerSnapshot(
  snapshot: JudgedResource,
  source: string,
  created: string,
  facts: ResourceFacts,
): JudgedResource | undefined {
  return facts
    .usedBy("source_disk", source)
    .filter((id) => id !== snapshot.id)
    .flatMap((id) => facts.related(id) ?? [])
    .find((other) => (readDay(other.properties, "timeCreated") ?? "") > created);
}

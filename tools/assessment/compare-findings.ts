import type { OpenFinding } from "@cloudoptima/db/queries/assessments.ts";
import type { Finding } from "./assess.ts";

/** What a run changes in the findings that were open before it. */
export interface FindingChanges {
  /** Ids of findings that are so no more. */
  ended: string[];
  /** Still so, for other reasons. */
  renewed: { id: string; evidence: unknown[] }[];
  opened: Finding[];
  /** Failures that were none before. */
  newCount: number;
  /** Failures that are none any more and not merely unknown. */
  fixedCount: number;
}

/** Compares a run with what was open before it. Pure; linear in both. */
export function compareFindings(before: readonly OpenFinding[], found: readonly Finding[]): FindingChanges {
  const keyOf = (one: { checkId: string; resourceId: string }) => `${one.checkId} ${one.resourceId}`;
  const now = new Map(found.map((finding) => [keyOf(finding), finding]));
  const changes: FindingChanges = { ended: [], renewed: [], opened: [], newCount: 0, fixedCount: 0 };
  const kept = new Set<string>();
  for (const old of before) {
    const key = keyOf(old);
    const finding = now.get(key);
    if (finding?.result === old.result) {
      kept.add(key);
      if (JSON.stringify(finding.evidence) !== JSON.stringify(inOrder(old.evidence))) {
        changes.renewed.push({ id: old.id, evidence: finding.evidence });
      }
      continue;
    }
    changes.ended.push(old.id);
    if (old.result === "fail" && !finding) changes.fixedCount++;
  }
  for (const finding of found) {
    if (kept.has(keyOf(finding))) continue;
    changes.opened.push(finding);
    if (finding.result === "fail") changes.newCount++;
  }
  return changes;
}

/** The database orders the keys of its objects in its own way. */
function inOrder(evidence: readonly unknown[]): unknown[] {
  return evidence.map((item) => {
    const { label, path, value } = item as Finding["evidence"][number];
    return { label, path, value };
  });
}

import { allChecks } from "./all-checks.ts";
import type { AssessedResource, AssessmentFacts } from "./assessed-resource.ts";
import type { Check } from "./check.ts";
import { evaluate } from "./evaluate-condition.ts";
import { type EvidenceItem, gatherEvidence } from "./gather-evidence.ts";

export type CheckResult = "pass" | "fail" | "unknown" | "not_applicable";

/** What did not pass, or could not be told. */
export interface Finding {
  checkId: string;
  resourceId: string;
  result: "fail" | "unknown";
  evidence: EvidenceItem[];
}

/** How many resources of a group passed a check. */
export interface CheckCount {
  checkId: string;
  subscriptionId: string;
  resourceGroup: string;
  passed: number;
  failed: number;
  unknown: number;
}

export interface Assessment {
  resourceCount: number;
  findings: Finding[];
  counts: CheckCount[];
}

/** A check's result for one resource. */
export function judge(check: Check, resource: AssessedResource, facts: AssessmentFacts): CheckResult {
  const applies = check.when ? evaluate(check.when, { resource }, facts) : true;
  if (applies === false) return "not_applicable";
  if (applies === "unknown") return "unknown";
  const passes = evaluate(check.passes, { resource }, facts);
  if (passes === "unknown") return "unknown";
  return passes ? "pass" : "fail";
}

/**
 * Every check on every resource of its type, in one pass: time grows with resources x checks of their type, memory
 * with what did not pass. Pure.
 */
export function assess(
  resources: readonly AssessedResource[],
  facts: AssessmentFacts,
  checks: readonly Check[] = allChecks,
): Assessment {
  const byType = groupByType(checks);
  const findings: Finding[] = [];
  const counts = new Map<string, CheckCount>();
  for (const resource of resources) {
    for (const check of byType.get(resource.type) ?? []) {
      const result = judge(check, resource, facts);
      if (result === "not_applicable") continue;
      count(counts, check, resource, result);
      if (result === "pass") continue;
      const evidence = gatherEvidence(check, resource, facts);
      findings.push({ checkId: check.id, resourceId: resource.id, result, evidence });
    }
  }
  return { resourceCount: resources.length, findings, counts: [...counts.values()] };
}

function groupByType(checks: readonly Check[]): Map<string, Check[]> {
  const byType = new Map<string, Check[]>();
  for (const check of checks) {
    for (const type of check.appliesTo) byType.set(type, [...(byType.get(type) ?? []), check]);
  }
  return byType;
}

function count(
  counts: Map<string, CheckCount>,
  { id: checkId }: Check,
  { subscriptionId, resourceGroup }: AssessedResource,
  result: "pass" | "fail" | "unknown",
): void {
  const group = resourceGroup ?? "";
  const key = `${checkId} ${subscriptionId} ${group}`;
  let own = counts.get(key);
  if (!own) {
    own = { checkId, subscriptionId, resourceGroup: group, passed: 0, failed: 0, unknown: 0 };
    counts.set(key, own);
  }
  own[result === "pass" ? "passed" : result === "fail" ? "failed" : "unknown"]++;
}

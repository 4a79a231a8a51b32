import type { StoredCount } from "@cloudoptima/db/queries/assessments.ts";
import type { Check } from "./check.ts";
import { severityWeights } from "./pillars.ts";

/** A check with how many resources of the scope passed it. */
export interface CheckTotal {
  check: Check;
  passedCount: number;
  failedCount: number;
  unknownCount: number;
}

/** What each check came to, over all places. */
export function totalByCheck(counts: readonly StoredCount[], checks: readonly Check[]): CheckTotal[] {
  const byCheck = Map.groupBy(counts, ({ checkId }) => checkId);
  return checks.map((check) => {
    const own = byCheck.get(check.id) ?? [];
    const sum = (field: "passed" | "failed" | "unknown") => own.reduce((total, one) => total + one[field], 0);
    return { check, passedCount: sum("passed"), failedCount: sum("failed"), unknownCount: sum("unknown") };
  });
}

/** Failing checks: severest first, and of one severity the one that most resources fail. */
export function failingChecks(totals: readonly CheckTotal[]): CheckTotal[] {
  return totals
    .filter(({ failedCount }) => failedCount > 0)
    .sort(
      (a, b) =>
        severityWeights[b.check.severity] - severityWeights[a.check.severity] ||
        b.failedCount - a.failedCount ||
        a.check.id.localeCompare(b.check.id),
    );
}

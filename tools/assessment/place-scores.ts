import type { StoredCount } from "@cloudoptima/db/queries/assessments.ts";
import { findCheck } from "./all-checks.ts";
import type { PlaceScore } from "./assessment-shapes.ts";
import { coveragePercent, overallPercent, scorePercent, tallyPillars } from "./score.ts";

/** Scores of each resource group or subscription, worst first; one that nothing is known of comes last. */
export function placeScores(
  counts: readonly StoredCount[],
  by: "resource_group" | "subscription",
  subscriptionNames: ReadonlyMap<string, string>,
): PlaceScore[] {
  const places = Map.groupBy(counts, (count) =>
    by === "subscription" ? count.subscriptionId : `${count.subscriptionId}/${count.resourceGroup}`,
  );
  const scored = [...places].map(([key, own]) => {
    const tallies = tallyPillars(own, findCheck);
    const sum = (
      field: "passed" | "failed" | "unknown" | "passedWeight" | "failedWeight" | "unknownWeight",
    ) => tallies.reduce((total, tally) => total + tally[field], 0);
    const scores = tallies
      .map((tally) => ({ pillar: tally.pillar, scorePercent: scorePercent(tally) }))
      .filter(({ scorePercent }) => scorePercent !== null);
    const { subscriptionId, resourceGroup } = own[0]!;
    const name = subscriptionNames.get(subscriptionId) ?? subscriptionId;
    return {
      key,
      label: by === "subscription" ? name : resourceGroup || `${name}, no group`,
      overallScorePercent: overallPercent(scores.map(({ scorePercent }) => scorePercent)),
      coveragePercent: coveragePercent({
        passedWeight: sum("passedWeight"),
        failedWeight: sum("failedWeight"),
        unknownWeight: sum("unknownWeight"),
      }),
      passedCount: sum("passed"),
      failedCount: sum("failed"),
      unknownCount: sum("unknown"),
      pillars: scores,
    };
  });
  const rank = ({ overallScorePercent }: PlaceScore) => Number(overallScorePercent ?? 101);
  return scored.sort(
    (a, b) => rank(a) - rank(b) || b.failedCount - a.failedCount || a.key.localeCompare(b.key),
  );
}

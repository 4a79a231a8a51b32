import type { Check } from "./check.ts";
import { type Pillar, pillars, severityWeights } from "./pillars.ts";

/** Results counted, and weighted by the severity of their checks. */
export interface Tally {
  passed: number;
  failed: number;
  unknown: number;
  passedWeight: number;
  failedWeight: number;
  unknownWeight: number;
}

export interface PillarTally extends Tally {
  pillar: Pillar;
}

const nothing: Tally = {
  passed: 0,
  failed: 0,
  unknown: 0,
  passedWeight: 0,
  failedWeight: 0,
  unknownWeight: 0,
};

/** Adds up counts of checks by pillar; every pillar is there, in the framework's order. */
export function tallyPillars(
  counts: readonly { checkId: string; passed: number; failed: number; unknown: number }[],
  find: (id: string) => Check | undefined,
): PillarTally[] {
  const tallies = new Map(pillars.map((pillar) => [pillar, { pillar, ...nothing }]));
  for (const { checkId, passed, failed, unknown } of counts) {
    const check = find(checkId);
    // A check that the product no longer has counts no more.
    if (!check) continue;
    const weight = severityWeights[check.severity];
    const tally = tallies.get(check.pillar)!;
    tally.passed += passed;
    tally.failed += failed;
    tally.unknown += unknown;
    tally.passedWeight += passed * weight;
    tally.failedWeight += failed * weight;
    tally.unknownWeight += unknown * weight;
  }
  return [...tallies.values()];
}

/**
 * passed weight / (passed + failed), as a percentage with one decimal; null when nothing was known. What does not
 * apply is left out, and what is unknown shows as coverage (RULES.md, "Well-Architected checks").
 */
export function scorePercent({
  passedWeight,
  failedWeight,
}: Pick<Tally, "passedWeight" | "failedWeight">): string | null {
  return percentOf(passedWeight, passedWeight + failedWeight);
}

/** known weight / (known + unknown), as a percentage with one decimal; null when nothing applies. */
export function coveragePercent(tally: Pick<Tally, "passedWeight" | "failedWeight" | "unknownWeight">) {
  const known = tally.passedWeight + tally.failedWeight;
  return percentOf(known, known + tally.unknownWeight);
}

/** Mean of the pillars' scores, so that a pillar with few checks counts like one with many; null without any. */
export function overallPercent(scores: readonly (string | null)[]): string | null {
  const known = scores.filter((score) => score !== null).map(Number);
  if (known.length === 0) return null;
  return (known.reduce((sum, score) => sum + score, 0) / known.length).toFixed(1);
}

function percentOf(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const rounded = Math.round((part * 1000) / whole) / 10;
  // One failure in many thousands is not nothing: only the whole is 100, only nothing is 0.
  const shown = part < whole ? Math.min(rounded, 99.9) : rounded;
  return (part > 0 ? Math.max(shown, 0.1) : shown).toFixed(1);
}

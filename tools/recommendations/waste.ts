import { confidenceOf } from "./confidence.ts";
import type { CounterEvidence, Evidence, Finding, ReckonedTarget, Verdict } from "./finding.ts";
import { impactOf } from "./net-rate.ts";
import type { RecommendationType } from "./recommendation-types.ts";
import type { Savings } from "./savings.ts";

/** What a rule says of waste; the rest of the finding follows from it. */
export interface WasteWords {
  type: RecommendationType;
  title: string;
  /** For somebody who is no expert: what is wrong, what is done, what remains. */
  description: string;
  effort: Finding["effort"];
  risk: Finding["risk"];
  savings: Savings;
  /** Confidence without any doubt, 0 to 1, and why. */
  confidence: readonly [base: number, reason: string];
  doubts: readonly string[];
  /** What was measured; the evidence of the savings is added. */
  evidence: readonly Evidence[];
  counterEvidence: readonly CounterEvidence[];
  steps: readonly string[];
  /** What it is now, where it is changed and not removed: told in evidence, as a name that sentences may use. */
  sizeNow?: string;
  target?: ReckonedTarget;
  remediation?: string;
}

/** The verdict "waste" with its finding. */
export function wasteOf(words: WasteWords): Verdict {
  const {
    savings,
    confidence,
    doubts,
    evidence,
    counterEvidence,
    steps,
    sizeNow,
    target,
    remediation,
    ...rest
  } = words;
  const finding: Finding = {
    ...rest,
    impact: impactOf(savings.monthlySavings),
    monthlySavings: savings.monthlySavings,
    annualSavings: savings.annualSavings,
    currency: savings.currency,
    basis: savings.basis,
    effects: savings.effects,
    target: target ?? null,
    remediation: remediation ?? null,
    ...confidenceOf(...confidence, [...doubts, ...savings.doubts]),
    evidence: [
      ...evidence,
      ...(sizeNow ? [{ label: "Size now", value: sizeNow, unit: "text", window: null }] : []),
      ...savings.evidence,
    ],
    counterEvidence: [...counterEvidence],
    steps: [...steps],
  };
  return { verdict: "waste", finding };
}

import { decimal, type ExactDecimal } from "../../kernel/money.ts";
import type { KnownFacts } from "./known-facts.ts";

/** What a saving is worth when it may go wrong: the same money at low risk is worth twice as much as at high risk. */
const riskWeights = { low: "1", medium: "0.8", high: "0.5" } as const;
/** And when it takes work: a week of it should be worth more than a click. */
const effortWeights = { easy: "1", medium: "0.85", hard: "0.65" } as const;

/** The rule, as it is told to people. */
export const priorityFormula =
  "saving a month × confidence × risk (low 1, medium 0.8, high 0.5) × effort (easy 1, medium 0.85, hard 0.65); what commits for years after the rest";

/** What comes first by rule: the more is saved, the surer, the safer and the easier. null: no saving is known. */
export function priorityOf(facts: KnownFacts): ExactDecimal | null {
  if (facts.monthlySavings === null || facts.currency === null) return null;
  return decimal(facts.monthlySavings)
    .times(facts.confidence)
    .times(riskWeights[facts.risk])
    .times(effortWeights[facts.effort]);
}

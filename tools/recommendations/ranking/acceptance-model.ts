import { median } from "simple-statistics";
import { z } from "zod";
import type { Decision } from "./decisions.ts";
import type { KnownFacts } from "./known-facts.ts";
import { chanceOf, type Features, fitLogistic } from "./logistic-regression.ts";

/**
 * How much of a recommendation's saving an organization accepts and keeps, by what is known of it. Plain numbers, so
 * that it can be kept.
 */
export const AcceptanceModel = z.object({
  constant: z.number(),
  weights: z.record(z.string(), z.number()),
  /** Usual saving by currency: "large" and "small" are told against it. */
  usualSavings: z.record(z.string(), z.number()),
});
export type AcceptanceModel = z.infer<typeof AcceptanceModel>;

// So strong that four decisions of a kind, all alike, move its odds about twofold.
const penalty = 2;
/**
 * However often such things are refused: whoever refuses many small ones, by a script too, moves a large one down by no
 * more than this.
 */
const leastLikelihood = 0.1;
// What was seen less often says nothing of its own.
const leastSeen = 5;

/** Learns from decisions alone: what they do not show is not in the model. */
export function learnAcceptance(decisions: readonly Decision[]): AcceptanceModel {
  const usualSavings = usualOf(decisions);
  const described = decisions.map(({ facts, kept }) => ({
    features: describe(facts, usualSavings),
    target: kept,
  }));
  const seen = new Map<string, number>();
  for (const { features } of described) {
    for (const name of features.keys()) seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  const examples = described.map(({ features, target }) => ({
    features: new Map([...features].filter(([name]) => seen.get(name)! >= leastSeen)),
    target,
  }));
  const { constant, byFeature } = fitLogistic(examples, penalty);
  return { constant, weights: Object.fromEntries(byFeature), usualSavings };
}

/** How much of a saving this organization is likely to accept and keep, 0.1 to 1. */
export function likelihoodBy(model: AcceptanceModel): (facts: KnownFacts) => number {
  const weights = { constant: model.constant, byFeature: new Map(Object.entries(model.weights)) };
  return (facts) => Math.max(leastLikelihood, chanceOf(weights, describe(facts, model.usualSavings)));
}

function describe(facts: KnownFacts, usualSavings: Record<string, number>): Features {
  const features = new Map<string, number>([
    [`type ${facts.type}`, 1],
    [`risk ${facts.risk}`, 1],
    [`effort ${facts.effort}`, 1],
    [`environment ${facts.environment ?? "unknown"}`, 1],
    ["confidence", 2 * Number(facts.confidence) - 1],
  ]);
  if (facts.resourceGroup) features.set(`group ${facts.resourceGroup.toLowerCase()}`, 1);
  const usual = usualSavings[facts.currency ?? ""];
  const saving = Number(facts.monthlySavings ?? 0);
  // Powers of ten beside the usual; beyond a hundredfold more is no different.
  if (usual && saving > 0) features.set("saving", Math.max(-2, Math.min(2, Math.log10(saving / usual))));
  return features;
}

function usualOf(decisions: readonly Decision[]): Record<string, number> {
  const savings = decisions.flatMap(({ facts: { monthlySavings, currency } }) => {
    const saving = Number(monthlySavings ?? 0);
    return currency !== null && saving > 0 ? [{ currency, saving }] : [];
  });
  return Object.fromEntries(
    [...Map.groupBy(savings, ({ currency }) => currency)].map(([currency, own]) => [
      currency,
      median(own.map(({ saving }) => saving)),
    ]),
  );
}

import { recommendationTypes } from "../../recommendation-types.ts";
import type { DecisionEvent } from "../decisions.ts";
import { drawsOf } from "../draws.ts";
import type { KnownFacts } from "../known-facts.ts";

/** A made-up organization's decisions, several a day, each accepted with the chance that `taste` gives it. */
export function syntheticHistory(
  seed: number,
  count: number,
  taste: (facts: KnownFacts) => number,
): DecisionEvent[] {
  const draw = drawsOf(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(draw() * items.length)]!;
  // An estate has some kinds of waste, not all.
  const types = recommendationTypes.slice(0, 8);
  return Array.from({ length: count }, (_, index): DecisionEvent => {
    const facts: KnownFacts = {
      type: pick(types),
      effort: pick(["easy", "easy", "medium", "hard"]),
      risk: pick(["low", "low", "medium", "high"]),
      monthlySavings: (10 ** (1 + 2 * draw())).toFixed(2),
      currency: "USD",
      confidence: (0.5 + draw() / 2).toFixed(2),
      resourceGroup: pick(["rg-web", "rg-data", "rg-dev", "rg-batch"]),
      environment: pick(["production", "elsewhere", null]),
    };
    return {
      recommendationId: `r${String(index).padStart(5, "0")}`,
      at: new Date(Date.UTC(2026, 0, 1) + Math.floor(index / 2) * 86_400_000 + index * 1000),
      outcome: draw() < taste(facts) ? "implemented" : "dismissed",
      facts,
    };
  });
}

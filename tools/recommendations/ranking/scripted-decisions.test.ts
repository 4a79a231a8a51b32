import { expect, it } from "vitest";
import { learnAcceptance, likelihoodBy } from "./acceptance-model.ts";
import type { Decision, DecisionEvent } from "./decisions.ts";
import type { KnownFacts } from "./known-facts.ts";
import { sortByPriority } from "./sort-by-priority.ts";
import { mostDecisions, trainRanking } from "./train-ranking.ts";

const facts = (changes: Partial<KnownFacts>): KnownFacts => ({
  type: "idle_vm",
  effort: "easy",
  risk: "low",
  monthlySavings: "5",
  currency: "USD",
  confidence: "0.9",
  resourceGroup: "rg",
  environment: "production",
  ...changes,
});
const day = (number: number) => new Date(Date.UTC(2024, 0, 1) + number * 86_400_000);

it("learns from the newest decisions alone, so that a script which decides each day makes no analysis slow", () => {
  // Each day three kinds of each type, in hundreds of groups: every one is a decision, and every group something to learn.
  const events = Array.from({ length: 4_000 }, (_, index): DecisionEvent => {
    const environment = (["production", "elsewhere", null] as const)[index % 3]!;
    return {
      recommendationId: `r${index}`,
      at: day(Math.floor(index / 30)),
      outcome: index % 7 < 3 ? "implemented" : "dismissed",
      facts: facts({ type: `type ${index % 10}`, environment, resourceGroup: `rg-${index % 400}` }),
    };
  });
  const { decisionCount } = trainRanking(events);
  expect(decisionCount).toBe(mostDecisions);
});

it("never moves what saves much below ten times less, however often somebody refuses small things like it", () => {
  const decided = (index: number, changes: Partial<KnownFacts>, accepted: boolean): Decision => ({
    recommendationId: `r${index}`,
    at: day(index),
    facts: facts(changes),
    accepted,
    kept: Number(accepted),
    isMeasured: false,
  });
  const decisions = Array.from({ length: 500 }, (_, index) => [
    decided(index, { type: "idle_vm", resourceGroup: "mine" }, false),
    decided(index, { type: "orphaned_nic", resourceGroup: "theirs" }, true),
  ]).flat();
  const likelihood = likelihoodBy(learnAcceptance(decisions));
  const large = facts({ resourceGroup: "mine", monthlySavings: "1000" });
  const small = Array.from({ length: 50 }, (_, index) =>
    facts({ type: "orphaned_nic", resourceGroup: "theirs", monthlySavings: `${60 + (index % 40)}` }),
  );
  const like = [...small, large];
  const order = sortByPriority(
    like,
    { idOf: (one) => String(like.indexOf(one)), factsOf: (one) => one },
    likelihood,
  );
  expect(order).toHaveLength(51);
  expect(order[0]).toBe(large);
});

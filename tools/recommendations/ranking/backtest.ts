import { mean, shuffle } from "simple-statistics";
import { decimal } from "../../kernel/money.ts";
import type { Decision } from "./decisions.ts";
import { drawsOf } from "./draws.ts";
import { type Likelihood, sortByPriority } from "./sort-by-priority.ts";

export interface Backtest {
  /** Decisions that both orders were judged on. */
  judgedCount: number;
  /** Share of accepted savings reached on the way down the list, over all depths; 0 to 1. */
  ruleReached: number;
  learnedReached: number;
  /** How often a learned order would do this well if decisions had nothing to do with what it knows; 0 to 1. */
  chance: number;
}

const shuffles = 1_999;

/**
 * Which order would have brought what was accepted to the top. At every depth of the list it is asked what share of
 * the accepted savings stands above; the mean over depths is 1 where the first holds all of it and 0.5 where they lie
 * anywhere. What was measured counts as it was measured. The test deals the same kept shares to the same
 * recommendations at random: the gain has to be larger than nearly all of those that come about by luck.
 */
export function backtest(judged: readonly Decision[], likelihood: Likelihood): Backtest {
  const savings = judged.map(({ facts }) => Number(decimal(facts.monthlySavings ?? "0")));
  const above = (order: readonly Decision[]) => {
    const place = new Map(order.map((decision, index) => [decision, index]));
    return judged.map((decision) => 1 - (place.get(decision)! + 0.5) / judged.length);
  };
  const by = { idOf: idOfDecision, factsOf: ({ facts }: Decision) => facts };
  const rule = above(sortByPriority(judged, by));
  const learned = above(sortByPriority(judged, by, likelihood));
  const reached = (kept: readonly number[], shares: readonly number[]) => {
    const all = savings.reduce((sum, saving, index) => sum + saving * kept[index]!, 0);
    const found = savings.reduce((sum, saving, index) => sum + saving * kept[index]! * shares[index]!, 0);
    return all === 0 ? 0.5 : found / all;
  };
  const kept = judged.map((decision) => decision.kept);
  const gainOf = (outcomes: readonly number[]) => reached(outcomes, learned) - reached(outcomes, rule);
  const gain = gainOf(kept);
  // The seed is fixed: the same decisions give the same verdict.
  const draw = drawsOf(judged.length);
  const isAsGood = Array.from({ length: shuffles }, () =>
    gainOf(shuffle(kept, draw)) >= gain - 1e-12 ? 1 : 0,
  );
  return {
    judgedCount: judged.length,
    ruleReached: reached(kept, rule),
    learnedReached: reached(kept, learned),
    // What really happened is one of the ways.
    chance: mean([1, ...isAsGood]),
  };
}

const idOfDecision = ({ recommendationId, at }: Decision) => `${recommendationId} ${at.toISOString()}`;

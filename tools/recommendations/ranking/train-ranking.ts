import { type AcceptanceModel, learnAcceptance, likelihoodBy } from "./acceptance-model.ts";
import { type Backtest, backtest } from "./backtest.ts";
import { decidedTogether } from "./decided-together.ts";
import { type Decision, type DecisionEvent, dayOf, decisionsBefore, judgementsOf } from "./decisions.ts";

/** Decisions that are needed before anything is learned from them. */
export const neededDecisions = 40;
/**
 * The newest so many are learned from: what was decided years ago tells less of today, and a script that decides every
 * day must not make each analysis slower.
 */
export const mostDecisions = 1_000;
// Of each kind, to learn from and to be judged on: one alone shows no preference.
const neededToLearn = 5;
const neededToJudge = 3;
/** The earlier part, which is learned from; the later part judges. */
const learnedShare = 0.6;
/**
 * It has to bring a hundredth more of the accepted savings to the top, and luck may do so once in a hundred times: each
 * analysis asks anew, and at one in twenty nearly half of the organizations without a preference would once get one.
 */
const neededGain = 0.01;
export const allowedChance = 0.01;

export interface Ranking {
  /** `learned`: it was better than the rule on later decisions, and holds. The others: why the rule holds. */
  verdict: "learned" | "too_few" | "one_sided" | "not_better";
  decisionCount: number;
  acceptedCount: number;
  /** Of the accepted ones, whose saving was measured afterwards. */
  measuredCount: number;
  backtest: Backtest | null;
  model: AcceptanceModel | null;
}

/**
 * Learns from the earlier decisions what an organization accepts, and takes that as the order only if it would have
 * served the later ones better than the rule. The order that then holds has learned from all of them.
 */
export function trainRanking(events: readonly DecisionEvent[]): Ranking {
  const judgements = judgementsOf(events);
  const all = decidedTogether(decisionsBefore(judgements, null)).slice(-mostDecisions);
  const found = {
    decisionCount: all.length,
    acceptedCount: all.filter(({ accepted }) => accepted).length,
    measuredCount: all.filter(({ isMeasured }) => isMeasured).length,
  };
  const keepsRule = (verdict: Ranking["verdict"], result: Backtest | null = null): Ranking => ({
    ...found,
    verdict,
    backtest: result,
    model: null,
  });
  if (all.length < neededDecisions) return keepsRule("too_few");
  // A whole day is either earlier or later: what was decided in one sitting does not judge itself.
  const split = new Date(`${dayOf(all[Math.floor(all.length * learnedShare)]!.at)}T00:00:00Z`);
  const earlier = decidedTogether(decisionsBefore(judgements, split)).slice(-mostDecisions);
  const later = inMainCurrency(all.filter(({ at }) => at >= split));
  if (!hasBoth(earlier, neededToLearn) || !hasBoth(later, neededToJudge)) return keepsRule("one_sided");
  const early = learnAcceptance(earlier);
  const result = backtest(later, likelihoodBy(early));
  const isBetter = result.learnedReached - result.ruleReached >= neededGain && result.chance <= allowedChance;
  if (!isBetter) return keepsRule("not_better", result);
  return { ...found, verdict: "learned", backtest: result, model: learnAcceptance(all) };
}

function hasBoth(decisions: readonly Decision[], count: number): boolean {
  const mostlyKept = decisions.filter(({ kept }) => kept >= 0.5).length;
  return mostlyKept >= count && decisions.length - mostlyKept >= count;
}

/** Savings of different currencies are never added: what most was decided in is what is judged. */
function inMainCurrency(decisions: readonly Decision[]): Decision[] {
  const priced = decisions.filter(
    ({ facts }) => facts.currency !== null && Number(facts.monthlySavings ?? 0) > 0,
  );
  const groups = [...Map.groupBy(priced, ({ facts }) => facts.currency!)];
  groups.sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
  return groups[0]?.[1] ?? [];
}

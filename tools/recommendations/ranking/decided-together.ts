import { decimal } from "../../kernel/money.ts";
import { type Decision, dayOf } from "./decisions.ts";

/**
 * What one day brought of one type and environment, with one outcome, is one decision: whoever dismisses twenty
 * network cards at a stroke has said one thing, not twenty. The one with the largest saving stands for it.
 */
export function decidedTogether(decisions: readonly Decision[]): Decision[] {
  const groups = Map.groupBy(decisions, ({ at, facts, accepted }) =>
    [dayOf(at), facts.type, facts.environment, accepted].join(" "),
  );
  return [...groups.values()]
    .map((group) => group.toSorted(dearest)[0]!)
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.recommendationId < b.recommendationId ? -1 : 1));
}

function dearest(a: Decision, b: Decision): number {
  const saving = ({ facts }: Decision) => decimal(facts.monthlySavings ?? "0");
  return (
    saving(b).comparedTo(saving(a)) ||
    (a.recommendationId < b.recommendationId ? -1 : a.recommendationId > b.recommendationId ? 1 : 0)
  );
}

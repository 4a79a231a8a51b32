import type { ExactDecimal } from "../../kernel/money.ts";
import type { KnownFacts } from "./known-facts.ts";
import { priorityOf } from "./priority.ts";

/** How likely this organization accepts it, 0 to 1. */
export type Likelihood = (facts: KnownFacts) => number;

interface Ranked<Item> {
  item: Item;
  id: string;
  currency: string | null;
  score: ExactDecimal | null;
  confidence: number;
  commits: boolean;
}

/**
 * By priority, weighed with how likely each is accepted where that is known. Amounts of different currencies cannot
 * be compared, so each currency has its own order, and they take turns: the first of each, the second of each. What
 * has no known saving comes last, the surest first, and before it what commits for years: it is bought for what is
 * left when the rest is done (RULES.md). The order of the input makes no difference.
 */
export function sortByPriority<Item>(
  items: readonly Item[],
  { idOf, factsOf }: { idOf(item: Item): string; factsOf(item: Item): KnownFacts },
  likelihood?: Likelihood,
): Item[] {
  const ranked = items.map((item): Ranked<Item> => {
    const facts = factsOf(item);
    const priority = priorityOf(facts);
    return {
      item,
      id: idOf(item),
      currency: priority && facts.currency,
      // Six decimals: more would let the machine's arithmetic decide.
      score: priority && (likelihood ? priority.times(likelihood(facts).toFixed(6)) : priority),
      confidence: Number(facts.confidence),
      commits: facts.type === "reserved_instance",
    };
  });
  const priced = ranked.filter(({ currency }) => currency !== null);
  return [
    ...inTurns(priced.filter(({ commits }) => !commits)),
    ...inTurns(priced.filter(({ commits }) => commits)),
    ...ranked.filter(({ currency }) => currency === null).toSorted(byScore),
  ].map(({ item }) => item);
}

function inTurns<Item>(ranked: readonly Ranked<Item>[]): Ranked<Item>[] {
  const turns = [...Map.groupBy(ranked, ({ currency }) => currency!)].flatMap(([currency, own]) =>
    own.toSorted(byScore).map((one, place) => ({ ...one, place, ownCount: own.length, currency })),
  );
  // Of one turn the currency that most is recommended in comes first.
  return turns.sort(
    (a, b) => a.place - b.place || b.ownCount - a.ownCount || compare(a.currency, b.currency),
  );
}

function byScore<Item>(a: Ranked<Item>, b: Ranked<Item>): number {
  const score = a.score && b.score ? b.score.comparedTo(a.score) : 0;
  return score || b.confidence - a.confidence || compare(a.id, b.id);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

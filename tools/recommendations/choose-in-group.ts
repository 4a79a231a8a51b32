import { decimal, type ExactDecimal } from "../kernel/money.ts";
import type { Choice, Choosable } from "./choose-recommendations.ts";
import { savedOnResource } from "./combine-effects.ts";
import { excludeEachOther } from "./exclusions.ts";

// Each takes well under a millisecond. Estates of a generator or a person's hand are settled in a few dozen.
const mostLooks = 4_000;

/** One resource: what is recommended for it alone, and by index what spans it and others. */
interface Place<Item> {
  resourceId: string;
  own: Item[];
  spanning: number[];
}

/** What spans several resources, decided up to some index; `bound`: what the best way to decide the rest may save. */
interface Branch {
  decided: boolean[];
  bound: ExactDecimal;
}

interface Settled<Item> {
  chosen: Item[];
  value: ExactDecimal;
}

/**
 * The best set among recommendations that meet, by branch and bound: what spans several resources (a reservation) is
 * taken or left one after the other, and each resource takes its best feasible subset by itself. While some are
 * undecided each resource has its own mind about them, which saves at least as much as any one decision could; what
 * cannot beat the best known is not looked into. Where that takes too many looks, `bound` is what was still open.
 */
export function chooseInGroup<Item extends Choosable>(group: readonly Item[]): Choice<Item> {
  const spanning = group
    .filter((item) => resourcesOf(item).size > 1)
    .toSorted((a, b) => savedBy(b).comparedTo(savedBy(a)));
  const places: Place<Item>[] = [...new Set(group.flatMap((item) => [...resourcesOf(item)]))].map(
    (resourceId) => ({
      resourceId,
      own: group.filter((item) => !spanning.includes(item) && resourcesOf(item).has(resourceId)),
      spanning: spanning.flatMap((item, index) => (resourcesOf(item).has(resourceId) ? [index] : [])),
    }),
  );
  const settle = settler(spanning, places);
  let best = improve(
    spanning.map(() => false),
    settle,
  );
  const open: Branch[] = [{ decided: [], bound: settle([], true)!.value }];
  for (let looks = 0; looks < mostLooks; looks++) {
    const branch = open.pop();
    if (!branch || branch.bound.lessThanOrEqualTo(best.value)) return { ...best, bound: best.value };
    if (branch.decided.length === spanning.length) continue;
    for (const take of [false, true]) {
      const decided = [...branch.decided, take];
      // With the rest left it is a set that can be done; with the rest open, the most that any such set saves.
      const found = take ? settle(decided, false) : undefined;
      if (found?.value.greaterThan(best.value)) best = found;
      const most = settle(decided, true);
      if (most?.value.greaterThan(best.value)) insert(open, { decided, bound: most.value });
    }
  }
  const left = open.at(-1)?.bound ?? best.value;
  return { ...best, bound: left.greaterThan(best.value) ? left : best.value };
}

/** Switches one spanning recommendation at a time, as long as that saves more: a good set to begin with. */
function improve<Item>(
  taken: boolean[],
  settle: (decided: readonly boolean[], restIsOpen: boolean) => Settled<Item> | undefined,
): Settled<Item> {
  let best = settle(taken, false)!;
  for (let better = true; better; ) {
    better = false;
    for (const index of taken.keys()) {
      const switched = taken.with(index, !taken[index]);
      const found = settle(switched, false);
      if (!found?.value.greaterThan(best.value)) continue;
      [taken, best, better] = [switched, found, true];
    }
  }
  return best;
}

/**
 * What is best for each resource, given what of the spanning is decided; the rest is left, or each resource's own to
 * choose. Nothing where two that are taken exclude each other.
 */
function settler<Item extends Choosable>(spanning: readonly Item[], places: readonly Place<Item>[]) {
  // Decisions about what does not touch a resource change nothing there: most of it has been reckoned before.
  const known = places.map(() => new Map<string, Settled<Item> | undefined>());
  return (decided: readonly boolean[], restIsOpen: boolean): Settled<Item> | undefined => {
    const chosen = spanning.filter((_, index) => decided[index]);
    let value = decimal(0);
    for (const [index, place] of places.entries()) {
      const stateOf = (one: number) => decided[one] ?? (restIsOpen ? null : false);
      const key = place.spanning.map(stateOf).join();
      const reckoned = known[index]!;
      if (!reckoned.has(key)) {
        const of = (state: boolean | null) =>
          place.spanning.filter((one) => stateOf(one) === state).map((one) => spanning[one]!);
        reckoned.set(key, bestOf(place.resourceId, [...place.own, ...of(null)], of(true)));
      }
      const own = reckoned.get(key);
      if (!own) return undefined;
      chosen.push(...own.chosen);
      value = value.plus(own.value);
    }
    return { chosen, value };
  };
}

/** The best of `own` for a resource beside what is taken already. */
function bestOf<Item extends Choosable>(
  resourceId: string,
  own: readonly Item[],
  taken: readonly Item[],
): Settled<Item> | undefined {
  let best: Settled<Item> | undefined;
  for (const subset of feasibleSubsets(own, taken)) {
    const effects = [...taken, ...subset].flatMap((item) =>
      item.effects.filter((effect) => effect.resourceId === resourceId),
    );
    const value = savedOnResource(effects);
    // Of equals the one with fewer changes.
    if (!best || value.greaterThan(best.value)) best = { chosen: subset, value };
  }
  return best;
}

/** Subsets of `own` that go together with `taken`, smaller ones first; none when `taken` does not itself. */
function feasibleSubsets<Item extends Choosable>(own: readonly Item[], taken: readonly Item[]): Item[][] {
  if (!goTogether(taken)) return [];
  let subsets: Item[][] = [[]];
  for (const item of own) {
    const longer = subsets
      .filter((subset) => [...taken, ...subset].every((other) => !excludeEachOther(item, other)))
      .map((subset) => [...subset, item]);
    subsets = [...subsets, ...longer];
  }
  return subsets.toSorted((a, b) => a.length - b.length);
}

function goTogether(items: readonly Choosable[]): boolean {
  return items.every((one, index) => items.slice(index + 1).every((other) => !excludeEachOther(one, other)));
}

/** Keeps the branches in order, the most promising last. */
function insert(open: Branch[], branch: Branch): void {
  let [from, to] = [0, open.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (open[middle]!.bound.greaterThan(branch.bound)) to = middle;
    else from = middle + 1;
  }
  open.splice(from, 0, branch);
}

function savedBy({ effects }: Choosable): ExactDecimal {
  return [...Map.groupBy(effects, ({ resourceId }) => resourceId).values()]
    .map(savedOnResource)
    .reduce((sum, saved) => sum.plus(saved), decimal(0));
}

/** The resources that a recommendation changes the cost of. */
export function resourcesOf({ effects }: Choosable): Set<string> {
  return new Set(effects.map(({ resourceId }) => resourceId));
}

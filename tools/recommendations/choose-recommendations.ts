import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { savedOnResource } from "./combine-effects.ts";
import { excludeEachOther } from "./exclusions.ts";
import type { Effect } from "./finding.ts";

/** A recommendation as the choice sees it; all in one currency. */
export interface Choosable {
  id: string;
  type: string;
  effects: readonly Effect[];
}

export interface Choice<Item extends Choosable> {
  chosen: Item[];
  /** Exact saving of the chosen a month. */
  value: ExactDecimal;
  /** No feasible set saves more than this; equal to `value` where the choice is the best there is. */
  bound: ExactDecimal;
}

// 4,096 ways to take or leave what spans several resources; each is settled resource by resource.
const mostSpanning = 12;

/**
 * The set of recommendations that can be done together and saves most. Recommendations meet only on resources, so
 * the whole falls apart into groups; in a group, what spans several resources (a reservation) is taken or left in
 * every way, and each resource then takes its best feasible subset by itself. That is exact up to 12 spanning
 * recommendations in one group. With more, each is switched as long as that helps, and `bound` says what the best
 * could be at most: every resource is then allowed its own mind about the spanning ones.
 */
export function chooseRecommendations<Item extends Choosable>(items: readonly Item[]): Choice<Item> {
  const total: Choice<Item> = { chosen: [], value: decimal(0), bound: decimal(0) };
  for (const group of connectedGroups(items)) {
    const { chosen, value, bound } = chooseInGroup(group);
    total.chosen.push(...chosen);
    total.value = total.value.plus(value);
    total.bound = total.bound.plus(bound);
  }
  return total;
}

interface Place<Item> {
  resourceId: string;
  own: Item[];
  spanning: Item[];
}

function chooseInGroup<Item extends Choosable>(group: readonly Item[]): Choice<Item> {
  const spanning = group.filter((item) => resourcesOf(item).size > 1);
  const places: Place<Item>[] = [...new Set(group.flatMap((item) => [...resourcesOf(item)]))].map(
    (resourceId) => ({
      resourceId,
      own: group.filter((item) => !spanning.includes(item) && resourcesOf(item).has(resourceId)),
      spanning: spanning.filter((item) => resourcesOf(item).has(resourceId)),
    }),
  );
  const settle = (taken: readonly Item[]) => settleAll(places, taken);
  if (spanning.length <= mostSpanning) {
    let best = settle([]);
    for (let mask = 1; mask < 2 ** spanning.length; mask++) {
      const taken = spanning.filter((_, index) => mask & (1 << index));
      const found = settle(taken);
      if (found.value.greaterThan(best.value)) best = found;
    }
    return { ...best, bound: best.value };
  }
  const bound = places.reduce((sum, place) => sum.plus(mostOf(place)), decimal(0));
  return { ...improve(spanning, settle), bound };
}

/** The best for each resource, given which spanning recommendations are taken. */
function settleAll<Item extends Choosable>(
  places: readonly Place<Item>[],
  taken: readonly Item[],
): { chosen: Item[]; value: ExactDecimal } {
  const chosen = [...taken];
  let value = decimal(0);
  for (const place of places) {
    const fixed = place.spanning.filter((item) => taken.includes(item));
    const best = bestOf(place, fixed);
    // Two spanning ones exclude each other here: this way of taking them is not feasible.
    if (!best) return { chosen: [], value: decimal(0) };
    chosen.push(...best.own);
    value = value.plus(best.value);
  }
  return { chosen, value };
}

function bestOf<Item extends Choosable>(
  { resourceId, own }: Place<Item>,
  fixed: readonly Item[],
): { own: Item[]; value: ExactDecimal } | undefined {
  let best: { own: Item[]; value: ExactDecimal } | undefined;
  for (const subset of feasibleSubsets(own, fixed)) {
    const effects = [...fixed, ...subset].flatMap((item) =>
      item.effects.filter((effect) => effect.resourceId === resourceId),
    );
    const value = savedOnResource(effects);
    // Of equals the one with fewer changes.
    if (!best || value.greaterThan(best.value)) best = { own: subset, value };
  }
  return best;
}

/** Subsets of `own` that go together with `fixed`, smaller ones first; none when `fixed` does not itself. */
function feasibleSubsets<Item extends Choosable>(own: readonly Item[], fixed: readonly Item[]): Item[][] {
  if (!goTogether(fixed)) return [];
  let subsets: Item[][] = [[]];
  for (const item of own) {
    const longer = subsets
      .filter((subset) => [...fixed, ...subset].every((other) => !excludeEachOther(item.type, other.type)))
      .map((subset) => [...subset, item]);
    subsets = [...subsets, ...longer];
  }
  return subsets.toSorted((a, b) => a.length - b.length);
}

function goTogether(items: readonly Choosable[]): boolean {
  return items.every((one, index) =>
    items.slice(index + 1).every((other) => !excludeEachOther(one.type, other.type)),
  );
}

/** The most a resource could save if the spanning recommendations were its own to choose. */
function mostOf<Item extends Choosable>(place: Place<Item>): ExactDecimal {
  return bestOf({ ...place, own: [...place.own, ...place.spanning], spanning: [] }, [])?.value ?? decimal(0);
}

/** Takes or leaves one spanning recommendation at a time, as long as that saves more. */
function improve<Item extends Choosable>(
  spanning: readonly Item[],
  settle: (taken: readonly Item[]) => { chosen: Item[]; value: ExactDecimal },
) {
  let taken: Item[] = [];
  let best = settle(taken);
  for (let better = true; better; ) {
    better = false;
    for (const item of spanning) {
      const tried = taken.includes(item) ? taken.filter((other) => other !== item) : [...taken, item];
      const found = settle(tried);
      if (!found.value.greaterThan(best.value)) continue;
      [taken, best, better] = [tried, found, true];
    }
  }
  return best;
}

function resourcesOf({ effects }: Choosable): Set<string> {
  return new Set(effects.map(({ resourceId }) => resourceId));
}

/** Recommendations that meet on a resource, directly or through others. */
function connectedGroups<Item extends Choosable>(items: readonly Item[]): Item[][] {
  const groupOf = new Map<string, { items: Item[]; resources: string[] }>();
  const groups = new Set<{ items: Item[]; resources: string[] }>();
  for (const item of items) {
    const merged = { items: [item], resources: [...resourcesOf(item)] };
    for (const group of new Set(merged.resources.map((id) => groupOf.get(id)))) {
      if (!group) continue;
      merged.items.unshift(...group.items);
      merged.resources.push(...group.resources);
      groups.delete(group);
    }
    for (const id of merged.resources) groupOf.set(id, merged);
    groups.add(merged);
  }
  return [...groups].map((group) => group.items);
}

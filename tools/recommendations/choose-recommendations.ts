import { decimal, type ExactDecimal } from "../kernel/money.ts";
import { chooseInGroup, resourcesOf } from "./choose-in-group.ts";
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

/**
 * The set of recommendations that can be done together and saves most. Recommendations meet only on resources, so
 * the whole falls apart into groups that are settled by themselves (`chooseInGroup`).
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

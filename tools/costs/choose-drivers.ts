import type { CostChange } from "@cloudoptima/db/queries/cost-changes.ts";
import { decimal } from "../kernel/money.ts";
import type { CostExplanation } from "./comparison-shapes.ts";
import { money } from "./cost-question.ts";

export interface ChosenDrivers {
  /** Largest change first, whichever way it went. */
  shown: CostChange[];
  /** Per currency, what the shown ones leave of the change. */
  everythingElse: CostExplanation["everythingElse"];
}

/** The `top` largest changes per currency, ups and downs alike, and the exact rest. */
export function chooseDrivers(changes: readonly CostChange[], top: number): ChosenDrivers {
  const chosen: ChosenDrivers = { shown: [], everythingElse: [] };
  for (const currency of [...new Set(changes.map((change) => change.currency))].sort()) {
    const own = changes.filter((change) => change.currency === currency);
    const ranked = own
      .filter((change) => change.key !== null)
      .sort((a, b) => sizeOf(b).comparedTo(sizeOf(a)) || a.key!.localeCompare(b.key!));
    const rest = [...ranked.slice(top), ...own.filter((change) => change.key === null)];
    chosen.shown.push(...ranked.slice(0, top));
    if (rest.length > 0) {
      const change = rest.reduce((sum, { base, current }) => sum.plus(current).minus(base), decimal(0));
      chosen.everythingElse.push({
        change: money(change.toFixed(), currency),
        groupCount: rest.reduce((count, { groupCount }) => count + groupCount, 0),
      });
    }
  }
  return chosen;
}

function sizeOf(change: CostChange) {
  return decimal(change.current).minus(change.base).abs();
}

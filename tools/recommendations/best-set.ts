import { decimal, type ExactDecimal } from "../kernel/money.ts";

export interface Priced {
  id: string;
  resourceId: string;
  type: string;
  monthlySavings: string | null;
  annualSavings: string | null;
  currency: string | null;
}

export interface SavingsSum {
  currency: string;
  monthly: string;
  annual: string;
}

export interface BestSet<Item extends Priced> {
  /** What can all be done together. */
  chosen: Item[];
  /** What something better on the same resource rules out; never part of a total. */
  excluded: { item: Item; insteadOf: Item }[];
  /** No saving can be told from the data. */
  unpriced: Item[];
  /** One per currency: currencies are never added. */
  totals: SavingsSum[];
}

/**
 * The recommendations that save most together. Those on one resource exclude each other (a machine is stopped or
 * resized, not both), so each resource counts once, with its largest saving. Ties go to the first type by name.
 */
export function bestSet<Item extends Priced>(items: readonly Item[]): BestSet<Item> {
  const unpriced = items.filter((item) => item.monthlySavings === null || item.currency === null);
  const priced = items.filter((item) => item.monthlySavings !== null && item.currency !== null);
  const chosen: Item[] = [];
  const excluded: BestSet<Item>["excluded"] = [];
  for (const rivals of Map.groupBy(priced, (item) => `${item.resourceId} ${item.currency}`).values()) {
    const [best, ...others] = rivals.toSorted(
      (a, b) => savings(b).comparedTo(savings(a)) || a.type.localeCompare(b.type),
    );
    if (!best) continue;
    chosen.push(best);
    excluded.push(...others.map((item) => ({ item, insteadOf: best })));
  }
  chosen.sort((a, b) => savings(b).comparedTo(savings(a)) || a.resourceId.localeCompare(b.resourceId));
  return { chosen, excluded, unpriced, totals: sumSavings(chosen) };
}

/** Sums per currency, largest first. */
export function sumSavings(items: readonly Priced[]): SavingsSum[] {
  const sums = new Map<string, { monthly: ExactDecimal; annual: ExactDecimal }>();
  for (const { currency, monthlySavings, annualSavings } of items) {
    if (currency === null || monthlySavings === null) continue;
    const sum = sums.get(currency) ?? { monthly: decimal(0), annual: decimal(0) };
    sums.set(currency, {
      monthly: sum.monthly.plus(monthlySavings),
      annual: sum.annual.plus(annualSavings ?? "0"),
    });
  }
  return [...sums]
    .sort(([, a], [, b]) => b.monthly.comparedTo(a.monthly))
    .map(([currency, { monthly, annual }]) => ({
      currency,
      monthly: monthly.toFixed(),
      annual: annual.toFixed(),
    }));
}

const savings = (item: Priced) => decimal(item.monthlySavings ?? "0");

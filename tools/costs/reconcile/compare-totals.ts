import { decimal, type ExactDecimal } from "../../kernel/money.ts";
import type { Verdict } from "./reconcile-shapes.ts";

/** What one service cost on one day. */
export interface ServiceDay {
  day: string;
  service: string;
  currency: string;
  billed: string;
  effective: string;
}

type Kind = "billed" | "effective";

export interface Compared {
  currency: string;
  stored: { value: string; currency: string };
  provider: { value: string; currency: string };
  difference: { value: string; currency: string };
  differencePercent: string | null;
  verdict: Verdict;
}

// Half a cent: amounts that are written alike on an invoice. Azure adds doubles, so its last digits are noise.
const CENT = "0.005";
const TOLERATED_PERCENT = 1;

/** Stored against the provider's own, summed by what `keyOf` names, in order of key and currency. */
export function compareBy(
  stored: readonly ServiceDay[],
  provider: readonly ServiceDay[],
  kind: Kind,
  keyOf: (cost: ServiceDay) => string,
): (Compared & { key: string })[] {
  const sums = new Map<
    string,
    { key: string; currency: string; stored: ExactDecimal; provider: ExactDecimal }
  >();
  const add = (costs: readonly ServiceDay[], side: "stored" | "provider") => {
    for (const cost of costs) {
      const key = keyOf(cost);
      const id = JSON.stringify([key, cost.currency]);
      const sum = sums.get(id) ?? { key, currency: cost.currency, stored: decimal(0), provider: decimal(0) };
      sum[side] = sum[side].plus(cost[kind]);
      sums.set(id, sum);
    }
  };
  add(stored, "stored");
  add(provider, "provider");
  return [...sums.entries()]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, sum]) => ({ key: sum.key, ...compare(sum.stored, sum.provider, sum.currency) }));
}

function compare(stored: ExactDecimal, provider: ExactDecimal, currency: string): Compared {
  const difference = stored.minus(provider);
  const percent = provider.isZero() ? null : difference.dividedBy(provider.abs()).times(100);
  const money = (value: ExactDecimal) => ({ value: value.toFixed(), currency });
  return {
    currency,
    stored: money(stored),
    provider: money(provider),
    difference: money(difference),
    differencePercent: percent?.toDecimalPlaces(6).toFixed() ?? null,
    verdict: difference.abs().lessThan(CENT)
      ? "to_the_cent"
      : percent?.abs().lessThanOrEqualTo(TOLERATED_PERCENT)
        ? "within_1_percent"
        : "differs",
  };
}

const order: readonly Verdict[] = ["to_the_cent", "within_1_percent", "unknown", "differs"];

/** The one that must be told; nothing compared is unknown. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.length === 0) return "unknown";
  return verdicts.reduce((worst, verdict) =>
    order.indexOf(verdict) > order.indexOf(worst) ? verdict : worst,
  );
}

import type { BucketSum } from "@cloudoptima/db/queries/costs.ts";
import { decimal, sumDecimals } from "../kernel/money.ts";
import type { BucketDays } from "./buckets.ts";
import { money } from "./cost-question.ts";
import { percentChange } from "./percent-change.ts";
import type { CostTrend, TrendPoint } from "./trend-shapes.ts";

type Series = CostTrend["series"][number];

/** One line per name and currency, "other" last, or one "total" per currency when nothing is named. */
export function trendSeries(
  sums: readonly BucketSum[],
  buckets: readonly BucketDays[],
  currencies: readonly string[],
  names: readonly { key: string; currency: string; label: string }[] | null,
): Series[] {
  const line = (key: string, label: string, currency: string, own: readonly BucketSum[]): Series => {
    const byBucket = Map.groupBy(own, (sum) => sum.bucket);
    const points = buckets.map(({ key: bucket, start, end, isPartial }) => {
      const parts = (byBucket.get(bucket) ?? []).map((sum) => sum.amount);
      return { start, end, amount: money(sumDecimals(parts).toFixed(), currency), isPartial };
    });
    const total = sumDecimals(points.map((point) => point.amount.value)).toFixed();
    return { key, label, total: { value: total, currency }, points };
  };
  return currencies.flatMap((currency) => {
    const all = sums.filter((sum) => sum.currency === currency);
    if (!names) return [line("total", "Total", currency, all)];
    const own = names.filter((name) => name.currency === currency);
    const lines = own.map((name) =>
      line(
        name.key,
        name.label,
        currency,
        all.filter((sum) => sum.key === name.key),
      ),
    );
    // A group among the dearest of one currency only is not named in another: its cost there is "other" too.
    const named = new Set(own.map((name) => name.key));
    const rest = all.filter((sum) => sum.key === null || !named.has(sum.key));
    return rest.length === 0 ? lines : [...lines, line("other", "other", currency, rest)];
  });
}

/** Average, extremes and change of the total per currency; cut weeks and months would mislead and are left out. */
export function trendStatistics(
  series: readonly Series[],
  currencies: readonly string[],
): CostTrend["statistics"] {
  return currencies.flatMap((currency) => {
    const lines = series.filter((line) => line.total.currency === currency);
    const all = (lines[0]?.points ?? []).map(
      (point, index): TrendPoint => ({
        ...point,
        amount: {
          value: sumDecimals(lines.map((line) => line.points[index]!.amount.value)).toFixed(),
          currency,
        },
      }),
    );
    const whole = all.some((point) => !point.isPartial) ? all.filter((point) => !point.isPartial) : all;
    const [first, last] = [whole[0], whole.at(-1)];
    if (!first || !last) return [];
    const byAmount = [...whole].sort((a, b) => decimal(a.amount.value).comparedTo(b.amount.value));
    const sum = sumDecimals(whole.map((point) => point.amount.value));
    return [
      {
        currency,
        average: { value: sum.dividedBy(whole.length).toDecimalPlaces(4).toFixed(), currency },
        highest: byAmount.at(-1)!,
        lowest: byAmount[0]!,
        first,
        last,
        change: { value: decimal(last.amount.value).minus(first.amount.value).toFixed(), currency },
        changePercent: percentChange(first.amount.value, last.amount.value),
      },
    ];
  });
}

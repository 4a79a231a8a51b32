import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import type { CostGroup } from "@cloudoptima/db/queries/cost-source.ts";
import type { BucketSum } from "@cloudoptima/db/queries/costs.ts";
import { decimal } from "../kernel/money.ts";
import type { ComparedSides } from "./compare-periods.ts";
import type { CostExplanation } from "./comparison-shapes.ts";
import { money } from "./cost-question.ts";
import { addDays } from "./coverage.ts";
import { readBuckets } from "./read-buckets.ts";

/** Daily costs of both periods, by driver; null keys are everything else. */
export interface DriverDays {
  base: BucketSum[];
  current: BucketSum[];
}

export async function readDriverDays(
  transaction: TenantTransaction,
  { base, current }: ComparedSides,
  drivers: { group: CostGroup; keys: readonly string[] },
): Promise<DriverDays> {
  return {
    base: await readBuckets(transaction, base.scope, "day", drivers),
    current: await readBuckets(transaction, current.scope, "day", drivers),
  };
}

/** The days of a side that the data covers, in order. */
export function daysOf(side: ComparedSides["base"]): string[] {
  const { coverage } = side;
  const first = addDays(coverage.dataUntil!, 1 - coverage.coveredDays);
  return Array.from({ length: coverage.coveredDays }, (_, index) => addDays(first, index));
}

/** The total of each day of the current period beside the base's day at the same distance from its start. */
export function alignDays(
  sides: ComparedSides,
  days: DriverDays,
  currencies: readonly string[],
): CostExplanation["days"] {
  const [baseDays, currentDays] = [daysOf(sides.base), daysOf(sides.current)];
  return currencies.flatMap((currency) => {
    const [baseOn, currentOn] = [sumByDay(days.base, currency), sumByDay(days.current, currency)];
    return currentDays.map((day, index) => {
      const baseDay = baseDays[index] ?? null;
      return {
        day,
        amount: money(currentOn.get(day) ?? "0", currency),
        baseDay,
        baseAmount: baseDay === null ? null : money(baseOn.get(baseDay) ?? "0", currency),
      };
    });
  });
}

/** Exact amount per day of one currency, of all keys or of one. */
export function sumByDay(sums: readonly BucketSum[], currency: string, key?: string): Map<string, string> {
  const byDay = new Map<string, string>();
  for (const sum of sums) {
    if (sum.currency !== currency || (key !== undefined && sum.key !== key)) continue;
    byDay.set(
      sum.bucket,
      decimal(byDay.get(sum.bucket) ?? "0")
        .plus(sum.amount)
        .toFixed(),
    );
  }
  return byDay;
}

import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import type { CostChange } from "@cloudoptima/db/queries/cost-changes.ts";
import type { CostScope } from "@cloudoptima/db/queries/cost-source.ts";
import { z } from "zod";
import { decimal, ratio, sumDecimals } from "../kernel/money.ts";
import { comparablePeriod } from "./comparable-period.ts";
import type { ChangeRow, ComparedPeriod, TotalChange } from "./comparison-shapes.ts";
import { costLabel } from "./cost-labels.ts";
import { costQuestion, money, refuseUnknownKind, resolveQuestion } from "./cost-question.ts";
import type { CostDimension, CostFilter, CostKind, Coverage, Freshness, Period } from "./cost-shapes.ts";
import { coveredPeriod } from "./coverage.ts";
import { percentChange } from "./percent-change.ts";
import { PeriodInput } from "./period-input.ts";
import { resolvePeriod } from "./period-words.ts";

/** A question about two periods; the order does not matter, the earlier one is the base. */
export const comparisonQuestion = {
  ...costQuestion,
  comparedTo: PeriodInput.optional().describe(
    "Default: the one before of the same kind; the earlier is the base",
  ),
};

interface Side {
  period: Period;
  scope: CostScope;
  coverage: Coverage;
}

export interface ComparedSides {
  base: Side;
  current: Side;
  freshness: Freshness;
}

/** Throws no_data when either period has none: a comparison with nothing would be read as growth. */
export async function resolveSides(
  transaction: TenantTransaction,
  input: { period?: PeriodInput; comparedTo?: PeriodInput; costKind: CostKind; filters: CostFilter[] },
  now: Temporal.Instant,
): Promise<ComparedSides> {
  const { freshness, ...one } = await resolveQuestion(transaction, input, now);
  // Nobody said with what: then with as many days as there is data, so that a month to date is compared fairly.
  const comparedTo = input.comparedTo
    ? resolvePeriod(input.comparedTo, now)
    : comparablePeriod(coveredPeriod(one.period, one.data)!);
  const two = await resolveQuestion(transaction, { ...input, period: comparedTo }, now);
  const [base, current] = one.period.start < two.period.start ? [one, two] : [two, one];
  return { base, current, freshness };
}

/** Both sides' totals per currency and their fair comparison, from all groups' changes. */
export function compareTotals({ base, current, freshness }: ComparedSides, changes: readonly CostChange[]) {
  const currencies = [...new Set(changes.map(({ currency }) => currency))].sort();
  const side = (
    of: Side,
    amount: "base" | "current",
    rows: "baseRowCount" | "currentRowCount",
  ): ComparedPeriod => {
    const total = currencies.map((currency) => {
      const own = changes.filter((change) => change.currency === currency).map((change) => change[amount]);
      return money(sumDecimals(own).toFixed(), currency);
    });
    return {
      period: of.period,
      coverage: of.coverage,
      total,
      perDay: total.map(({ value, currency }) => money(perDay(value, of.coverage), currency)),
      rowCount: changes.reduce((count, change) => count + change[rows], 0),
    };
  };
  const baseSide = side(base, "base", "baseRowCount");
  const currentSide = side(current, "current", "currentRowCount");
  // A price delivered for one side only would read as growth or as a fall to nothing.
  for (const [one, { total, rowCount }] of [
    [base, baseSide],
    [current, currentSide],
  ] as const)
    refuseUnknownKind(one.scope.kind, total, rowCount > 0 ? [{ rowCount }] : []);
  const totals = currencies.map((currency, index): TotalChange => {
    const [from, to] = [baseSide.total[index]!, currentSide.total[index]!];
    const [fromPerDay, toPerDay] = [baseSide.perDay[index]!, currentSide.perDay[index]!];
    return {
      currency,
      base: from,
      current: to,
      change: money(decimal(to.value).minus(from.value).toFixed(), currency),
      changePercent: percentChange(from.value, to.value),
      basePerDay: fromPerDay,
      currentPerDay: toPerDay,
      perDayChangePercent: perDayPercent({ base, current }, from.value, to.value),
    };
  });
  return {
    base: baseSide,
    current: currentSide,
    currency: currencies.length === 1 ? currencies[0]! : null,
    isSameLength: base.coverage.coveredDays === current.coverage.coveredDays,
    changes: totals,
    freshness,
  };
}

type CoveredSides = { base: Pick<Side, "coverage">; current: Pick<Side, "coverage"> };

// From the exact totals: amounts rounded per day would lose the small ones.
function perDayPercent({ base, current }: CoveredSides, from: string, to: string): string | null {
  return percentChange(
    decimal(from).times(current.coverage.coveredDays).toFixed(),
    decimal(to).times(base.coverage.coveredDays).toFixed(),
  );
}

function perDay(total: string, coverage: Coverage): string {
  return decimal(total).dividedBy(coverage.coveredDays).toDecimalPlaces(4).toFixed();
}

/** A group's change as people read it; `whole` is the change its share is of. */
export function toChangeRow(
  change: CostChange,
  dimension: CostDimension,
  whole: string,
  sides: CoveredSides,
): ChangeRow {
  const { currency } = change;
  const difference = decimal(change.current).minus(change.base);
  return {
    key: change.key!,
    label: costLabel(dimension, change.key!, change.label),
    base: money(change.base, currency),
    current: money(change.current, currency),
    change: money(difference.toFixed(), currency),
    changePercent: percentChange(change.base, change.current),
    perDayChangePercent: perDayPercent(sides, change.base, change.current),
    changeShare: ratio(difference, whole),
    status: statusOf(change),
  };
}

function statusOf(change: CostChange): ChangeRow["status"] {
  if (change.baseRowCount === 0) return "new";
  if (change.currentRowCount === 0) return "gone";
  const order = decimal(change.current).comparedTo(change.base);
  return order > 0 ? "increased" : order < 0 ? "decreased" : "unchanged";
}

/** The change of what is summed beyond the rows shown, per currency; `groupCount` groups of it. */
export function restOf(
  changes: readonly CostChange[],
): { change: ReturnType<typeof money>; groupCount: number }[] {
  return changes
    .filter((change) => change.key === null)
    .map((change) => ({
      change: money(decimal(change.current).minus(change.base).toFixed(), change.currency),
      groupCount: change.groupCount,
    }));
}

export const TopChanges = z
  .number()
  .int()
  .min(1)
  .max(50)
  .describe("Increases and decreases listed per currency; the rest is summed");

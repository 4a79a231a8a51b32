import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { type CostAround, readCostsAround } from "@cloudoptima/db/queries/recommendation-rankings.ts";
import { costDaysOf } from "@cloudoptima/db/queries/resource-costs.ts";
import type { Money, Period } from "../../costs/cost-shapes.ts";
import { addDays } from "../../costs/coverage.ts";
import { decimal, type ExactDecimal } from "../../kernel/money.ts";
import { cents, enoughDays } from "../net-rate.ts";
import { fitsFilter, type RecommendationFilter } from "../recommendation-filter.ts";
import { typeLabel } from "../recommendation-output.ts";
import { type DoneChange, listDoneChanges } from "./done-changes.ts";
import { daysBefore, earliest, latest, measureChange, savedIn } from "./measure-change.ts";
import type { RealizedChange, RealizedSavings } from "./realized-output.ts";

/** A saving counts for a year at most: what a resource would cost by now is ever less what it cost then. */
const reachDays = 365;

/** What was done to save and what it saved since, as measured; `period` keeps the saving of its days alone. */
export async function readRealizedSavings(
  transaction: TenantTransaction,
  now: Temporal.Instant,
  { period, ...filter }: RecommendationFilter & { period?: Period | undefined },
): Promise<RealizedSavings> {
  const fits = await fitsFilter(transaction, filter);
  const done = await listDoneChanges(transaction, new Date(now.epochMilliseconds), reachDays);
  const wanted = new Set(done.filter(fits).map(({ resourceId }) => resourceId));
  // All that was done to a resource bounds what may be compared, whatever of it is asked for.
  const own = done.filter(({ resourceId }) => wanted.has(resourceId));
  const costs = await readCosts(transaction, own);
  const ends = await readEnds(transaction, own);
  const rows = [...Map.groupBy(own, ({ resourceId }) => resourceId).values()]
    .flatMap((changes) => measureResource(changes, costs, ends, period))
    .filter(({ changes }) => changes.some(fits))
    .map(({ row }) => row)
    .filter((row) => !period || (row.doneOn < period.end && (row.undoneOn ?? period.end) > period.start))
    .sort((a, b) => compareSaved(a, b));
  const measured = rows.filter((row) => row.measuredMonthlySavings !== null);
  const inEffect = measured.filter((row) => row.undoneOn === null);
  return {
    period: period ?? null,
    dataUntil: [...ends.values()].length > 0 ? addDays(latest(...ends.values()), -1) : null,
    changeCount: rows.length,
    measuredCount: measured.length,
    tooEarlyCount: rows.length - measured.length,
    undoneCount: rows.filter((row) => row.undoneOn !== null).length,
    measuredMonthlySavings: sumMoney(inEffect.map((row) => row.measuredMonthlySavings)),
    estimatedMonthlySavings: sumMoney(inEffect.map((row) => row.estimatedMonthlySavings)),
    savedSoFar: sumMoney(rows.map((row) => row.savedSoFar)),
    rows,
    basis: `Against what would have been spent: mean daily effective cost of up to ${daysBefore} days before a change, less that of the days after it, x 365/12 a month; so far is that difference over the days since, a year at most. Needs ${enoughDays} days of each side. What a reservation or savings plan pays is not counted, and what else changed on the resource is.`,
  };
}

/**
 * The changes of one resource. Those within two weeks of each other cannot be told apart and are measured as one; each
 * ends where the next begins, so that no day's saving counts twice.
 */
function measureResource(
  changes: readonly DoneChange[],
  costs: ReadonlyMap<string, CostAround[]>,
  ends: ReadonlyMap<string | null, string>,
  period: Period | undefined,
): { changes: DoneChange[]; row: RealizedChange }[] {
  const clusters: DoneChange[][] = [];
  for (const change of changes) {
    const before = clusters.at(-1);
    const isNear = before && change.doneOn <= addDays(before.at(-1)!.doneOn, enoughDays);
    if (isNear) before.push(change);
    else clusters.push([change]);
  }
  return clusters.map((own, index) => {
    const previous = clusters[index - 1]?.at(-1);
    const next = clusters[index + 1]?.[0];
    const first = own[0]!;
    const last = own.at(-1)!;
    const end = ends.get(first.subscriptionId);
    const undone = own.flatMap(({ undoneOn }) => undoneOn ?? []);
    const isUndone = undone.length === own.length;
    const resourceCosts = [first.resourceId, ...own.flatMap(({ leftoverIds }) => leftoverIds)].flatMap(
      (id) => costs.get(id) ?? [],
    );
    const base = {
      what: own.map(({ what }) => what).join("; "),
      typeLabel: [...new Set(own.flatMap(({ types }) => types.slice(0, 1)))].map(typeLabel).join(", "),
      resource: { id: first.resourceId, name: first.resourceName ?? first.resourceId.split("/").at(-1)! },
      doneOn: first.doneOn,
      undoneOn: isUndone ? latest(...undone) : null,
      recommendationId: last.recommendationId,
      proposalId: last.proposalId,
      estimatedMonthlySavings: largest(own.map(({ estimatedMonthlySavings }) => estimatedMonthlySavings)),
      measuredMonthlySavings: null,
      savedSoFar: null,
      keptPercent: null,
      before: null,
      after: null,
    };
    const sides = measureChange(resourceCosts, {
      firstOn: first.doneOn,
      lastOn: last.doneOn,
      ...(previous ? { notBefore: addDays(latest(previous.doneOn, previous.undoneOn ?? ""), 1) } : {}),
      until: latest(
        addDays(last.doneOn, 1),
        earliest(
          end ?? "",
          addDays(last.doneOn, reachDays + 1),
          ...[next?.doneOn, ...undone].flatMap((day) => day ?? []),
        ),
      ),
    });
    if ("unknown" in sides) return { changes: own, row: { ...base, unknownBecause: sides.unknown } };
    const { currency, before, after, savedDaily } = sides;
    const money = (value: ExactDecimal): Money => ({ value: cents(value), currency });
    const saved = savedIn(sides, resourceCosts, period ?? after);
    const monthly = savedDaily.times(365).dividedBy(12);
    const estimated = base.estimatedMonthlySavings;
    const side = ({ start, end: until, rate }: typeof before) => ({
      ...{ start, end: until },
      meanDailyCost: money(rate.meanDaily),
      days: rate.days,
    });
    return {
      changes: own,
      row: {
        ...base,
        measuredMonthlySavings: money(monthly),
        savedSoFar: saved && money(saved),
        keptPercent:
          estimated?.currency === currency && decimal(estimated.value).greaterThan(0)
            ? monthly.dividedBy(estimated.value).times(100).toDecimalPlaces(1).toFixed()
            : null,
        before: side(before),
        after: side(after),
        unknownBecause: null,
      },
    };
  });
}

async function readCosts(transaction: TenantTransaction, changes: readonly DoneChange[]) {
  const around = changes.flatMap(({ resourceId, leftoverIds, doneOn }) =>
    [resourceId, ...leftoverIds].map((id) => ({ resourceId: id, on: doneOn })),
  );
  const costs = await readCostsAround(transaction, around, { before: daysBefore, after: reachDays });
  // The days around two changes of one resource overlap: each row counts once.
  const once = new Map(
    costs.map((one) => [`${one.day} ${one.currency} ${one.resourceId} ${one.service}`, one]),
  );
  return Map.groupBy(once.values(), ({ resourceId }) => resourceId);
}

/** Day after the last one with costs, by subscription. */
async function readEnds(transaction: TenantTransaction, changes: readonly DoneChange[]) {
  const ends = new Map<string | null, string>();
  for (const id of new Set(changes.map(({ subscriptionId }) => subscriptionId))) {
    const days = id && (await costDaysOf(transaction, id));
    if (days) ends.set(id, addDays(days.last, 1));
  }
  return ends;
}

/** One of several on one resource may rule out or shrink the others: the largest is what could be expected. */
function largest(amounts: readonly (Money | null)[]): Money | null {
  return amounts.reduce(
    (most, one) => (one && (!most || decimal(one.value).greaterThan(most.value)) ? one : most),
    null,
  );
}

function sumMoney(amounts: readonly (Money | null)[]): Money[] {
  const known = amounts.filter((amount) => amount !== null);
  return [...Map.groupBy(known, ({ currency }) => currency)]
    .map(([currency, own]) => ({
      value: own.reduce((sum, { value }) => sum.plus(value), decimal(0)).toFixed(),
      currency,
    }))
    .sort((a, b) => decimal(b.value).comparedTo(a.value));
}

/** What saved most first; what is not known yet last, the latest of it first. */
function compareSaved(a: RealizedChange, b: RealizedChange): number {
  const saved = ({ measuredMonthlySavings }: RealizedChange) => measuredMonthlySavings?.value;
  if (saved(a) !== undefined && saved(b) !== undefined) return decimal(saved(b)!).comparedTo(saved(a)!);
  if (saved(a) !== undefined || saved(b) !== undefined) return saved(a) === undefined ? 1 : -1;
  return a.doneOn < b.doneOn ? 1 : a.doneOn > b.doneOn ? -1 : 0;
}

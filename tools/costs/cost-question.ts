import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import type { CostScope } from "@cloudoptima/db/queries/cost-source.ts";
import {
  type CostCoverage,
  listCurrenciesOf,
  readCostCoverage,
  sumNamedCharges,
} from "@cloudoptima/db/queries/costs.ts";
import { z } from "zod";
import { AppError } from "../kernel/errors.ts";
import { decimal, sumDecimals } from "../kernel/money.ts";
import { firstDay } from "./calendar.ts";
import { chargeNames } from "./cost-labels.ts";
import {
  CostFilter,
  CostKind,
  type Coverage,
  type Freshness,
  type Money,
  type NamedCharge,
  type Period,
} from "./cost-shapes.ts";
import { describeCoverage, toFreshness } from "./coverage.ts";
import { PeriodInput } from "./period-input.ts";
import { resolvePeriod } from "./period-words.ts";
import { resolveFilters } from "./resolve-filters.ts";

/** What every question about cost may say. */
export const costQuestion = {
  period: PeriodInput.optional().describe("Default: the last whole month with data"),
  costKind: CostKind.default("effective").describe("effective: amortized; billed: as invoiced"),
  filters: z.array(CostFilter).max(10).default([]).describe("All must hold"),
};

interface Question {
  period?: PeriodInput;
  costKind: CostKind;
  filters: CostFilter[];
}

/** A question with its words resolved: exact days, exact keys, and what the data covers of them. */
export interface ResolvedQuestion {
  period: Period;
  scope: CostScope;
  data: CostCoverage;
  freshness: Freshness;
  coverage: Coverage;
}

/** Throws no_data when the period holds no data, not_found for a filter value that no cost has. */
export async function resolveQuestion(
  transaction: TenantTransaction,
  question: Question,
  now: Temporal.Instant,
): Promise<ResolvedQuestion> {
  const data = await readCostCoverage(transaction);
  const period = question.period ? clip(resolvePeriod(question.period, now), data) : lastWholeMonth(data);
  const coverage = describeCoverage(period, data);
  const conditions = await resolveFilters(transaction, question.filters);
  return {
    period,
    data,
    coverage,
    freshness: toFreshness(data),
    scope: { ...period, kind: question.costKind, conditions },
  };
}

// "All time" starts before any cloud bill; the answer names the days that there are.
function clip(period: Period, data: CostCoverage): Period {
  return period.start === firstDay.toString() && data.dataFrom ? { ...period, start: data.dataFrom } : period;
}

/** The last calendar month that the data covers to its end; else the month of the last day. */
export function lastWholeMonth(data: CostCoverage): Period {
  if (!data.dataUntil || !data.dataFrom) {
    // describeCoverage tells the person; the days do not matter.
    return { start: firstDay.toString(), end: firstDay.add({ days: 1 }).toString() };
  }
  const dayAfter = Temporal.PlainDate.from(data.dataUntil).add({ days: 1 });
  const end = dayAfter.with({ day: 1 });
  const start = end.subtract({ months: 1 });
  if (start.toString() >= data.dataFrom) return { start: start.toString(), end: end.toString() };
  const month = Temporal.PlainDate.from(data.dataUntil).with({ day: 1 });
  return { start: month.toString(), end: month.add({ months: 1 }).toString() };
}

/** The total of a scope per currency, its rows, and what of it is no plain usage. */
export interface ScopeTotals {
  total: Money[];
  currency: string | null;
  rowCount: number;
  charges: NamedCharge[];
}

/**
 * Totals as the sums of what the answer shows, so that its lines and its total cannot disagree, and what of it was
 * bought, given back, credited, taxed or left unused. A scope that no cost falls in has a total of 0 in each currency
 * of its days.
 */
export async function readTotals(
  transaction: TenantTransaction,
  scope: CostScope,
  shown: readonly { currency: string; amount: string; rowCount: number }[],
): Promise<ScopeTotals> {
  const currencies =
    shown.length > 0 ? shown.map(({ currency }) => currency) : await listCurrenciesOf(transaction, scope);
  const total = [...new Set(currencies)].sort().map((currency) => {
    const own = shown.filter((sum) => sum.currency === currency).map((sum) => sum.amount);
    return { value: sumDecimals(own).toFixed(), currency };
  });
  refuseUnknownKind(scope.kind, total, shown);
  // Asked for by name, they are the answer itself.
  const isNamed = scope.conditions.some(
    ({ dimension, exclude }) => !exclude && (dimension === "charge_kind" || dimension === "charge_category"),
  );
  const charges = isNamed ? [] : await sumNamedCharges(transaction, scope);
  return {
    total,
    currency: total.length === 1 ? total[0]!.currency : null,
    rowCount: shown.reduce((count, sum) => count + sum.rowCount, 0),
    charges: charges
      .map(({ kind, amount, currency }) => ({
        kind,
        label: chargeNames[kind],
        amount: money(amount, currency),
      }))
      .filter(({ amount }) => !decimal(amount.value).isZero()),
  };
}

/** Not every provider delivers list and contracted cost; a sum of nothing would read as "free". */
export function refuseUnknownKind(
  kind: CostScope["kind"],
  total: readonly Money[],
  shown: readonly { rowCount: number }[],
): void {
  const isOptional = kind === "list" || kind === "contracted";
  if (!isOptional || shown.length === 0 || total.some(({ value }) => !decimal(value).isZero())) return;
  throw new AppError("no_data", `No ${kind} cost was delivered with these costs.`, {
    hint: "Ask for effective or billed cost.",
  });
}

/** An amount as the database gives it, without trailing zeros. */
export function money(value: string, currency: string): Money {
  if (!/^[A-Z]{3}$/.test(currency)) {
    throw new AppError("internal", `The data holds a currency that is not an ISO 4217 code: "${currency}".`);
  }
  return { value: decimal(value).toFixed(), currency };
}

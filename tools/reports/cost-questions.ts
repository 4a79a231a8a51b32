import getCommitments from "../commitments/get-commitments.tool.ts";
import compareCosts from "../costs/compare-costs.tool.ts";
import type { CostDimension } from "../costs/cost-shapes.ts";
import { periodInWords } from "../costs/coverage.ts";
import explainCostChange from "../costs/explain-cost-change.tool.ts";
import getCostBreakdown from "../costs/get-cost-breakdown.tool.ts";
import getCostTrend from "../costs/get-cost-trend.tool.ts";
import { decimal } from "../kernel/money.ts";
import { placeFilters, placeInWords } from "./report-place.ts";
import {
  type FigureAt,
  type Missing,
  question,
  type ReportQuestion,
  type ReportScope,
} from "./report-question.ts";

/** "+3.4 %"; null where there was nothing to compare with. */
function signed(percent: string | null): string | null {
  if (percent === null) return null;
  const rounded = decimal(percent).toDecimalPlaces(1);
  return `${rounded.gt(0) ? "+" : ""}${rounded.isZero() ? "0" : rounded.toFixed()} %`;
}

const costNote = "Effective cost: amortized, after discounts and commitments, with credits and tax.";

export function spend({ period, place }: ReportScope): ReportQuestion[] {
  return [
    question(getCostBreakdown, {
      title: "By service",
      basis: "costs",
      input: { period, filters: placeFilters(place), groupBy: "service", top: 10 },
      figures: ({ total, period: days, coverage }) =>
        total.map(({ currency }, index) => ({
          label: "Cost",
          unit: currency,
          pointer: `/total/${index}/value`,
          detail: [periodInWords(days), coverage.note].filter(Boolean).join("; "),
          isHeadline: true,
        })),
      notes: ({ coverage }) => [costNote, coverage.note && `Not the whole period: ${coverage.note}.`],
    }),
  ];
}

export function trend({ period, place }: ReportScope): ReportQuestion[] {
  return [
    question(getCostTrend, {
      title: "By service over time",
      basis: "costs",
      input: { period, filters: placeFilters(place), groupBy: "service", top: 6 },
      figures: ({ statistics, granularity }) =>
        statistics.flatMap(({ currency, highest, lowest }, index): FigureAt[] => [
          {
            label: { daily: "Mean of a day", weekly: "Mean of a week", monthly: "Mean of a month" }[
              granularity
            ],
            unit: currency,
            pointer: `/statistics/${index}/average/value`,
          },
          {
            label: "Highest",
            unit: currency,
            pointer: `/statistics/${index}/highest/amount/value`,
            detail: periodInWords(highest),
          },
          {
            label: "Lowest",
            unit: currency,
            pointer: `/statistics/${index}/lowest/amount/value`,
            detail: periodInWords(lowest),
          },
        ]),
    }),
  ];
}

export function changes({ period, place }: ReportScope): ReportQuestion[] {
  return [
    question(compareCosts, {
      title: "Against the period before",
      basis: "costs",
      input: { period, filters: placeFilters(place), top: 5 },
      figures: ({ changes: totals, base, isSameLength }) =>
        totals.map(({ currency, changePercent, perDayChangePercent }, index) => ({
          label: "Change",
          unit: currency,
          pointer: `/changes/${index}/change/value`,
          detail: [
            changePercent === null ? "nothing was spent before" : signed(changePercent),
            isSameLength || perDayChangePercent === null ? null : `per day ${signed(perDayChangePercent)}`,
            `against ${periodInWords(base.period)}`,
          ]
            .filter(Boolean)
            .join("; "),
          isHeadline: true,
          isChange: true,
        })),
      notes: ({ base, current, isSameLength }) => [
        base.coverage.note && `Before: ${base.coverage.note}.`,
        current.coverage.note && `Now: ${current.coverage.note}.`,
        isSameLength ? null : "The periods have data for different numbers of days.",
      ],
    }),
  ];
}

export function places({ period, place }: ReportScope): ReportQuestion[] {
  const filters = placeFilters(place);
  const by = (groupBy: CostDimension, title: string, top: number) =>
    question(getCostBreakdown, { title, basis: "costs", input: { period, filters, groupBy, top } });
  return [
    // Of one, a breakdown would say its total again.
    ...(place.subscription ? [] : [by("subscription", "By subscription", 15)]),
    ...(place.resourceGroup ? [] : [by("resource_group", "By resource group", 15)]),
    by("resource", "By resource", 25),
    question(explainCostChange, {
      title: "What drove the change",
      basis: "costs",
      input: { period, filters },
    }),
  ];
}

/** Whoever bought a commitment, others may use it: of a part there is no rate that would be true. */
const sharedByAll: Missing = {
  reason:
    "Reservations and savings plans are shared by the whole organization; this report is of a part of it.",
  hint: "A report of everything tells their coverage and use.",
};

export function commitments({ period, place }: ReportScope): ReportQuestion[] {
  return [
    question(getCommitments, {
      title: "Coverage and use",
      basis: "costs",
      input: { period },
      missing: async () => (placeInWords(place) === null ? null : sharedByAll),
      figures: ({ totals }) =>
        totals.flatMap(({ unusedCost: { currency }, measuredAt }, index): FigureAt[] => [
          {
            label: "Coverage",
            unit: "percent",
            pointer: `/totals/${index}/coveragePercent`,
            detail: `of eligible usage, at ${measuredAt} cost, ${currency}`,
          },
          {
            label: "Utilization",
            unit: "percent",
            pointer: `/totals/${index}/utilizationPercent`,
            detail: currency,
          },
          {
            label: "Effective savings rate",
            unit: "percent",
            pointer: `/totals/${index}/effectiveSavingsRatePercent`,
            detail: currency,
          },
          { label: "Unused", unit: currency, pointer: `/totals/${index}/unusedCost/value` },
        ]),
      notes: ({ basis, rows }) => [
        ...(rows.length === 0 ? ["The data names no reservation or savings plan in this period."] : []),
        ...basis,
      ],
    }),
  ];
}

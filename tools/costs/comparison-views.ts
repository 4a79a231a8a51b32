import type { View } from "../kernel/view.ts";
import type { CostComparison, CostExplanation } from "./comparison-shapes.ts";
import { dimensionName } from "./cost-labels.ts";
import type { CostKind } from "./cost-shapes.ts";
import { periodInWords } from "./coverage.ts";

/** A waterfall from the base to the current period, and a table with both amounts, per currency. */
export function comparisonViews(output: CostComparison): View[] {
  const by = dimensionName(output.groupBy, output.tagKey);
  const rows = [...output.increases, ...output.decreases];
  return output.changes.flatMap(({ currency }): View[] => {
    const own = rows.filter((row) => row.change.currency === currency);
    const other = output.otherChange.find((amount) => amount.currency === currency);
    const steps = own.map((row) => ({ key: row.key, label: row.label, amount: row.change.value }));
    return [
      waterfall(`Change by ${by}`, output, currency, [
        ...steps,
        ...(other ? [{ key: "other", label: "everything else", amount: other.value }] : []),
      ]),
      {
        type: "table",
        title: `Changes by ${by}`,
        currency,
        columns: [
          { key: "label", label: by, format: "text" },
          { key: "base", label: periodInWords(output.base.period), format: "money" },
          { key: "current", label: periodInWords(output.current.period), format: "money" },
          { key: "change", label: "change", format: "money" },
          { key: "changePercent", label: "change %", format: "percent" },
          { key: "status", label: "status", format: "text" },
        ],
        rows: own.map((row) => ({
          label: row.label,
          base: row.base.value,
          current: row.current.value,
          change: row.change.value,
          changePercent: row.changePercent,
          status: row.status,
        })),
        note: comparisonNote(output),
      },
    ];
  });
}

/** The waterfall of the drivers, then the days of both periods over each other, per currency. */
export function explanationViews(output: CostExplanation): View[] {
  return output.changes.flatMap(({ currency }): View[] => {
    const steps = output.drivers
      .filter((driver) => driver.change.currency === currency)
      .map((driver) => ({ key: driver.key, label: driver.label, amount: driver.change.value }));
    const rest = output.everythingElse.find(({ change }) => change.currency === currency);
    const days = output.days.filter(({ amount }) => amount.currency === currency);
    return [
      waterfall("What changed", output, currency, [
        ...steps,
        ...(rest ? [{ key: "other", label: "everything else", amount: rest.change.value }] : []),
      ]),
      {
        type: "line",
        title: "Day by day",
        currency,
        granularity: "daily",
        series: [
          { key: "current", label: periodInWords(output.current.period) },
          { key: "base", label: periodInWords(output.base.period) },
        ],
        points: days.map((day) => ({
          x: day.day,
          current: day.amount.value,
          base: day.baseAmount?.value ?? null,
        })),
        note: comparisonNote(output),
      },
    ];
  });
}

type Compared = Pick<CostComparison, "base" | "current" | "changes" | "isSameLength"> & {
  costKind: CostKind;
};

function waterfall(
  title: string,
  output: Compared,
  currency: string,
  steps: { key: string; label: string; amount: string }[],
): View {
  const change = output.changes.find((total) => total.currency === currency)!;
  return {
    type: "waterfall",
    title: `${title}, ${periodInWords(output.base.period)} to ${periodInWords(output.current.period)}`,
    currency,
    start: { label: periodInWords(output.base.period), amount: change.base.value },
    steps,
    end: { label: periodInWords(output.current.period), amount: change.current.value },
    note: comparisonNote(output),
  };
}

function comparisonNote(output: Compared): string {
  const { base, current } = output;
  return [
    `${output.costKind} cost`,
    ...(output.isSameLength
      ? []
      : [`${current.coverage.coveredDays} days against ${base.coverage.coveredDays}`]),
    ...(current.coverage.note ? [current.coverage.note] : []),
  ].join("; ");
}

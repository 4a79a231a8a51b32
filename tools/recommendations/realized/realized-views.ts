import { dayInWords, periodInWords } from "../../costs/coverage.ts";
import type { View } from "../../kernel/view.ts";
import type { RealizedChange, RealizedSavings } from "./realized-output.ts";

/** What was saved as a figure per currency, and each change with what was expected of it and what was measured. */
export function realizedViews(output: RealizedSavings): View[] {
  const metrics: View[] = output.savedSoFar.map(({ value, currency }) => ({
    type: "metric",
    title: output.period ? `Saved, ${periodInWords(output.period)}` : "Saved so far",
    value,
    unit: currency,
    detail: measuredWords(output),
  }));
  if (output.rows.length === 0) return metrics;
  const currencies = [...new Set(output.rows.map(currencyOf))];
  return [...metrics, ...currencies.map((currency) => realizedTable(output, currency))];
}

/** "3 of 5 changes measured". */
export function measuredWords({ measuredCount, changeCount }: RealizedSavings): string {
  return `${measuredCount} of ${changeCount} ${changeCount === 1 ? "change" : "changes"} measured`;
}

/** How long before and after a change its cost was compared, or why it is not. */
function windowWords({ before, after, unknownBecause }: RealizedChange): string {
  if (!before || !after) return unknownBecause ?? "";
  return `${periodInWords(before)} against ${periodInWords(after)}`;
}

function realizedTable(output: RealizedSavings, currency: string | null): View {
  return {
    type: "table",
    title: `Changes and what they save a month${currency ? `, ${currency}` : ""}`,
    ...(currency ? { currency } : {}),
    columns: [
      { key: "what", label: "Done", format: "text" },
      { key: "on", label: "When", format: "date" },
      { key: "estimated", label: "Expected", format: "money" },
      { key: "measured", label: "Measured", format: "money" },
      { key: "saved", label: output.period ? "In the period" : "So far", format: "money" },
      { key: "window", label: "Compared days", format: "text" },
    ],
    rows: output.rows
      .filter((row) => currencyOf(row) === currency)
      .map((row) => ({
        what: row.undoneOn ? `${row.what} (undone on ${dayInWords(row.undoneOn)})` : row.what,
        on: row.doneOn,
        estimated: row.estimatedMonthlySavings?.value ?? null,
        measured: row.measuredMonthlySavings?.value ?? null,
        saved: row.savedSoFar?.value ?? null,
        window: windowWords(row),
      })),
    note: output.basis,
  };
}

const currencyOf = (row: RealizedChange) =>
  (row.measuredMonthlySavings ?? row.estimatedMonthlySavings)?.currency ?? null;

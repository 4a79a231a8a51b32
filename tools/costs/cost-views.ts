import type { View } from "../kernel/view.ts";
import { dimensionName } from "./cost-labels.ts";
import type { CostBreakdown, CostKind, Coverage } from "./cost-shapes.ts";
import { periodInWords } from "./coverage.ts";

/** What a chart must say beside its numbers: cost kind, and what is missing. */
export function viewNote(costKind: CostKind, coverage: Coverage): string {
  return [`${costKind} cost`, ...(coverage.note ? [coverage.note] : [])].join("; ");
}

/** One bar chart per currency: amounts of several currencies on one axis would lie. */
export function breakdownViews(output: CostBreakdown): View[] {
  const by = dimensionName(output.groupBy, output.tagKey);
  return output.total.map(({ currency }) => {
    const other = output.other.find((amount) => amount.currency === currency);
    return {
      type: "bar",
      title: `Cost by ${by}, ${periodInWords(output.period)}`,
      currency,
      rows: [
        ...output.rows
          .filter((row) => row.amount.currency === currency)
          .map((row) => ({ key: row.key, label: row.label, amount: row.amount.value, share: row.share })),
        ...(other ? [{ key: "other", label: "other", amount: other.value, share: null }] : []),
      ],
      note: viewNote(output.costKind, output.coverage),
    };
  });
}

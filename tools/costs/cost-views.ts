import { formatAmount } from "../kernel/format-value.ts";
import type { View } from "../kernel/view.ts";
import { dimensionName } from "./cost-labels.ts";
import type { CostBreakdown, CostKind, Coverage, NamedCharge } from "./cost-shapes.ts";
import { periodInWords } from "./coverage.ts";

/** What a chart must say beside its numbers: cost kind, what is missing, and what of them is no plain usage. */
export function viewNote(
  costKind: CostKind,
  coverage: Coverage,
  charges: readonly NamedCharge[] = [],
): string {
  const named = charges.map(
    ({ label, amount }) => `${label} ${formatAmount(amount.value)} ${amount.currency}`,
  );
  return [
    `${costKind} cost`,
    ...(coverage.note ? [coverage.note] : []),
    ...(named.length > 0 ? [`including ${named.join(", ")}`] : []),
  ].join("; ");
}

/** What of a total in one currency is no plain usage. */
export function chargesIn(output: { charges: NamedCharge[] }, currency: string): NamedCharge[] {
  return output.charges.filter(({ amount }) => amount.currency === currency);
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
      note: viewNote(output.costKind, output.coverage, chargesIn(output, currency)),
    };
  });
}

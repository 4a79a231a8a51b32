import { formatAmount } from "../kernel/format-value.ts";
import type { View } from "../kernel/view.ts";
import type { Commitments } from "./get-commitments.tool.ts";

/** Coverage, utilization and savings rate of each currency, then each commitment. */
export function commitmentViews({ totals, rows }: Commitments): View[] {
  const metrics = totals.flatMap((total): View[] => {
    const { currency } = total.unusedCost;
    const metric = (title: string, value: string | null, detail: string): View[] =>
      value === null ? [] : [{ type: "metric", title, value, unit: "percent", detail }];
    return [
      ...metric(
        "Coverage",
        total.coveragePercent,
        `of eligible usage, at ${total.measuredAt} cost, ${currency}`,
      ),
      ...metric(
        "Utilization",
        total.utilizationPercent,
        `${formatAmount(total.unusedCost.value)} ${currency} unused`,
      ),
      ...metric(
        "Effective savings rate",
        total.effectiveSavingsRatePercent,
        total.listCostFrom === "derived"
          ? `of ${total.listCostKnownPercent} % of eligible usage, by retail prices, ${currency}`
          : `against list cost, ${currency}`,
      ),
    ];
  });
  const tables = [...Map.groupBy(rows, ({ unusedCost }) => unusedCost.currency)].map(
    ([currency, own]): View => ({
      type: "table",
      title: `Commitments, ${currency}`,
      currency,
      columns: [
        { key: "commitment", label: "Commitment", format: "text" },
        { key: "kind", label: "Kind", format: "text" },
        { key: "used", label: "Used", format: "money" },
        { key: "unused", label: "Unused", format: "money" },
        { key: "utilization", label: "Utilization", format: "percent" },
      ],
      rows: own.map((row) => ({
        commitment: row.label,
        kind: row.kind,
        used: row.usedCost?.value ?? null,
        unused: row.unusedCost.value,
        utilization: row.utilizationPercent,
      })),
    }),
  );
  return [...metrics, ...tables];
}

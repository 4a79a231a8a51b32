import type { View } from "../kernel/view.ts";
import type { SavingsTotal } from "./get-savings-total.tool.ts";
import type { RecommendationList } from "./list-recommendations.tool.ts";
import { realizedViews } from "./realized/realized-views.ts";

/** The page as a list, and why it is in this order. */
export function recommendationViews(output: RecommendationList): View[] {
  if (output.rows.length === 0) return [];
  return [
    {
      type: "list",
      title: "Recommendations, savings a month at your rates",
      items: output.rows.map((row) => ({
        title: row.title,
        detail: [row.resource.resourceGroup, row.resource.region, `risk ${row.risk}`]
          .filter(Boolean)
          .join(", "),
        ...(row.monthlySavings
          ? { amount: row.monthlySavings.value, currency: row.monthlySavings.currency }
          : {}),
        badge: row.typeLabel,
      })),
      note: [
        ...(output.totalCount > output.rows.length
          ? [`${output.rows.length} of ${output.totalCount} recommendations.`]
          : []),
        output.order.why,
      ].join(" "),
    },
  ];
}

/** The total as a figure per currency, and what it is made of; or what was saved, where that was asked for. */
export function savingsViews(output: SavingsTotal): View[] {
  if (output.realized) return realizedViews(output.realized);
  const metrics: View[] = output.monthlySavings.map((amount) => ({
    type: "metric",
    title: "Savings a month at your rates",
    value: amount.value,
    unit: amount.currency,
    detail:
      output.recommendationCount === 1
        ? "one recommendation"
        : `${output.recommendationCount} recommendations that can be done together`,
  }));
  const [first] = output.monthlySavings;
  if (!first || output.byType.length === 0) return metrics;
  const rows = output.byType.map((type) => ({
    type: type.typeLabel,
    count: type.recommendationCount,
    monthly: type.monthlySavings.find((amount) => amount.currency === first.currency)?.value ?? null,
    annual: type.annualSavings.find((amount) => amount.currency === first.currency)?.value ?? null,
  }));
  return [
    ...metrics,
    {
      type: "table",
      title: `Savings by type, ${first.currency}`,
      currency: first.currency,
      columns: [
        { key: "type", label: "Type", format: "text" },
        { key: "count", label: "Recommendations", format: "count" },
        { key: "monthly", label: "A month", format: "money" },
        { key: "annual", label: "A year", format: "money" },
      ],
      rows,
    },
  ];
}

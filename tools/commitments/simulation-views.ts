import type { View } from "../kernel/view.ts";
import type { Simulation } from "./simulate-commitment.tool.ts";

/** One table for each term: they are alternatives. */
export function simulationViews({ groups, kind, days }: Simulation): View[] {
  const lines = groups.flatMap((group) =>
    group.terms.flatMap(({ years, best, breakEvenUsePercent }) =>
      best ? [{ years, currency: best.monthlySavings.currency, group, best, breakEvenUsePercent }] : [],
    ),
  );
  return [...Map.groupBy(lines, ({ years, currency }) => `${years} ${currency}`).values()].map(
    (own): View => {
      const { years, currency } = own[0]!;
      return {
        type: "table",
        title: `${kind === "reservation" ? "Reservations" : "Savings plan"} for ${years === 1 ? "1 year" : "3 years"}, by the last ${days} days`,
        currency,
        columns: [
          { key: "group", label: "For", format: "text" },
          { key: "units", label: "Units", format: "count" },
          { key: "savings", label: "Saves a month", format: "money" },
          { key: "price", label: "Costs a month", format: "money" },
          { key: "used", label: "Used", format: "percent" },
          { key: "least", label: "Break-even use", format: "percent" },
        ],
        rows: own.map(({ group, best, breakEvenUsePercent }) => ({
          group: [group.label, group.region].filter(Boolean).join(", "),
          units: best.units,
          savings: best.monthlySavings.value,
          price: best.monthlyPrice.value,
          used: best.usedPercent,
          least: breakEvenUsePercent,
        })),
      };
    },
  );
}

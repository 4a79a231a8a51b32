import { periodInWords } from "../costs/coverage.ts";
import type { View } from "../kernel/view.ts";
import type { ResourceSearchOutput } from "./search-resources.tool.ts";

/** A table of the page; one cost column, because a resource is billed in one currency. */
export function resourceViews(output: ResourceSearchOutput): View[] {
  if (output.counts && output.counts.length > 0) return [countTable(output.counts)];
  if (output.rows.length === 0) return [];
  const currency = output.rows.find((row) => row.cost.length > 0)?.cost[0]?.currency;
  const cost = currency ? [{ key: "cost", label: "Cost", format: "money" as const }] : [];
  return [
    {
      type: "table",
      title: `Resources, cost of ${periodInWords(output.period)}`,
      ...(currency ? { currency } : {}),
      columns: [
        { key: "name", label: "Name", format: "text" },
        { key: "type", label: "Type", format: "text" },
        { key: "region", label: "Region", format: "text" },
        { key: "group", label: "Resource group", format: "text" },
        { key: "status", label: "Status", format: "text" },
        ...cost,
      ],
      rows: output.rows.map((row) => ({
        name: row.name,
        type: row.typeLabel,
        region: row.region,
        group: row.resourceGroup,
        status: row.goneAt ? "gone" : row.status,
        cost: row.cost.find((amount) => amount.currency === currency)?.value ?? null,
      })),
      ...(output.totalCount > output.rows.length
        ? { note: `${output.rows.length} of ${output.totalCount} resources` }
        : {}),
    },
  ];
}

function countTable(counts: NonNullable<ResourceSearchOutput["counts"]>): View {
  return {
    type: "table",
    title: "Resources by number",
    columns: [
      { key: "label", label: "Of", format: "text" },
      { key: "count", label: "Resources", format: "count" },
    ],
    rows: counts.map(({ label, count }) => ({ label, count })),
  };
}

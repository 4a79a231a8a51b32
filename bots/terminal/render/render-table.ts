import { formatCount, formatMoney } from "@cloudoptima/tools/kernel/format-value.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import type { Style } from "../style.ts";
import { textTable } from "./columns.ts";

type TableView = Extract<View, { type: "table" }>;
type Cell = TableView["rows"][number][string];

const mostRows = 50;

/** Figures right-aligned, the header underlined by colour only. */
export function renderTable(view: TableView, style: Style): string[] {
  const columns = view.columns.map((column) => ({
    label: singleLine(column.label),
    align: column.format === "text" || column.format === "date" ? ("left" as const) : ("right" as const),
  }));
  const rows = view.rows
    .slice(0, mostRows)
    .map((row) =>
      view.columns.map((column) => cellText(row[column.key] ?? null, column.format, view.currency)),
    );
  const [header = "", ...body] = textTable(columns, rows, style.width);
  const more = view.rows.length > mostRows ? [`… ${view.rows.length - mostRows} more rows`] : [];
  return [style.dim(header), ...body, ...more];
}

const exactDecimal = /^-?\d+(\.\d+)?$/;

function cellText(
  cell: Cell,
  format: TableView["columns"][number]["format"],
  currency: string | undefined,
): string {
  if (cell === null) return "-";
  const text = String(cell);
  if (!exactDecimal.test(text)) return singleLine(text);
  switch (format) {
    case "money":
      return currency ? formatMoney(text, currency) : text;
    case "percent":
      return `${new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 }).format(Number(text))} %`;
    case "count":
      return formatCount(text);
    default:
      return singleLine(text);
  }
}

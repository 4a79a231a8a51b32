import { formatCount, formatMoney } from "@cloudoptima/tools/kernel/format-value.ts";
import { safeName } from "@cloudoptima/tools/kernel/safe-name.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";

/** A table of finished texts, for platforms that draw tables. */
export interface TextTable {
  title: string;
  columns: { label: string; align: "left" | "right" }[];
  rows: string[][];
  /** Rows beyond those shown. */
  moreRowCount: number;
}

type TableView = Extract<View, { type: "table" }>;
type ListView = Extract<View, { type: "list" }>;

const mostRows = 10;
const mostColumns = 5;

/** The first rows of a table or list view; null for other views and empty ones. */
export function toTextTable(view: View): TextTable | null {
  if (view.type === "table" && view.rows.length > 0) return fromTable(view);
  if (view.type === "list" && view.items.length > 0) return fromList(view);
  return null;
}

function fromTable(view: TableView): TextTable {
  const columns = view.columns.slice(0, mostColumns);
  return {
    title: safeName(view.title),
    columns: columns.map(({ label, format }) => ({
      label: safeName(label),
      align: format === "text" || format === "date" ? "left" : "right",
    })),
    rows: view.rows
      .slice(0, mostRows)
      .map((row) => columns.map((column) => cellText(row[column.key] ?? null, column.format, view.currency))),
    moreRowCount: Math.max(0, view.rows.length - mostRows),
  };
}

function fromList(view: ListView): TextTable {
  const hasAmounts = view.items.some(({ amount }) => amount !== undefined);
  return {
    title: safeName(view.title),
    columns: [
      { label: "What", align: "left" },
      { label: "Detail", align: "left" },
      ...(hasAmounts ? [{ label: "Amount", align: "right" as const }] : []),
    ],
    rows: view.items
      .slice(0, mostRows)
      .map((item) => [
        safeName(item.badge ? `${item.title} (${item.badge})` : item.title),
        safeName(item.detail ?? "", 240),
        ...(hasAmounts ? [cellText(item.amount ?? null, "money", item.currency)] : []),
      ]),
    moreRowCount: Math.max(0, view.items.length - mostRows),
  };
}

const exactDecimal = /^-?\d+(\.\d+)?$/;

function cellText(
  cell: string | number | null,
  format: TableView["columns"][number]["format"],
  currency: string | undefined,
): string {
  if (cell === null) return "-";
  const text = String(cell);
  if (!exactDecimal.test(text)) return safeName(text);
  if (format === "money") return currency ? formatMoney(text, currency) : text;
  if (format === "percent") return `${Number(Number(text).toFixed(1))} %`;
  return format === "count" ? formatCount(text) : safeName(text);
}

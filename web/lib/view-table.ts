import { formatMeasured, withUnit } from "@cloudoptima/tools/kernel/format-value.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import {
  formatAmount,
  formatCount,
  formatDay,
  formatHour,
  formatMonth,
  formatPercent,
  formatShare,
} from "./format.ts";

type Format =
  | "text"
  | "money"
  | "change"
  | "share"
  | "percent"
  | "count"
  | "measured"
  | "date"
  | "hour"
  | "month";

interface TableColumn {
  key: string;
  label: string;
  format: Format;
}

/** What stands behind any view, as rows of exact values. */
export interface TableModel {
  currency: string | undefined;
  columns: TableColumn[];
  rows: Record<string, string | number | null>[];
}

const text = (key: string, label: string): TableColumn => ({ key, label, format: "text" });

/** The table behind a view: every chart can be read as one. Null for plain text. */
export function viewTable(view: View): TableModel | null {
  switch (view.type) {
    case "table":
      return { currency: view.currency, columns: view.columns, rows: view.rows };
    case "bar":
      return {
        currency: view.currency,
        columns: [
          text("label", "Name"),
          { key: "amount", label: "Cost", format: "money" },
          { key: "share", label: "Share", format: "share" },
        ],
        rows: view.rows.map(({ label, amount, share }) => ({ label, amount, share })),
      };
    case "line":
      return {
        currency: view.currency,
        columns: [
          {
            key: "x",
            label: periodName[view.granularity],
            format: pointFormat[view.granularity],
          },
          ...view.series.map(
            ({ key, label }): TableColumn =>
              view.currency
                ? { key, label, format: "money" }
                : { key, label: withUnit(label, view.unit && `(${view.unit})`), format: "measured" },
          ),
        ],
        rows: view.points,
      };
    case "waterfall":
      return {
        currency: view.currency,
        columns: [
          text("label", "Step"),
          { key: "change", label: "Change", format: "change" },
          { key: "amount", label: "Cost", format: "money" },
        ],
        rows: [
          { label: view.start.label, change: null, amount: view.start.amount },
          ...view.steps.map(({ label, amount }) => ({ label, change: amount, amount: null })),
          { label: view.end.label, change: null, amount: view.end.amount },
        ],
      };
    case "list":
      return {
        currency: view.items.find((item) => item.currency)?.currency,
        columns: [
          text("title", "Item"),
          text("detail", "Detail"),
          { key: "amount", label: "Amount", format: "money" },
        ],
        rows: view.items.map(({ title, detail, amount }) => ({
          title,
          detail: detail ?? null,
          amount: amount ?? null,
        })),
      };
    default:
      return null;
  }
}

const periodName = { hourly: "Hour from", daily: "Day", weekly: "Week from", monthly: "Month" } as const;
const pointFormat = { hourly: "hour", daily: "date", weekly: "date", monthly: "month" } as const;

export function isNumeric(format: Format): boolean {
  return !["text", "date", "hour", "month"].includes(format);
}

/** A cell for reading; null is a dash. The currency of money is in the header, once. */
export function formatCell(value: string | number | null | undefined, format: Format): string {
  if (value === null || value === undefined || value === "") return "–";
  const raw = String(value);
  switch (format) {
    case "money":
      return formatAmount(raw);
    case "change":
      return formatAmount(raw, true);
    case "share":
      return formatShare(raw);
    case "percent":
      return formatPercent(raw);
    case "count":
      return formatCount(raw);
    case "measured":
      return formatMeasured(raw);
    case "date":
      return formatDay(raw);
    case "hour":
      return formatHour(raw);
    case "month":
      return formatMonth(raw);
    default:
      return raw;
  }
}

/** The exact values as CSV. A cell that a spreadsheet would run as a formula is made text. */
export function tableToCsv({ columns, rows, currency }: TableModel): string {
  const cell = (value: string | number | null | undefined) => {
    const raw = value === null || value === undefined ? "" : String(value);
    const safe = /^[=+@\t\r]|^-(?!\d)/.test(raw) ? `'${raw}` : raw;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const header = columns.map(({ label, format }) =>
    cell(currency && (format === "money" || format === "change") ? `${label} (${currency})` : label),
  );
  return [header, ...rows.map((row) => columns.map(({ key }) => cell(row[key])))]
    .map((cells) => cells.join(","))
    .join("\r\n");
}

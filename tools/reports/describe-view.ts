import { renderChartSvg } from "../charts/chart-svg.ts";
import { type ChartView, isChart } from "../charts/chart-view.ts";
import { dayInWords } from "../costs/coverage.ts";
import { formatAmount, formatCount, formatShare, withUnit } from "../kernel/format-value.ts";
import { decimal } from "../kernel/money.ts";
import type { View } from "../kernel/view.ts";
import { printedText } from "./printed-text.ts";
import type { Block, PrintedCell } from "./report-document.ts";

type Format = Extract<View, { type: "table" }>["columns"][number]["format"] | "share";
type TableBlock = Extract<Block, { kind: "table" }>;

/** More points than these are read as a line; the JSON has each of them. */
const mostPoints = 13;

/** A view of an answer as it is printed: charts with their exact amounts under them. `several`: currencies. */
export function describeView(
  view: View,
  { dimension, next, several }: { dimension: string; next: View | undefined; several: boolean },
): Block[] {
  const currency = "currency" in view ? view.currency : undefined;
  const title = (text: string) =>
    heading(several && currency && !text.includes(currency) ? `${text}, ${currency}` : text);
  switch (view.type) {
    case "text":
      return [note(view.text)];
    case "table":
      return [title(view.title), table(view.columns, view.rows, view.currency), ...noted(view.note)];
    case "bar":
      return [
        title(view.title),
        ...chart(view, dimension),
        table(
          [column("label", "Name"), column("amount", "Cost", "money"), column("share", "Share", "share")],
          view.rows,
          view.currency,
        ),
        ...noted(view.note),
      ];
    case "line":
      return [title(view.title), ...chart(view, dimension), ...pointTable(view), ...noted(view.note)];
    case "waterfall":
      // Where a table of the same change follows, one is enough.
      return [
        title(view.title),
        ...chart(view, dimension),
        ...(next?.type === "table" ? [] : [stepTable(view)]),
        ...noted(view.note),
      ];
    case "list":
      return [title(view.title), listTable(view), ...noted(view.note)];
    default:
      return [];
  }
}

const heading = (text: string): Block => ({ kind: "heading", text: printedText(text) });
const note = (text: string): Block => ({ kind: "note", text: printedText(text) });
const noted = (text: string | undefined): Block[] => {
  // What the section says of all its amounts is not said under each.
  if (!text || text === "effective cost") return [];
  return [note(`${text[0]!.toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`)];
};
const column = (key: string, label: string, format: Format = "text") => ({ key, label, format });

function chart(view: ChartView, dimension: string): Block[] {
  return isChart(view) ? [{ kind: "chart", chart: renderChartSvg(view, dimension, { titled: false }) }] : [];
}

function table(
  columns: readonly { key: string; label: string; format: Format }[],
  rows: readonly Record<string, string | number | null>[],
  currency: string | undefined,
): TableBlock {
  const numeric = (format: Format) => !["text", "date"].includes(format);
  const lengths = columns.map(({ key }) => rows.reduce((sum, row) => sum + String(row[key] ?? "").length, 0));
  return {
    kind: "table",
    columns: columns.map(({ label, format }, index) => ({
      label: printedText(format === "money" && currency ? `${label} (${currency})` : label),
      isNumeric: numeric(format),
      isWide: format === "text" && lengths[index]! > rows.length * 24,
    })),
    rows: rows.map((row) => columns.map(({ key, format }) => cell(row[key] ?? null, format, currency))),
  };
}

function cell(value: string | number | null, format: Format, currency: string | undefined): PrintedCell {
  if (value === null || value === "") return { text: "–" };
  const raw = String(value);
  switch (format) {
    case "money":
      return { text: formatAmount(raw), exact: `${decimal(raw).toFixed()} ${currency ?? ""}`.trim() };
    case "percent":
      return { text: `${decimal(raw).toDecimalPlaces(1).toFixed()} %`, exact: `${raw} %` };
    case "share":
      return { text: formatShare(raw) };
    case "count":
      return { text: formatCount(raw) };
    case "date":
      return { text: dayInWords(raw.slice(0, 10)) };
    default:
      return { text: printedText(raw) };
  }
}

function pointTable({ series, points, currency, unit }: Extract<View, { type: "line" }>): Block[] {
  if (points.length > mostPoints || series.length > 4) return [];
  const columns = series.map(({ key, label }) =>
    currency ? column(key, label, "money") : column(key, withUnit(label, unit && `(${unit})`), "count"),
  );
  return [table([column("x", "From", "date"), ...columns], points, currency)];
}

function stepTable({ start, steps, end, currency }: Extract<View, { type: "waterfall" }>): TableBlock {
  return table(
    [column("label", "Step"), column("change", "Change", "money"), column("amount", "Cost", "money")],
    [
      { label: start.label, change: null, amount: start.amount },
      ...steps.map(({ label, amount }) => ({ label, change: amount, amount: null })),
      { label: end.label, change: null, amount: end.amount },
    ],
    currency,
  );
}

function listTable({ items }: Extract<View, { type: "list" }>): TableBlock {
  const hasAmounts = items.some(({ amount }) => amount !== undefined);
  const hasBadges = items.some(({ badge }) => badge !== undefined);
  const currencies = new Set(items.flatMap(({ currency }) => currency ?? []));
  const [currency] = currencies;
  const columns = [
    column("title", "What"),
    ...(hasBadges ? [column("badge", "Kind")] : []),
    column("detail", "Detail"),
    ...(hasAmounts ? [column("amount", "Amount", "money")] : []),
    ...(currencies.size > 1 ? [column("currency", "Currency")] : []),
  ];
  const rows = items.map(({ title, detail, amount, currency: own, badge }) => ({
    title,
    badge: badge ?? null,
    detail: detail ?? null,
    amount: amount ?? null,
    currency: own ?? null,
  }));
  return table(columns, rows, currencies.size === 1 ? currency : undefined);
}

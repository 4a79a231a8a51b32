import { formatChange, formatMoney, formatShare } from "@cloudoptima/tools/kernel/format-value.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import type { Style } from "../style.ts";
import { bar } from "./bars.ts";
import { displayWidth, pad, truncate } from "./columns.ts";

interface BarLine {
  label: string;
  amount: string;
  figure: string;
  share: string;
}

/** Lines beyond this are counted, not drawn: a screen holds no more. */
const mostLines = 25;

function barLines(view: Extract<View, { type: "bar" | "waterfall" }>): BarLine[] {
  if (view.type === "bar") {
    return view.rows.map((row) => ({
      label: singleLine(row.label),
      amount: row.amount,
      figure: formatMoney(row.amount, view.currency),
      share: formatShare(row.share),
    }));
  }
  const edge = (point: { label: string; amount: string }): BarLine => ({
    label: singleLine(point.label),
    amount: point.amount,
    figure: formatMoney(point.amount, view.currency),
    share: "",
  });
  const steps = view.steps.map((step) => ({
    label: singleLine(step.label),
    amount: step.amount,
    figure: formatChange(step.amount, view.currency),
    share: "",
  }));
  return [edge(view.start), ...steps, edge(view.end)];
}

/** One line per row: label, bar, exact figure, share. Steps of a waterfall are drawn to their own scale. */
export function renderBars(view: Extract<View, { type: "bar" | "waterfall" }>, style: Style): string[] {
  const all = barLines(view);
  const lines = all.slice(0, mostLines);
  const figureWidth = Math.max(...lines.map((line) => displayWidth(line.figure)), 0);
  const shareWidth = Math.max(...lines.map((line) => displayWidth(line.share)), 0);
  const labelWidth = Math.min(
    Math.max(...lines.map((line) => displayWidth(line.label)), 0),
    Math.max(12, Math.floor(style.width * 0.4)),
  );
  const cells = Math.max(5, Math.min(40, style.width - labelWidth - figureWidth - shareWidth - 6));
  const drawn = (line: BarLine, index: number) =>
    view.type === "bar" || (index > 0 && index < all.length - 1) ? Math.abs(Number(line.amount)) : 0;
  const largest = Math.max(...lines.map(drawn), 0);
  const rendered = lines.map((line, index) => {
    const length = drawn(line, index);
    const shape = bar(Number(line.amount) < 0 ? -length : length, largest, cells);
    return [
      pad(truncate(line.label, labelWidth), labelWidth, "left"),
      style.accent(pad(shape, cells, "left")),
      pad(line.figure, figureWidth, "right"),
      pad(line.share, shareWidth, "right"),
    ]
      .join("  ")
      .trimEnd();
  });
  return all.length > lines.length ? [...rendered, `… ${all.length - lines.length} more`] : rendered;
}

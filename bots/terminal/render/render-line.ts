import { formatPoint } from "@cloudoptima/tools/kernel/format-value.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import type { Style } from "../style.ts";
import { bar, sparkLine } from "./bars.ts";
import { displayWidth, pad, truncate } from "./columns.ts";

type LineView = Extract<View, { type: "line" }>;

/** Up to a year of months, or two weeks of days, reads best as one bar a point. */
const mostBars = 14;

/** One series of few points as bars; otherwise a spark line per series with its range. */
export function renderLine(view: LineView, style: Style): string[] {
  const [only] = view.series;
  if (view.series.length === 1 && only && view.points.length <= mostBars) {
    return pointBars(view, only.key, style);
  }
  const labels = view.series.map((series) => singleLine(series.label));
  const ranges = view.series.map((series) => rangeText(view, series.key));
  const labelWidth = Math.min(Math.max(...labels.map(displayWidth), 0), 24);
  const room = Math.max(10, style.width - labelWidth - Math.max(...ranges.map(displayWidth), 0) - 4);
  const lines = view.series.map((series, index) => {
    const shape = sparkLine(
      shrink(
        view.points.map((point) => numberOrGap(point[series.key])),
        room,
      ),
    );
    const label = pad(truncate(labels[index] ?? "", labelWidth), labelWidth, "left");
    return `${label}  ${style.accent(shape)}  ${ranges[index]}`;
  });
  const from = view.points[0]?.x ?? "";
  const to = view.points.at(-1)?.x ?? "";
  return [...lines, style.dim(`${from} to ${to}, ${view.granularity}`)];
}

function pointBars(view: LineView, key: string, style: Style): string[] {
  const figures = view.points.map((point) => {
    const value = point[key];
    return value == null ? "no data" : formatPoint(value, view);
  });
  const figureWidth = Math.max(...figures.map(displayWidth), 0);
  const values = view.points.map((point) => numberOrGap(point[key]) ?? 0);
  const largest = Math.max(...values.map(Math.abs), 0);
  const cells = Math.max(5, Math.min(40, style.width - 11 - figureWidth - 4));
  return view.points.map((point, index) =>
    [
      pad(pointLabel(String(point.x ?? ""), view.granularity), 11, "left"),
      style.accent(pad(bar(values[index] ?? 0, largest, cells), cells, "left")),
      pad(figures[index] ?? "", figureWidth, "right"),
    ].join("  "),
  );
}

/** "2026-09" for a month, "09-14 05:00" for an hour, the day otherwise. */
function pointLabel(day: string, granularity: LineView["granularity"]): string {
  if (granularity === "hourly") return day.slice(5, 16).replace("T", " ");
  return granularity === "monthly" ? day.slice(0, 7) : day;
}

function numberOrGap(value: string | null | undefined): number | null {
  return value == null ? null : Number(value);
}

function rangeText(view: LineView, key: string): string {
  const present = view.points.map((point) => point[key]).filter((value) => value != null);
  if (present.length === 0) return "no data";
  const sorted = present.toSorted((left, right) => Number(left) - Number(right));
  return `${formatPoint(sorted[0] ?? "0", view)} to ${formatPoint(sorted.at(-1) ?? "0", view)}`;
}

/** Means of neighbouring points, when there are more points than cells. */
function shrink(values: (number | null)[], cells: number): (number | null)[] {
  if (values.length <= cells) return values;
  return Array.from({ length: cells }, (_, cell) => {
    const from = Math.floor((cell * values.length) / cells);
    const to = Math.max(from + 1, Math.floor(((cell + 1) * values.length) / cells));
    const part = values.slice(from, to).filter((value) => value !== null);
    return part.length === 0 ? null : part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}

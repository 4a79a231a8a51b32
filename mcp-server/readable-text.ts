import { plainText, singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import { spelledJson } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";

/** Rows of a view that the text shows; the structured content always has them all. */
const mostRows = 20;

/** The views as short aligned text for an assistant that does not read structured content. */
export function readableText(title: string, views: readonly View[], output: Record<string, unknown>): string {
  const parts = views.slice(0, 3).map(viewText);
  return parts.length > 0 ? parts.join("\n\n") : `${title}\n${spelledJson(output)}`;
}

function viewText(view: View): string {
  if (view.type === "text") return plainText(view.text);
  const measure =
    ("currency" in view && view.currency) || ("unit" in view && view.type === "line" && view.unit);
  const lines = [`${singleLine(view.title)}${measure ? ` (${measure})` : ""}`, ...aligned(rowsOf(view))];
  if ("note" in view && view.note) lines.push(singleLine(view.note));
  return lines.join("\n");
}

/** Header first where the view has columns. Amounts stay exact decimal strings: rounding is for people. */
function rowsOf(view: Exclude<View, { type: "text" }>): string[][] {
  switch (view.type) {
    case "metric":
      return [[view.value, view.unit, view.detail ?? ""]];
    case "table":
      return [
        view.columns.map((column) => column.label),
        ...view.rows.map((row) => view.columns.map((column) => String(row[column.key] ?? "-"))),
      ];
    case "bar":
      return view.rows.map((row) => [row.label, row.amount, row.share === null ? "" : `share ${row.share}`]);
    case "line":
      return [
        [view.granularity, ...view.series.map((series) => series.label)],
        ...view.points.map((point) => [
          String(point.x ?? ""),
          ...view.series.map((series) => point[series.key] ?? "-"),
        ]),
      ];
    case "waterfall":
      return [view.start, ...view.steps, view.end].map((step) => [step.label, step.amount]);
    case "proposal":
      return [[`proposal ${view.proposalId}`, "waits for a person; it changes nothing until they approve"]];
    case "list":
      return view.items.map((item) => [
        item.title,
        [item.amount, item.currency].filter(Boolean).join(" "),
        item.badge ?? "",
        item.detail ?? "",
      ]);
  }
}

function aligned(rows: readonly string[][]): string[] {
  const shown = rows.slice(0, mostRows + 1).map((row) => row.map(singleLine));
  const columns = Math.max(0, ...shown.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, index) =>
    Math.max(...shown.map((row) => (row[index] ?? "").length)),
  );
  const lines = shown.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return rows.length > shown.length ? [...lines, `… ${rows.length - shown.length} more rows`] : lines;
}

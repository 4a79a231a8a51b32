import { formatMoney } from "@cloudoptima/tools/kernel/format-value.ts";
import { plainText, singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import type { Style } from "../style.ts";
import { renderBars } from "./render-bars.ts";
import { renderLine } from "./render-line.ts";
import { renderTable } from "./render-table.ts";

/** A view as lines of text. Labels come from clouds and models, so they are printed as plain single lines. */
export function renderView(view: View, style: Style): string[] {
  switch (view.type) {
    case "text":
      return plainText(view.text).split("\n");
    case "metric":
      return [
        `${style.bold(singleLine(view.title))}: ${singleLine(view.value)} ${singleLine(view.unit)}`,
        ...(view.detail ? [style.dim(singleLine(view.detail))] : []),
      ];
    case "table":
      return [...heading(view, style), ...renderTable(view, style), ...note(view, style)];
    case "bar":
    case "waterfall":
      return [...heading(view, style), ...renderBars(view, style), ...note(view, style)];
    case "line":
      return [...heading(view, style), ...renderLine(view, style), ...note(view, style)];
    case "proposal":
      return [
        `${style.accent("▸")} ${style.bold(singleLine(view.title))}`,
        style.dim(`  npm run cloudoptima -- approve ${view.proposalId}`),
      ];
    case "list":
      return [
        ...heading(view, style),
        ...view.items.map((item) => listItem(item, style)),
        ...note(view, style),
      ];
  }
}

function heading(view: { title: string; currency?: string | undefined }, style: Style): string[] {
  const currency = view.currency && !view.title.includes(view.currency) ? ` (${view.currency})` : "";
  return [style.bold(singleLine(view.title)) + style.dim(currency)];
}

function note(view: { note?: string | undefined }, style: Style): string[] {
  return view.note ? [style.dim(singleLine(view.note))] : [];
}

type Item = Extract<View, { type: "list" }>["items"][number];

function listItem(item: Item, style: Style): string {
  const amount = item.amount
    ? `  ${item.currency ? formatMoney(item.amount, item.currency) : singleLine(item.amount)}`
    : "";
  const badge = item.badge ? `  ${style.accent(`[${singleLine(item.badge)}]`)}` : "";
  const detail = item.detail ? style.dim(`  ${singleLine(item.detail)}`) : "";
  return `• ${singleLine(item.title)}${amount}${badge}${detail}`;
}

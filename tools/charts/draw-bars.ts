import { foldBars } from "../kernel/fold-series.ts";
import { formatMoney } from "../kernel/format-value.ts";
import type { View } from "../kernel/view.ts";
import { chartColors, colorsFor, soloColor } from "./chart-colors.ts";
import { type ChartDrawing, fontFamily, titleRoom } from "./chart-drawing.ts";
import { fitLabel, shortMoney } from "./chart-text.ts";

const rowHeight = 34;
const nameWidth = 190;

/** Horizontal bars from zero, each with its amount; services have colours of their own, other bars share one. */
export function drawBars(view: Extract<View, { type: "bar" }>, dimension: string): ChartDrawing {
  const rows = foldBars(view.rows);
  const sizes = rows.map(({ amount }) => Number(amount));
  const lowest = Math.min(0, ...sizes);
  const colors = colorsFor(rows.map(({ label }) => label));
  const colorOf = ({ key, label }: { key: string; label: string }) =>
    key === "other" ? chartColors.other : dimension === "service" ? colors.get(label)! : soloColor;
  return {
    height: rows.length * rowHeight + 8,
    description: rows
      .map(({ label, amount }) => `${fitLabel(label, 60)} ${formatMoney(amount, view.currency)}`)
      .join(", "),
    option: {
      // A credit's label stands left of its bar.
      grid: { left: nameWidth + (lowest < 0 ? 72 : 0), right: 86, top: titleRoom, bottom: 4 },
      xAxis: { type: "value", show: false, min: lowest, max: Math.max(0, ...sizes) || 1 },
      yAxis: {
        type: "category",
        inverse: true,
        data: rows.map(({ key }) => key),
        axisLine: { show: lowest < 0, lineStyle: { color: chartColors.borderStrong } },
        axisTick: { show: false },
        axisLabel: {
          formatter: (_: string, index: number) => fitLabel(rows[index]?.label ?? "", 26),
          color: chartColors.foreground,
          fontFamily,
          fontSize: 13,
          margin: lowest < 0 ? 82 : 10,
        },
      },
      series: [
        {
          type: "bar",
          barWidth: 16,
          barMinHeight: 2,
          data: rows.map((row, index) => ({
            value: sizes[index],
            itemStyle: { color: colorOf(row), borderRadius: 3 },
            label: { position: sizes[index]! < 0 ? "left" : "right" },
          })),
          label: {
            show: true,
            distance: 8,
            color: chartColors.muted,
            fontFamily,
            fontSize: 13,
            formatter: ({ dataIndex }: { dataIndex: number }) =>
              shortMoney(sizes[dataIndex] ?? 0, view.currency),
          },
        },
      ],
    },
  };
}

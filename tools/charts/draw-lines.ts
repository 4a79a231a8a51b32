import { foldLines } from "../kernel/fold-series.ts";
import type { View } from "../kernel/view.ts";
import { chartColors, colorsFor, soloColor } from "./chart-colors.ts";
import { type ChartDrawing, fontFamily, titleRoom } from "./chart-drawing.ts";
import { axisPoint, dayLabel, fitLabel } from "./chart-text.ts";

const plotHeight = 264;
const plotTop = titleRoom + 14;

/** Cost, or what was measured, over time from zero. A gap stays a gap. One series is a filled line; several are named at their ends. */
export function drawLines(view: Extract<View, { type: "line" }>): ChartDrawing {
  const { series, points } = foldLines(view);
  const single = series.length === 1;
  const colors = colorsFor(series.map(({ label }) => label));
  const days = points.map(({ x }) => x ?? "");
  const [first = "", last = ""] = [days[0], days.at(-1)];
  return {
    height: plotHeight,
    description: `${series.map(({ label }) => fitLabel(label, 60)).join(", ")} from ${dayLabel(first, view.granularity)} to ${dayLabel(last, view.granularity)}`,
    option: {
      grid: { left: 58, right: single ? 20 : 150, top: plotTop, bottom: 30 },
      xAxis: {
        type: "category",
        data: days,
        boundaryGap: false,
        axisLine: { lineStyle: { color: chartColors.borderStrong } },
        axisTick: { show: false },
        axisLabel: {
          formatter: (day: string) => dayLabel(day, view.granularity),
          color: chartColors.muted,
          fontFamily,
          fontSize: 12,
          margin: 10,
          hideOverlap: true,
        },
      },
      yAxis: {
        type: "value",
        // Bars and lines start at zero: a cut axis would make small changes look large.
        min: (range: { min: number }) => Math.min(0, range.min),
        splitNumber: 4,
        splitLine: { lineStyle: { color: chartColors.grid } },
        axisLabel: {
          formatter: (value: number) => axisPoint(value, view),
          color: chartColors.muted,
          fontFamily,
          fontSize: 12,
        },
      },
      series: series.map(({ key, label }) => ({
        type: "line",
        name: label,
        data: points.map((point) => (point[key] == null ? null : Number(point[key]))),
        symbol: points.length <= 2 ? "circle" : "none",
        lineStyle: { color: single ? soloColor : colors.get(label), width: 1.75 },
        itemStyle: { color: single ? soloColor : colors.get(label) },
        areaStyle: single ? { color: soloColor, opacity: 0.1 } : undefined,
        endLabel: {
          show: !single,
          // Braces would end the marks of the label's parts.
          formatter: `{mark|}  {name|${fitLabel(label, 20).replace(/[{}|]/g, " ")}}`,
          rich: {
            mark: { backgroundColor: colors.get(label), width: 8, height: 8, borderRadius: 2 },
            name: { color: chartColors.foreground, fontFamily, fontSize: 12 },
          },
          distance: 8,
        },
        labelLayout: { moveOverlap: "shiftY" },
      })),
    },
  };
}

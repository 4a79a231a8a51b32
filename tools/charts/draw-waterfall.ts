import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from "echarts";
import { sumDecimalStrings } from "../kernel/decimal-sum.ts";
import { formatChange } from "../kernel/format-value.ts";
import type { View } from "../kernel/view.ts";
import { chartColors } from "./chart-colors.ts";
import { type ChartDrawing, fontFamily, titleRoom } from "./chart-drawing.ts";
import { fitLabel } from "./chart-text.ts";

const rowHeight = 34;
const barHeight = 16;

interface Step {
  label: string;
  amount: string;
  from: number;
  to: number;
  color: string;
}

/**
 * What made the change, one after another. The axis is the change itself and starts at zero: beside totals in the
 * hundreds of thousands the steps would be too thin to see, and a cut axis would lie about their size.
 */
export function drawWaterfall(view: Extract<View, { type: "waterfall" }>): ChartDrawing {
  const steps = toSteps(view);
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  return {
    height: steps.length * rowHeight + 8,
    description: `from ${fitLabel(view.start.label, 60)} to ${fitLabel(view.end.label, 60)}: ${steps
      .map(({ label, amount }) => `${fitLabel(label, 60)} ${formatChange(amount, view.currency)}`)
      .join(", ")}`,
    option: {
      grid: { left: 190, right: 110, top: titleRoom, bottom: 4 },
      xAxis: { type: "value", show: false, min: Math.min(0, ...ends), max: Math.max(0, ...ends) || 1 },
      yAxis: {
        type: "category",
        inverse: true,
        data: steps.map((_, index) => String(index)),
        axisLine: { lineStyle: { color: chartColors.borderStrong }, onZero: true },
        axisTick: { show: false },
        axisLabel: { show: false },
      },
      series: [
        {
          type: "custom",
          data: steps.map(({ from, to }, index) => [from, to, index]),
          encode: { x: [0, 1], y: 2 },
          renderItem: (_: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) =>
            drawStep(steps, api, view.currency),
        },
      ],
    },
  };
}

function drawStep(steps: readonly Step[], api: CustomSeriesRenderItemAPI, currency: string) {
  const index = Number(api.value(2));
  const step = steps[index]!;
  const [from = 0, y = 0] = api.coord([step.from, index]);
  const [to = 0] = api.coord([step.to, index]);
  const left = Math.min(from, to);
  const width = Math.max(2, Math.abs(to - from));
  const isTotal = index === steps.length - 1;
  const text = (content: string, x: number, align: "left" | "right", fill: string) => ({
    type: "text" as const,
    style: {
      text: content,
      x,
      y,
      align,
      verticalAlign: "middle" as const,
      fill,
      font: `${isTotal ? 600 : 400} 13px ${fontFamily}`,
    },
  });
  return {
    type: "group" as const,
    children: [
      text(fitLabel(step.label, 26), 180, "right", chartColors.foreground),
      {
        type: "rect" as const,
        shape: { x: left, y: y - barHeight / 2, width, height: barHeight, r: 2 },
        style: { fill: step.color },
      },
      text(
        formatChange(step.amount, currency),
        left + width + 8,
        "left",
        isTotal ? chartColors.foreground : chartColors.muted,
      ),
    ],
  };
}

function toSteps(view: Extract<View, { type: "waterfall" }>): Step[] {
  let reached = "0";
  const steps = view.steps.map(({ label, amount }): Step => {
    const from = reached;
    reached = sumDecimalStrings([reached, amount]);
    const color = amount.startsWith("-") ? chartColors.better : chartColors.worse;
    return { label, amount, from: Number(from), to: Number(reached), color };
  });
  const start = view.start.amount;
  const change = sumDecimalStrings([view.end.amount, start.startsWith("-") ? start.slice(1) : `-${start}`]);
  return [
    ...steps,
    { label: "Change in total", amount: change, from: 0, to: Number(change), color: chartColors.total },
  ];
}

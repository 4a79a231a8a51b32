import { BarChart, CustomChart, LineChart } from "echarts/charts";
import { GridComponent, TitleComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { formatMoney } from "../kernel/format-value.ts";
import { chartColors } from "./chart-colors.ts";
import { type ChartDrawing, chartWidth, fontFamily, titleRoom } from "./chart-drawing.ts";
import { fitLabel } from "./chart-text.ts";
import type { ChartView } from "./chart-view.ts";
import { drawBars } from "./draw-bars.ts";
import { drawLines } from "./draw-lines.ts";
import { drawWaterfall } from "./draw-waterfall.ts";

/** A chart as SVG; sizes in logical pixels. */
export interface ChartSvg {
  svg: string;
  width: number;
  height: number;
  title: string;
  /** The chart in words. */
  altText: string;
}

echarts.use([BarChart, CustomChart, LineChart, GridComponent, TitleComponent, LabelLayout, SVGRenderer]);

const padding = 16;

/** Draws a chart as the web does: same colours, zero-based, at most seven series then "other". */
export function renderChartSvg(view: ChartView, dimension = "service", { titled = true } = {}): ChartSvg {
  const drawing = draw(view, dimension);
  const title = fitLabel(view.title, 78);
  const height = titleRoom + drawing.height + padding;
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: chartWidth, height });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily },
      ...(titled ? { backgroundColor: chartColors.surface, title: titleOf(view, title) } : {}),
      ...drawing.option,
    });
    // Styles for a pointer: a picture has none.
    const svg = chart.renderToSVGString().replace(/<style[\s\S]*?<\/style>/, "");
    const altText = `${title}: ${drawing.description}`.slice(0, 1_000);
    if (titled) return { svg, width: chartWidth, height, title, altText };
    const cut = titleRoom - padding / 2;
    return {
      svg: svg.replace(
        /height="[\d.]+"(.*?)viewBox="[^"]*"/,
        `height="${height - cut}"$1viewBox="0 ${cut} ${chartWidth} ${height - cut}"`,
      ),
      width: chartWidth,
      height: height - cut,
      title,
      altText,
    };
  } finally {
    chart.dispose();
  }
}

function titleOf(view: ChartView, title: string) {
  return {
    left: padding,
    top: 14,
    text: title,
    subtext: fitLabel(subtitleOf(view), 110),
    itemGap: 6,
    textStyle: { color: chartColors.foreground, fontFamily, fontSize: 15, fontWeight: 600 as const },
    subtextStyle: { color: chartColors.muted, fontFamily, fontSize: 12 },
  };
}

function draw(view: ChartView, dimension: string): ChartDrawing {
  switch (view.type) {
    case "bar":
      return drawBars(view, dimension);
    case "line":
      return drawLines(view);
    case "waterfall":
      return drawWaterfall(view);
  }
}

function subtitleOf(view: ChartView): string {
  const note = view.note ? `, ${view.note}` : "";
  if (view.type !== "waterfall") return `${view.currency ?? ("unit" in view ? view.unit : "")}${note}`;
  const ends = [view.start, view.end].map(
    ({ label, amount }) => `${label} ${formatMoney(amount, view.currency)}`,
  );
  return `${ends.join(" → ")}${note}`;
}

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { BarChart, CustomChart, LineChart } from "echarts/charts";
import { GridComponent, TitleComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import { chartColors } from "./chart-colors.ts";
import { type ChartDrawing, chartWidth, fontFamily, titleRoom } from "./chart-options/chart-drawing.ts";
import { fitLabel } from "./chart-options/chart-text.ts";
import { drawBars } from "./chart-options/draw-bars.ts";
import { drawLines } from "./chart-options/draw-lines.ts";
import { drawWaterfall } from "./chart-options/draw-waterfall.ts";
import type { ChartView } from "./chart-view.ts";
import { formatMoney } from "./terminal/render/format-value.ts";

/** A chart for platforms that show images. */
export interface ChartImage {
  png: Buffer;
  /** Pixels of the image, twice the logical size where there is room, so that it is sharp on dense screens. */
  width: number;
  height: number;
  title: string;
  /** The chart in words. */
  altText: string;
}

echarts.use([BarChart, CustomChart, LineChart, GridComponent, TitleComponent, LabelLayout, SVGRenderer]);

const pixelRatio = 2;
const padding = 16;

// The web's own typeface, shipped as a file: a server has no fonts, and other machines have other ones.
const fontFolder = join(
  dirname(createRequire(import.meta.url).resolve("geist/font/sans")),
  "fonts",
  "geist-sans",
);
const fontFiles = ["Regular", "Medium", "SemiBold"].map((weight) => join(fontFolder, `Geist-${weight}.ttf`));

/**
 * Draws a chart as the web does: same colours, zero-based, at most seven series then "other". At most `longestSide`
 * pixels each way, for platforms that show no more.
 */
export function renderChartImage(
  view: ChartView,
  dimension = "service",
  longestSide = Number.POSITIVE_INFINITY,
): ChartImage {
  const drawing = draw(view, dimension);
  const title = fitLabel(view.title, 78);
  const height = titleRoom + drawing.height + padding;
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: chartWidth, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: chartColors.surface,
      textStyle: { fontFamily },
      title: {
        left: padding,
        top: 14,
        text: title,
        subtext: fitLabel(subtitleOf(view), 110),
        itemGap: 6,
        textStyle: { color: chartColors.foreground, fontFamily, fontSize: 15, fontWeight: 600 },
        subtextStyle: { color: chartColors.muted, fontFamily, fontSize: 12 },
      },
      ...drawing.option,
    });
    const image = new Resvg(chart.renderToSVGString(), {
      fitTo: { mode: "zoom", value: Math.min(pixelRatio, longestSide / Math.max(chartWidth, height)) },
      font: { fontFiles, loadSystemFonts: false, defaultFontFamily: fontFamily },
    }).render();
    return {
      png: image.asPng(),
      width: image.width,
      height: image.height,
      title,
      altText: `${title}: ${drawing.description}`.slice(0, 1_000),
    };
  } finally {
    chart.dispose();
  }
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
  if (view.type !== "waterfall") return `${view.currency}${note}`;
  const ends = [view.start, view.end].map(
    ({ label, amount }) => `${label} ${formatMoney(amount, view.currency)}`,
  );
  return `${ends.join(" → ")}${note}`;
}

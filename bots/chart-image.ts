import { fontFamily } from "@cloudoptima/tools/charts/chart-drawing.ts";
import { renderChartSvg } from "@cloudoptima/tools/charts/chart-svg.ts";
import type { ChartView } from "@cloudoptima/tools/charts/chart-view.ts";
import { shippedFonts } from "@cloudoptima/tools/charts/shipped-fonts.ts";
import { writableChart } from "@cloudoptima/tools/charts/writable-chart.ts";
import { Resvg } from "@resvg/resvg-js";

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

const pixelRatio = 2;

const fontFiles = Object.values(shippedFonts).flatMap(({ normal, bold }) => [normal, bold]);

/** Draws a chart, at most `longestSide` pixels each way, for platforms that show no more. */
export function renderChartImage(
  view: ChartView,
  dimension = "service",
  longestSide = Number.POSITIVE_INFINITY,
): ChartImage {
  const { svg, width, height, title, altText } = renderChartSvg(view, dimension);
  const image = new Resvg(writableChart(svg), {
    fitTo: { mode: "zoom", value: Math.min(pixelRatio, longestSide / Math.max(width, height)) },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: fontFamily },
  }).render();
  return { png: image.asPng(), width: image.width, height: image.height, title, altText };
}

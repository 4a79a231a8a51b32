import type { EChartsCoreOption } from "echarts/core";

/** What one kind of chart is drawn from. Sizes in logical pixels, without the title. */
export interface ChartDrawing {
  height: number;
  option: EChartsCoreOption;
  /** The same in words, for people who cannot see it. */
  description: string;
}

/** Logical width of every chart image. */
export const chartWidth = 720;
/** Room above the plot for title and subtitle. */
export const titleRoom = 62;
export const fontFamily = "Geist";

import type { View } from "../kernel/view.ts";

/** A view that is looked at rather than read. */
export type ChartView = Extract<View, { type: "bar" | "line" | "waterfall" }>;

/** Whether a view is a chart with something in it; one bar alone says no more than its sentence. */
export function isChart(view: View): view is ChartView {
  switch (view.type) {
    case "bar":
      return view.rows.length > 1;
    case "line":
      return view.points.length > 1 && view.series.length > 0;
    case "waterfall":
      return view.steps.length > 0;
    default:
      return false;
  }
}

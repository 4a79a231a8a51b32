import type { View } from "../kernel/view.ts";
import { dimensionName } from "./cost-labels.ts";
import { chargesIn, viewNote } from "./cost-views.ts";
import { periodInWords } from "./coverage.ts";
import type { CostTrend } from "./trend-shapes.ts";

/** One line chart per currency. */
export function trendViews(output: CostTrend): View[] {
  const by = output.groupBy ? ` by ${dimensionName(output.groupBy, output.tagKey)}` : "";
  return output.total.map(({ currency }) => {
    const series = output.series.filter((line) => line.total.currency === currency);
    // Keys become property names of the points, where "x" is taken.
    const named = series.map((line, index) => ({ ...line, key: `s${index}` }));
    return {
      type: "line",
      title: `Cost${by}, ${periodInWords(output.period)}`,
      currency,
      granularity: output.granularity,
      series: named.map(({ key, label }) => ({ key, label })),
      points: (series[0]?.points ?? []).map((point, index) => ({
        x: point.start,
        ...Object.fromEntries(named.map((line) => [line.key, line.points[index]!.amount.value])),
      })),
      note: viewNote(output.costKind, output.coverage, chargesIn(output, currency)),
    };
  });
}

import { sumDecimalStrings } from "./decimal-sum.ts";
import type { View } from "./view.ts";

const mostSeries = 7;

type Bar = Extract<View, { type: "bar" }>;
type Line = Extract<View, { type: "line" }>;

const isOther = (name: string) => name.trim().toLowerCase() === "other";

/** The seven biggest rows and the rest as one "other": more bars than that are read as a table. */
export function foldBars(rows: Bar["rows"]): Bar["rows"] {
  const named = rows.filter(({ key, label }) => !isOther(key) && !isOther(label));
  const rest = [...named.slice(mostSeries), ...rows.filter((row) => !named.includes(row))];
  const shown = named.slice(0, mostSeries);
  if (rest.length === 0) return shown;
  const shares = rest.map(({ share }) => share);
  return [
    ...shown,
    {
      key: "other",
      label: rest.length > 1 || !isOther(rest[0]!.label) ? `other (${rest.length})` : "other",
      amount: sumDecimalStrings(rest.map(({ amount }) => amount)),
      share: shares.includes(null) ? null : sumDecimalStrings(shares as string[]),
    },
  ];
}

/** A line view with at most seven series; the rest is summed per point into "other". */
export function foldLines(view: Line): Pick<Line, "series" | "points"> {
  const named = view.series.filter(({ key, label }) => !isOther(key) && !isOther(label));
  const rest = [...named.slice(mostSeries), ...view.series.filter((one) => !named.includes(one))];
  if (rest.length === 0) return { series: view.series, points: view.points };
  return {
    series: [...named.slice(0, mostSeries), { key: "other", label: "other" }],
    points: view.points.map((point) => ({
      ...point,
      other: sumDecimalStrings(rest.map(({ key }) => point[key] ?? "0")),
    })),
  };
}

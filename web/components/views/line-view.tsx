"use client";
import { sumDecimalStrings } from "@cloudoptima/tools/kernel/decimal-sum.ts";
import { foldLines } from "@cloudoptima/tools/kernel/fold-series.ts";
import { formatPoint } from "@cloudoptima/tools/kernel/format-value.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import { Area, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from "recharts";
import {
  formatDay,
  formatHour,
  formatMoney,
  formatMonth,
  formatPointShort,
  formatShare,
} from "../../lib/format.ts";
import { seriesColor } from "../../lib/series-colors.ts";
import { ChartTooltip, TooltipRow } from "./chart-tooltip.tsx";
import { LineEndLabels } from "./line-end-labels.tsx";
import { useWidth } from "./use-width.ts";

type LineData = Extract<View, { type: "line" }>;

const roomForLabels = 560;

/** Cost, or what was measured, over time from zero. A gap stays a gap. One series is a filled line; several are named at their ends, or below on a phone. */
export function LineView({ view }: { view: LineData }) {
  const [ref, width] = useWidth();
  const { series, points } = foldLines(view);
  const single = series.length === 1;
  const height = width > 0 && width < 480 ? 200 : 248;
  const labelled = !single && width >= roomForLabels;
  const lines = series.map((one) => ({ ...one, color: single ? "var(--chart-1)" : seriesColor(one.label) }));
  const data = points.map((point) => ({
    x: point.x!,
    exact: point,
    ...Object.fromEntries(series.map(({ key }) => [key, point[key] == null ? null : Number(point[key])])),
  }));
  const name = (day: string, short = false) => {
    if (view.granularity === "monthly") return formatMonth(day);
    return view.granularity === "hourly" ? formatHour(day, short) : formatDay(day, short);
  };

  return (
    <div>
      <div ref={ref} style={{ height }} role="img" aria-label={describe(view, name)}>
        {width > 0 && (
          <ComposedChart
            width={width}
            height={height}
            data={data}
            margin={{ top: 8, right: labelled ? 132 : 12, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
            <XAxis
              dataKey="x"
              tickFormatter={(day: string) => name(day, true)}
              tickLine={false}
              axisLine={{ stroke: "var(--border-strong)" }}
              tick={{ fontSize: 12, fill: "var(--muted)" }}
              tickMargin={8}
              interval="equidistantPreserveStart"
              minTickGap={28}
              height={30}
            />
            <YAxis
              domain={[(low: number) => Math.min(0, low), "auto"]}
              tickFormatter={(value: number) => formatPointShort(value, view)}
              tickLine={false}
              axisLine={false}
              tick={{ fontSize: 12, fill: "var(--muted)" }}
              tickCount={5}
              width={52}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: "var(--border-strong)" }}
              content={({ active, payload }) => {
                const point = payload?.[0]?.payload as (typeof data)[number] | undefined;
                return active && point ? (
                  <PointTooltip title={name(point.x)} point={point.exact} lines={lines} measure={view} />
                ) : null;
              }}
            />
            {single && (
              <Area
                dataKey={series[0]!.key}
                stroke="none"
                fill="var(--chart-1)"
                fillOpacity={0.1}
                isAnimationActive={false}
                type="linear"
              />
            )}
            {lines.map(({ key, color }) => (
              <Line
                key={key}
                dataKey={key}
                stroke={color}
                strokeWidth={1.75}
                dot={points.length <= 2}
                activeDot={{ r: 3.5, strokeWidth: 0, fill: color }}
                isAnimationActive={false}
                type="linear"
              />
            ))}
            {labelled && (
              <LineEndLabels lines={lines} last={data.at(-1) as Record<string, unknown> | undefined} />
            )}
          </ComposedChart>
        )}
      </div>
      {!single && !labelled && (
        <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1">
          {lines.map(({ key, label, color }) => (
            <li key={key} className="flex items-center gap-1.5 text-muted text-xs">
              <span className="size-2 rounded-[2px]" style={{ background: color }} />
              {label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function PointTooltip({
  title,
  point,
  lines,
  measure,
}: {
  title: string;
  point: Record<string, string | null>;
  lines: { key: string; label: string; color: string }[];
  measure: Pick<LineData, "currency" | "unit">;
}) {
  const present = lines.filter(({ key }) => point[key] != null);
  const { currency } = measure;
  // Money adds up; an average and a maximum of the same hour do not.
  const total =
    currency && lines.length > 1 ? sumDecimalStrings(present.map(({ key }) => point[key]!)) : undefined;
  const rows = present.toSorted((a, b) => Number(point[b.key]) - Number(point[a.key]));
  return (
    <ChartTooltip title={title}>
      {rows.map(({ key, label, color }) => (
        <TooltipRow
          key={key}
          color={lines.length > 1 ? color : undefined}
          label={lines.length > 1 || !currency ? label : "Cost"}
          value={currency ? formatMoney(point[key]!, currency) : formatPoint(point[key]!, measure)}
          detail={Number(total) > 0 ? formatShare(String(Number(point[key]) / Number(total))) : undefined}
        />
      ))}
      {total !== undefined && <TooltipRow label="Together" value={formatMoney(total, currency!)} />}
    </ChartTooltip>
  );
}

function describe(view: LineData, name: (day: string) => string): string {
  const first = view.points[0]?.x;
  const last = view.points.at(-1)?.x;
  const range = first && last ? ` from ${name(first)} to ${name(last)}` : "";
  return `Line chart. ${view.title}${range}, ${view.series.map(({ label }) => label).join(", ")}. The same as a table: use the button above.`;
}

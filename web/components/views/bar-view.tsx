"use client";
import { foldBars } from "@cloudoptima/tools/kernel/fold-series.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import { Bar, BarChart, Cell, LabelList, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";
import { formatMoney, formatMoneyLabel, formatShare } from "../../lib/format.ts";
import { seriesColor } from "../../lib/series-colors.ts";
import { ChartTooltip, TooltipRow } from "./chart-tooltip.tsx";
import { NameTick } from "./name-tick.tsx";
import { useWidth } from "./use-width.ts";

const rowHeight = 34;

/** Horizontal bars from zero, biggest first, each labelled with its amount; beyond seven they are folded. */
export function BarView({
  view,
  dimension,
}: {
  view: Extract<View, { type: "bar" }>;
  /** What the rows are, when known. Services have colours of their own everywhere; other bars share one. */
  dimension?: string;
}) {
  const [ref, width] = useWidth();
  const rows = foldBars(view.rows);
  const names = new Map(rows.map(({ key, label }) => [key, label]));
  const data = rows.map((row) => ({ ...row, size: Number(row.amount) }));
  const nameWidth = Math.min(Math.round(width * 0.38), 208);
  const height = rows.length * rowHeight + 4;
  const lowest = Math.min(0, ...data.map(({ size }) => size));
  // A credit's label stands left of its bar.
  const axisWidth = nameWidth + (lowest < 0 ? 56 : 0);
  return (
    <div ref={ref} style={{ height }} role="img" aria-label={describe(view, rows)}>
      {width > 0 && (
        <BarChart
          layout="vertical"
          width={width}
          height={height}
          data={data}
          margin={{ top: 2, right: 78, bottom: 2, left: 0 }}
          barSize={16}
          accessibilityLayer={false}
        >
          <XAxis type="number" hide domain={[lowest, "dataMax"]} />
          <YAxis
            type="category"
            dataKey="key"
            width={axisWidth}
            axisLine={false}
            tickLine={false}
            interval={0}
            tick={<NameTick width={axisWidth - 8} room={nameWidth - 8} names={names} />}
          />
          {lowest < 0 && <ReferenceLine x={0} stroke="var(--border-strong)" />}
          <Tooltip
            cursor={{ fill: "var(--hover)" }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const row = payload?.[0]?.payload as (typeof data)[number] | undefined;
              if (!active || !row) return null;
              return (
                <ChartTooltip title={row.label}>
                  <TooltipRow label="Cost" value={formatMoney(row.amount, view.currency)} />
                  {row.share !== null && <TooltipRow label="Share of total" value={formatShare(row.share)} />}
                </ChartTooltip>
              );
            }}
          />
          <Bar dataKey="size" radius={[2, 3, 3, 2]} isAnimationActive={false} minPointSize={2}>
            {data.map((row) => (
              <Cell key={row.key} fill={colorOf(row, dimension)} />
            ))}
            <LabelList
              dataKey="size"
              position="right"
              offset={8}
              fontSize={12}
              fill="var(--muted)"
              formatter={(value) => formatMoneyLabel(Number(value), view.currency)}
            />
          </Bar>
        </BarChart>
      )}
    </div>
  );
}

function colorOf({ key, label }: { key: string; label: string }, dimension: string | undefined): string {
  if (key === "other") return seriesColor("other");
  return dimension === undefined || dimension === "service" ? seriesColor(label) : "var(--chart-1)";
}

function describe(view: Extract<View, { type: "bar" }>, rows: { label: string; amount: string }[]): string {
  const parts = rows.map(({ label, amount }) => `${label} ${formatMoney(amount, view.currency)}`);
  return `Bar chart. ${view.title}: ${parts.join(", ")}. The same as a table: use the button above.`;
}

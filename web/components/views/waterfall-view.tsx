"use client";
import { sumDecimalStrings } from "@cloudoptima/tools/kernel/decimal-sum.ts";
import type { View } from "@cloudoptima/tools/kernel/view.ts";
import { Bar, BarChart, Cell, LabelList, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";
import { formatChange, formatMoney, formatShare } from "../../lib/format.ts";
import { ChartTooltip, TooltipRow } from "./chart-tooltip.tsx";
import { NameTick } from "./name-tick.tsx";
import { useWidth } from "./use-width.ts";

type Waterfall = Extract<View, { type: "waterfall" }>;

interface Step {
  key: string;
  label: string;
  amount: string;
  range: [number, number];
  text: string;
  kind: "change" | "total";
}

const rowHeight = 34;

/**
 * What made the change, one after another. The axis is the change itself and starts at zero: beside totals in
 * the hundreds of thousands the steps would be too thin to see, and a cut axis would lie about their size.
 */
export function WaterfallView({ view }: { view: Waterfall }) {
  const [ref, width] = useWidth();
  const steps = toSteps(view);
  const names = new Map(steps.map(({ key, label }) => [key, label]));
  const nameWidth = Math.min(Math.round(width * 0.38), 208);
  const height = steps.length * rowHeight + 4;
  const ends = steps.flatMap(({ range }) => range);
  const total = steps.at(-1)!;
  return (
    <div>
      <dl className="mb-3 flex flex-wrap items-baseline gap-x-6 gap-y-1 text-sm">
        {[view.start, view.end].map(({ label, amount }) => (
          <div key={label} className="flex items-baseline gap-2">
            <dt className="text-muted">{label}</dt>
            <dd className="font-medium tabular-nums">{formatMoney(amount, view.currency)}</dd>
          </div>
        ))}
      </dl>
      <div ref={ref} style={{ height }} role="img" aria-label={describe(view, steps)}>
        {width > 0 && (
          <BarChart
            layout="vertical"
            width={width}
            height={height}
            data={steps}
            margin={{ top: 2, right: 96, bottom: 2, left: 0 }}
            barSize={16}
            accessibilityLayer={false}
          >
            <XAxis type="number" hide domain={[Math.min(0, ...ends), Math.max(0, ...ends)]} />
            <YAxis
              type="category"
              dataKey="key"
              width={nameWidth}
              axisLine={false}
              tickLine={false}
              interval={0}
              tick={<NameTick width={nameWidth - 8} names={names} />}
            />
            <ReferenceLine x={0} stroke="var(--border-strong)" />
            <Tooltip
              cursor={{ fill: "var(--hover)" }}
              isAnimationActive={false}
              content={({ active, payload }) => {
                const step = payload?.[0]?.payload as Step | undefined;
                if (!active || !step) return null;
                const ratio = Number(total.amount) === 0 ? null : Number(step.amount) / Number(total.amount);
                return (
                  <ChartTooltip title={step.label}>
                    <TooltipRow label="Change" value={formatChange(step.amount, view.currency)} />
                    {ratio !== null && step.kind === "change" && (
                      <TooltipRow label="Share of the change" value={formatShare(String(ratio))} />
                    )}
                  </ChartTooltip>
                );
              }}
            />
            <Bar dataKey="range" radius={2} isAnimationActive={false} minPointSize={2}>
              {steps.map((step) => (
                <Cell key={step.key} fill={colorOf(step)} />
              ))}
              <LabelList dataKey="range" content={(props) => <StepLabel {...props} steps={steps} />} />
            </Bar>
          </BarChart>
        )}
      </div>
    </div>
  );
}

function toSteps(view: Waterfall): Step[] {
  let reached = "0";
  const steps = view.steps.map(({ key, label, amount }): Step => {
    const from = reached;
    reached = sumDecimalStrings([reached, amount]);
    const range: [number, number] = [Number(from), Number(reached)];
    return {
      key: `step ${key}`,
      label,
      amount,
      range,
      text: formatChange(amount, view.currency),
      kind: "change",
    };
  });
  const change = sumDecimalStrings([view.end.amount, negate(view.start.amount)]);
  return [
    ...steps,
    {
      key: "total",
      label: "Change in total",
      amount: change,
      range: [0, Number(change)],
      text: formatChange(change, view.currency),
      kind: "total",
    },
  ];
}

function negate(value: string): string {
  return value.startsWith("-") ? value.slice(1) : `-${value}`;
}

function colorOf(step: Step): string {
  if (step.kind === "total") return "var(--chart-total)";
  return step.amount.startsWith("-") ? "var(--chart-better)" : "var(--chart-worse)";
}

/** The signed amount right of the bar, whichever way the bar runs. */
function StepLabel({
  x,
  y,
  width,
  height,
  index,
  steps,
}: {
  x?: number | string;
  y?: number | string;
  width?: number | string;
  height?: number | string;
  index?: number;
  steps: Step[];
}) {
  const left = Math.max(Number(x), Number(x) + Number(width));
  const step = steps[index ?? 0];
  return (
    <text
      x={left + 8}
      y={Number(y) + Number(height) / 2}
      dy="0.33em"
      fontSize={12}
      fontWeight={step?.kind === "total" ? 600 : 400}
      fill={step?.kind === "total" ? "var(--foreground)" : "var(--muted)"}
      className="tabular-nums"
    >
      {step?.text}
    </text>
  );
}

function describe(view: Waterfall, steps: Step[]): string {
  const parts = steps.map(({ label, text }) => `${label} ${text}`);
  return `Waterfall chart. ${view.title}: from ${view.start.label} to ${view.end.label}: ${parts.join(", ")}. The same as a table: use the button above.`;
}

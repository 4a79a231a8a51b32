"use client";
import type { AssessmentOutput } from "@cloudoptima/tools/assessment/assessment-shapes.ts";
import { type Pillar, pillarLabels } from "@cloudoptima/tools/assessment/pillars.ts";
import { CartesianGrid, Line, LineChart, XAxis, YAxis } from "recharts";
import { formatDay } from "../../lib/format.ts";
import { useWidth } from "../views/use-width.ts";

const colors: Record<Pillar, string> = {
  cost_optimization: "var(--chart-1)",
  reliability: "var(--chart-2)",
  security: "var(--chart-4)",
  performance_efficiency: "var(--chart-3)",
  operational_excellence: "var(--chart-7)",
};
const height = 208;

/** The pillars' scores by day; a line needs two days. */
export function ScoreTrend({ trend }: { trend: AssessmentOutput["trend"] }) {
  const [ref, width] = useWidth();
  const last = trend.at(-1);
  if (!last) return null;
  if (trend.length === 1) {
    return (
      <p className="text-muted text-sm">
        First assessed on {formatDay(last.day)}. The trend begins with the second day.
      </p>
    );
  }
  const shown = last.pillars.filter(({ scorePercent }) => scorePercent !== null);
  const data = trend.map(({ day, pillars }) => ({
    day,
    ...Object.fromEntries(
      pillars.map(({ pillar, scorePercent }) => [
        pillar,
        scorePercent === null ? null : Number(scorePercent),
      ]),
    ),
  }));
  const spoken = shown.map(({ pillar, scorePercent }) => `${pillarLabels[pillar]} ${scorePercent} %`);
  return (
    <div>
      <div
        ref={ref}
        style={{ height }}
        role="img"
        aria-label={`Scores from ${formatDay(trend[0]!.day)} to ${formatDay(last.day)}; last: ${spoken.join(", ")}`}
      >
        {width > 0 && (
          <LineChart
            width={width}
            height={height}
            data={data}
            margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--chart-grid)" />
            <XAxis
              dataKey="day"
              tickFormatter={(day: string) => formatDay(day, true)}
              tickLine={false}
              axisLine={{ stroke: "var(--border-strong)" }}
              tick={{ fontSize: 12, fill: "var(--muted)" }}
              tickMargin={8}
              minTickGap={28}
              height={30}
            />
            <YAxis
              domain={[0, 100]}
              ticks={[0, 25, 50, 75, 100]}
              tickFormatter={(value: number) => `${value} %`}
              tickLine={false}
              axisLine={false}
              tick={{ fontSize: 12, fill: "var(--muted)" }}
              width={48}
            />
            {shown.map(({ pillar }) => (
              <Line
                key={pillar}
                dataKey={pillar}
                stroke={colors[pillar]}
                strokeWidth={1.75}
                dot={trend.length <= 3}
                isAnimationActive={false}
                type="linear"
              />
            ))}
          </LineChart>
        )}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1">
        {shown.map(({ pillar, scorePercent }) => (
          <li key={pillar} className="flex items-center gap-1.5 text-muted text-xs tabular-nums">
            <span className="size-2 rounded-[2px]" style={{ background: colors[pillar] }} />
            {pillarLabels[pillar]} {scorePercent} %
          </li>
        ))}
      </ul>
    </div>
  );
}

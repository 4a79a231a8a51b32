"use client";
import { usePlotArea, useYAxisScale } from "recharts";

const lineHeight = 16;

/** The name of each line at its end, moved apart where ends are close, so that no legend is needed. */
export function LineEndLabels({
  lines,
  last,
}: {
  lines: { key: string; label: string; color: string }[];
  last: Record<string, unknown> | undefined;
}) {
  const area = usePlotArea();
  const scale = useYAxisScale();
  if (!area || !scale || !last) return null;
  const labels = lines
    .map((line) => ({ ...line, y: scale(Number(last[line.key] ?? 0)) ?? 0 }))
    .sort((a, b) => a.y - b.y);
  const placed = spread(
    labels.map(({ y }) => y),
    area.y,
    area.y + area.height,
  );
  return (
    <g>
      {labels.map(({ key, label, color }, index) => (
        <g key={key}>
          <rect
            x={area.x + area.width + 10}
            y={placed[index]! - 4}
            width={8}
            height={8}
            rx={2}
            fill={color}
          />
          <text
            x={area.x + area.width + 23}
            y={placed[index]}
            dy="0.33em"
            fontSize={12}
            fill="var(--foreground)"
          >
            <title>{label}</title>
            {label.length > 16 ? `${label.slice(0, 15).trimEnd()}…` : label}
          </text>
        </g>
      ))}
    </g>
  );
}

/** Positions at least one line apart, in order, inside the plot. */
function spread(wanted: number[], top: number, bottom: number): number[] {
  const placed: number[] = [];
  for (const y of wanted) placed.push(Math.max(y, (placed.at(-1) ?? top - lineHeight) + lineHeight));
  let limit = bottom;
  for (let index = placed.length - 1; index >= 0; index--) {
    placed[index] = Math.min(placed[index]!, limit);
    limit = placed[index]! - lineHeight;
  }
  return placed;
}

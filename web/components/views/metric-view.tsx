import type { View } from "@cloudoptima/tools/kernel/view.ts";
import { formatCount, formatMoney, formatPercent } from "../../lib/format.ts";

/** One number that says it all. */
export function MetricView({ view }: { view: Extract<View, { type: "metric" }> }) {
  return (
    <div className="pt-1">
      <p className="font-semibold text-[28px] tabular-nums leading-9 tracking-[-0.02em]">
        {metricText(view)}
      </p>
      {view.detail && <p className="mt-1 text-muted text-sm">{view.detail}</p>}
    </div>
  );
}

function metricText({ value, unit }: { value: string; unit: string }): string {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value;
  if (/^[A-Z]{3}$/.test(unit)) return formatMoney(value, unit);
  if (unit === "percent") return formatPercent(value);
  return unit === "count" || unit === "" ? formatCount(value) : `${formatCount(value)} ${unit}`;
}

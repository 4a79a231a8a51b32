import type { ReactNode } from "react";

/** The frame of a chart's tooltip. */
export function ChartTooltip({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-44 max-w-72 rounded-md border bg-surface px-3 py-2 text-sm shadow-(--shadow)">
      <p className="mb-1 font-medium text-xs">{title}</p>
      {children}
    </div>
  );
}

export function TooltipRow({
  color,
  label,
  value,
  detail,
}: {
  color?: string;
  label: string;
  value: string;
  detail?: string;
}) {
  return (
    <p className="flex items-center gap-2 text-xs leading-5">
      {color && <span className="size-2 shrink-0 rounded-[2px]" style={{ background: color }} />}
      <span className="min-w-0 flex-1 truncate text-muted">{label}</span>
      <span className="tabular-nums">{value}</span>
      {detail && <span className="w-12 text-right text-muted tabular-nums">{detail}</span>}
    </p>
  );
}

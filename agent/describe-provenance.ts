import type { TurnCall } from "./turn-ledger.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Where a figure comes from, in one line: "get_cost_breakdown, 1-31 Oct 2026, 1,240 rows". */
export function describeProvenance(call: TurnCall | undefined): string {
  if (!call) return "";
  const { period, rowCount } = (call.output ?? {}) as { period?: unknown; rowCount?: unknown };
  const days = formatDays(period);
  const rows = typeof rowCount === "number" ? `${rowCount.toLocaleString("en-US")} rows` : "";
  return [call.name, days, rows].filter(Boolean).join(", ");
}

/** A half-open period as people write it: "1-31 Oct 2026", "30 Sep - 2 Oct 2026", "13 Oct 2026". */
function formatDays(period: unknown): string {
  const { start, end } = (period ?? {}) as { start?: unknown; end?: unknown };
  if (typeof start !== "string" || typeof end !== "string") return "";
  const first = Temporal.PlainDate.from(start);
  const last = Temporal.PlainDate.from(end).subtract({ days: 1 });
  const name = (day: Temporal.PlainDate) => months[day.month - 1];
  if (Temporal.PlainDate.compare(first, last) >= 0) return `${first.day} ${name(first)} ${first.year}`;
  if (first.year !== last.year) {
    return `${first.day} ${name(first)} ${first.year} - ${last.day} ${name(last)} ${last.year}`;
  }
  if (first.month !== last.month) {
    return `${first.day} ${name(first)} - ${last.day} ${name(last)} ${last.year}`;
  }
  return `${first.day}-${last.day} ${name(last)} ${last.year}`;
}

import { type RawBuilder, sql } from "kysely";

/** Days of one calendar month, by their numbers in it, both inclusive. */
export interface MonthPart {
  /** First day of the month, YYYY-MM-DD. */
  month: string;
  from: number;
  to: number;
  isToEnd: boolean;
}

/** Half-open days as parts of the months that they touch. */
export function monthParts(start: string, end: string): MonthPart[] {
  const until = Temporal.PlainDate.from(end);
  const parts: MonthPart[] = [];
  for (let day = Temporal.PlainDate.from(start); Temporal.PlainDate.compare(day, until) < 0; ) {
    const month = day.with({ day: 1 });
    const next = month.add({ months: 1 });
    const isToEnd = Temporal.PlainDate.compare(next, until) <= 0;
    const to = isToEnd ? day.daysInMonth : until.day - 1;
    parts.push({ month: month.toString(), from: day.day, to, isToEnd });
    day = next;
  }
  return parts;
}

const bitsUntil = (day: number) => sql`${"1".repeat(day).padEnd(31, "0")}::bit(31)`;
const count = sql`cardinality(effective_cost)`;

/**
 * Rows of `cost_running` that have cost on some days of a month, with what these come to: the difference of two
 * totals, each that of the last day with cost until then, whose places `reached` and `before` are counted once.
 */
export function runningTotals(
  { month, from, to, isToEnd }: MonthPart,
  kind: "billed" | "effective",
  condition: RawBuilder<unknown>,
): { source: RawBuilder<unknown>; amount: RawBuilder<string>; rowCount: RawBuilder<number> } {
  const reached = isToEnd ? count : sql`bit_count(days & ${bitsUntil(to)})::integer`;
  const before = from === 1 ? sql`0` : sql`bit_count(days & ${bitsUntil(from - 1)})::integer`;
  const between = (totals: RawBuilder<unknown>) =>
    from === 1 ? sql`(${totals})[reached]` : sql`((${totals})[reached] - coalesce((${totals})[before], 0))`;
  const costs = kind === "billed" ? sql`coalesce(billed_cost, effective_cost)` : sql`effective_cost`;
  return {
    // What an offset stands before is worked out once, however often it is used behind.
    source: sql`(select *, ${reached} as reached, ${before} as before from cost_running
      where month = ${month}::date and ${condition} offset 0) r where reached > before`,
    amount: between(costs) as RawBuilder<string>,
    rowCount: sql`coalesce(${between(sql`row_count`)}, reached - before)`,
  };
}

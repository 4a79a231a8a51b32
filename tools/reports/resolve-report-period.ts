import { readCostCoverage } from "@cloudoptima/db/queries/costs.ts";
import { firstDay, monthOf } from "../costs/calendar.ts";
import { lastWholeMonth } from "../costs/cost-question.ts";
import type { Period } from "../costs/cost-shapes.ts";
import type { PeriodInput } from "../costs/period-input.ts";
import { resolvePeriod } from "../costs/period-words.ts";
import type { ReadContext } from "../kernel/context.ts";

/** The days of a report: those asked for, else the last whole month with costs, else the last of the calendar. */
export async function resolveReportPeriod(ctx: ReadContext, asked: PeriodInput | undefined): Promise<Period> {
  const data = await ctx.read(readCostCoverage);
  if (asked) {
    const period = resolvePeriod(asked, ctx.now());
    // "All time" begins before any bill.
    return period.start === firstDay.toString() && data.dataFrom
      ? { ...period, start: data.dataFrom }
      : period;
  }
  if (data.dataUntil) return lastWholeMonth(data);
  const before = ctx.now().toZonedDateTimeISO("UTC").toPlainDate().subtract({ months: 1 });
  const { start, end } = monthOf(before.year, before.month);
  return { start: start.toString(), end: end.toString() };
}

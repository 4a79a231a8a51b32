import type { CostComparison } from "@cloudoptima/tools/costs/comparison-shapes.ts";
import type { Question } from "../question.ts";

type Sides = Pick<CostComparison, "base" | "current" | "isSameLength">;

/**
 * The days that make a comparison fair: a period that is still running (or whose data ends early) is set against as
 * many days of the other, from its first one. Undefined when nothing has to be cut, or the person wants it whole.
 */
export function fairPeriods(
  { base, current, isSameLength }: Sides,
  { text }: Question,
): { period: { start: string; end: string }; comparedTo: { start: string; end: string } } | undefined {
  if (isSameLength || /\b(?:all|whole|full|entire|complete) (?:of )?\w+/i.test(text)) return undefined;
  const { dataUntil, coveredDays } = current.coverage;
  if (dataUntil === null || !startsCovered(base) || !startsCovered(current)) return undefined;
  const dayAfter = Temporal.PlainDate.from(dataUntil).add({ days: 1 });
  const isRunning = dayAfter.toString() < current.period.end;
  if (!isRunning || coveredDays >= base.coverage.coveredDays) return undefined;
  return {
    period: { start: current.period.start, end: dayAfter.toString() },
    comparedTo: {
      start: base.period.start,
      end: Temporal.PlainDate.from(base.period.start).add({ days: coveredDays }).toString(),
    },
  };
}

/** Data from the first day on; what is missing lies at the end. */
function startsCovered({ period, coverage }: Sides["base"]): boolean {
  if (coverage.dataUntil === null) return false;
  const days =
    Temporal.PlainDate.from(period.start).until(coverage.dataUntil, { largestUnit: "day" }).days + 1;
  return days === coverage.coveredDays;
}

/** Totals of sides that the data covers unequally say nothing; their days do. */
export function isHalfCovered({ base, current, isSameLength }: Sides): boolean {
  const days = [base.coverage.coveredDays, current.coverage.coveredDays];
  const isFarApart = Math.max(...days) > 1.5 * Math.min(...days);
  return !isSameLength && (isFarApart || base.coverage.isComplete !== current.coverage.isComplete);
}

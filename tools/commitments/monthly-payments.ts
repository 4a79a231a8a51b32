import type { CommitmentPayment } from "@cloudoptima/db/queries/commitments.ts";
import { addDays, daysBetween } from "../costs/coverage.ts";
import { decimal, type ExactDecimal } from "../kernel/money.ts";

/** A month has at most 31 days; two more for a bill that is late. */
const longestMonthDays = 33;
const shortestMonthDays = 26;

/**
 * What a commitment costs in a period, amortized by day of its year, from its own payments (oldest first): only where
 * it is paid by the month, always the same, before and during the period. Null otherwise: a payment for a whole term
 * does not say how long the term is.
 */
export function amortizedPayments(
  payments: readonly CommitmentPayment[],
  period: { start: string; end: string },
): ExactDecimal | null {
  const [first] = payments;
  const last = payments.at(-1);
  if (!first || !last || payments.length < 2) return null;
  const isMonthly = payments.slice(1).every(({ day, billed }, index) => {
    const gap = daysBetween(payments[index]!.day, day);
    return gap >= shortestMonthDays && gap <= longestMonthDays && decimal(billed).equals(first.billed);
  });
  const isPaidThroughout = first.day <= period.start && addDays(last.day, longestMonthDays) >= period.end;
  if (!isMonthly || !isPaidThroughout) return null;
  return decimal(first.billed).times(12).times(daysBetween(period.start, period.end)).dividedBy(365);
}

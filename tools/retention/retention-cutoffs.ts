/** How long data is kept: technical-design 5, "Retention". */
const METRIC_DAYS = 90;
const COST_MONTHS = 13;

/**
 * What is older goes: whole days of metrics, and the exclusive end of billing periods (YYYY-MM-DD). The earlier of the
 * two clocks counts, so that moving the business clock never removes anything that real time would keep.
 */
export function retentionCutoffs(
  businessNow: Temporal.Instant,
  realNow: Date,
): { metricsBefore: string; costsBefore: string } {
  const now = new Date(Math.min(businessNow.epochMilliseconds, realNow.getTime()));
  const today = Temporal.PlainDate.from(now.toISOString().slice(0, 10));
  return {
    metricsBefore: today.subtract({ days: METRIC_DAYS }).toString(),
    costsBefore: today.subtract({ months: COST_MONTHS }).toString(),
  };
}

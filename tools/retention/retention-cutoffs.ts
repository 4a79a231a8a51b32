/** How long data is kept: technical-design 5, "Retention". */
const METRIC_DAYS = 90;
const COST_MONTHS = 13;
/** As long as the costs that a change of a resource explains. */
const CHANGE_MONTHS = 13;
const SCAN_DAYS = 90;
const dayMs = 86_400_000;

/**
 * What is older goes: whole days of metrics, and the exclusive end of billing periods (YYYY-MM-DD). The earlier of the
 * two clocks counts, so that moving the business clock never removes anything that real time would keep.
 */
export function retentionCutoffs(
  businessNow: Temporal.Instant,
  realNow: Date,
): { metricsBefore: string; costsBefore: string; changesBefore: Date; scansBefore: Date } {
  const now = new Date(Math.min(businessNow.epochMilliseconds, realNow.getTime()));
  const today = Temporal.PlainDate.from(now.toISOString().slice(0, 10));
  return {
    metricsBefore: today.subtract({ days: METRIC_DAYS }).toString(),
    changesBefore: new Date(today.subtract({ months: CHANGE_MONTHS }).toString()),
    // Scans run on the real clock.
    scansBefore: new Date(realNow.getTime() - SCAN_DAYS * dayMs),
    costsBefore: today.subtract({ months: COST_MONTHS }).toString(),
  };
}

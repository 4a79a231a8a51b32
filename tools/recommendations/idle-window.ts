import { type HourlyUsage, highest, isCovered, meanOf, measured, percentile } from "./hourly-usage.ts";
import { assumedBytesPerHour } from "./network-capacity.ts";
import { onceByUsage } from "./once-by-usage.ts";

/** Windows tried, shortest first; 7 days are the least (RULES.md), and the longest idle one is the evidence. */
const windowsDays = [7, 14, 30] as const;
export const recentDays = 3;

export interface IdleLimits {
  cpuMaximumP95Percent: number;
  recentCpuPercent: number;
  networkSharePercent: number;
}

/** Azure Advisor's shutdown rule (learn.microsoft.com, "Advisor cost recommendations"). */
export const advisorIdleLimits: IdleLimits = {
  cpuMaximumP95Percent: 3,
  recentCpuPercent: 2,
  networkSharePercent: 2,
};

/**
 * Days up to now in which a machine did nothing. 0: it works. Null: too little was measured to tell.
 */
export function idleDays(usage: HourlyUsage, limits: IdleLimits): number | null {
  if (!isMeasured(usage, recentDays)) return null;
  const recent = highest(measured(usage, "cpu_percent/average", recentDays));
  if (!(recent <= limits.recentCpuPercent)) return 0;
  const covered = windowsDays.filter((days) => isMeasured(usage, days));
  const isBusy = (days: number) =>
    !(
      idleCpuP95(usage, days) < limits.cpuMaximumP95Percent &&
      (sentPerHour(usage, days) / assumedBytesPerHour) * 100 < limits.networkSharePercent
    );
  // A month's end that fills a week is under 5 % of a month: a longer window never makes a busy one idle.
  const busiest = covered.findIndex(isBusy);
  const idle = busiest === -1 ? covered : covered.slice(0, busiest);
  return idle.at(-1) ?? (covered.length > 0 ? 0 : null);
}

/** The same by Azure Advisor's limits, for rules that leave what is idle to idle_vm. */
export const advisorIdleDays = onceByUsage((usage) => idleDays(usage, advisorIdleLimits));

function isMeasured(usage: HourlyUsage, days: number): boolean {
  return isCovered(usage, "cpu_percent/maximum", days) && isCovered(usage, "network_out_bytes/total", days);
}

/** 95th percentile of the hourly maximum of CPU, percent. */
export const idleCpuP95 = (usage: HourlyUsage, days: number) =>
  percentile(measured(usage, "cpu_percent/maximum", days), 0.95);

/** Bytes sent in an hour on average. */
export const sentPerHour = (usage: HourlyUsage, days: number) =>
  meanOf(measured(usage, "network_out_bytes/total", days));

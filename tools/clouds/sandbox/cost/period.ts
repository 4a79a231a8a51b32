import { badRequest } from "../server/azure-error.ts";
import { dayNumber, monthStart } from "../tenant/days.ts";
import type { QueryDefinition } from "./query-definition.ts";

/** First and last day (both included, as in Azure) that a query asks for, before the data's own limits. */
export function queryPeriod(query: QueryDefinition, today: number): { first: number; last: number } {
  switch (query.timeframe) {
    case "Custom": {
      const first = dayNumber(new Date(query.timePeriod!.from).toISOString());
      const last = dayNumber(new Date(query.timePeriod!.to).toISOString());
      if (last < first) throw badRequest("Invalid query definition: timePeriod from must not be after to.");
      if (query.dataset.granularity === "Daily" && last - first > 366) {
        throw badRequest("Invalid query definition: the time period can be at most one year.");
      }
      return { first, last };
    }
    case "MonthToDate":
    case "BillingMonthToDate":
      return { first: monthStart(today), last: today };
    case "TheLastMonth":
    case "TheLastBillingMonth":
      return { first: monthStart(today, -1), last: monthStart(today) - 1 };
  }
}

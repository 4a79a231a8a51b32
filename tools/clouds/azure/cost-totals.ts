import { decimal } from "../../kernel/money.ts";
import type { CloudCostTotal } from "../cloud.ts";
import { type CostQuery, costTypes } from "./cost-query.ts";
import { monthWindows } from "./cost-windows.ts";

/**
 * Cost Management's own totals of a subscription by day and service: two calls a month, one per cost type, that
 * share nothing with the rows a scan reads but the API.
 */
export async function* costTotals(
  query: CostQuery,
  subscriptionId: string,
  from: string,
  to: string,
  signal: AbortSignal,
): AsyncGenerator<CloudCostTotal[]> {
  for (const window of monthWindows(from, to)) {
    const totals = new Map<string, CloudCostTotal>();
    for (const type of costTypes) {
      const field = type === "ActualCost" ? "billed" : "effective";
      const question = { subscriptionId, type, window, groupBy: ["ServiceName"] as const };
      for await (const rows of query.rows(question, signal)) {
        for (const { day, currency, cost, groups } of rows) {
          const service = groups[0] ?? "";
          const key = JSON.stringify([day, service, currency]);
          const total = totals.get(key) ?? { day, service, currency, billed: "0", effective: "0" };
          total[field] = decimal(total[field]).plus(cost).toFixed();
          totals.set(key, total);
        }
      }
    }
    yield [...totals.values()];
  }
}

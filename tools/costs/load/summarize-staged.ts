import { decimal } from "../../kernel/money.ts";
import type { DeliveryKey } from "./cost-record.ts";
import type { LoadedTotal } from "./load-result.ts";
import { costColumns } from "./record-columns.ts";
import type { Staging } from "./staging.ts";

/** A delivery found in the staged rows; `number` points at it inside the staging database. */
export interface StagedDelivery extends DeliveryKey {
  number: string;
  firstDay: string;
  lastDay: string;
  rowCount: number;
  /** Hash of its rows in any order: the same content as CSV, gzip or Parquet has the same hash. */
  contentHash: string;
}

/** The lower 64 of a content number's 128 bits, as its halves are summed. */
const LOW_HALF = 2n ** 64n - 1n;

/** From `facts` makes `daily` (exact sums by delivery, day and series), from which every other sum follows. */
export async function summarizeStaged(staging: Staging): Promise<void> {
  await staging.run(`
    create table daily as
    select delivery, day, series_number, count(*) as row_count,
      ${costColumns.map((column) => `coalesce(sum(${column}), 0) as ${column}`).join(", ")}
    from facts group by all`);
}

/** The staged deliveries, each with its order-independent content hash. */
export async function readDeliveries(staging: Staging): Promise<StagedDelivery[]> {
  const rows = await staging.rows<Record<string, string>>(`
    select delivery::varchar as number, provider, billing_account_id, scope, period_start::varchar as period_start,
      max(period_end)::varchar as period_end, min(day)::varchar as first_day,
      max(day)::varchar as last_day, count(*)::varchar as row_count,
      md5(concat_ws('/', count(*), sum((content_number >> 64)::ubigint), sum((content_number & ${LOW_HALF})::ubigint)))
        as content_hash
    from facts join accounts on account = delivery // 1000000
    group by delivery, provider, billing_account_id, scope, period_start
    order by provider, billing_account_id, scope, period_start`);
  return rows.map((row) => ({
    number: row.number!,
    provider: row.provider!,
    billingAccountId: row.billing_account_id!,
    scope: row.scope!,
    periodStart: row.period_start!,
    periodEnd: row.period_end!,
    firstDay: row.first_day!,
    lastDay: row.last_day!,
    rowCount: Number(row.row_count),
    contentHash: row.content_hash!,
  }));
}

/** Exact totals per currency, sorted by currency, of all staged facts or of some deliveries. */
export async function readTotals(
  staging: Staging,
  deliveryNumbers?: readonly string[],
): Promise<LoadedTotal[]> {
  const some = deliveryNumbers ? `where delivery in (${deliveryNumbers.join(", ")})` : "";
  const rows = await staging.rows<Record<string, string>>(`
    select currency, sum(row_count)::varchar as row_count,
      ${costColumns.map((column) => `sum(${column})::varchar as ${column}`).join(", ")}
    from daily join series using (series_number) ${some} group by currency order by currency`);
  return rows.map((row) => ({
    currency: row.currency!,
    rowCount: Number(row.row_count),
    billed: decimal(row.billed_cost!).toString(),
    effective: decimal(row.effective_cost!).toString(),
    contracted: decimal(row.contracted_cost!).toString(),
    list: decimal(row.list_cost!).toString(),
  }));
}

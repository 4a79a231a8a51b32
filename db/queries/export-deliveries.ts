import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** A published delivery of one billing period. */
export interface MonthDelivery {
  provider: string;
  billingAccountId: string;
  scope: string;
  /** What brought it last. */
  source: string;
  rowCount: number;
  loadedAt: Date;
  /** When the newest run behind it was submitted; null where it came from no export. */
  submittedAt: Date | null;
}

/** What is published of a connection for the billing period that starts on a day, YYYY-MM-DD. */
export async function listMonthDeliveries(
  transaction: TenantTransaction,
  connectionId: string,
  periodStart: string,
): Promise<MonthDelivery[]> {
  const rows = await transaction
    .selectFrom("cost_deliveries")
    .select(["provider", "billing_account_id", "scope", "source", "row_count", "loaded_at", "submitted_at"])
    .where("connection_id", "=", connectionId)
    .where("period_start", "=", periodStart)
    .where("status", "=", "published")
    .orderBy("billing_account_id")
    .execute();
  return rows.map((row) => ({
    provider: row.provider,
    billingAccountId: row.billing_account_id,
    scope: row.scope,
    source: row.source,
    rowCount: Number(row.row_count),
    loadedAt: row.loaded_at,
    submittedAt: row.submitted_at,
  }));
}

/** Notes that `source` was read for these deliveries, also where it changed nothing: else it would be read again. */
export async function confirmDeliveries(
  transaction: TenantTransaction,
  deliveries: readonly { provider: string; billingAccountId: string; scope: string; periodStart: string }[],
  read: { connectionId: string; source: string; submittedAt: Date; at: Date },
): Promise<void> {
  for (const delivery of deliveries) {
    await sql`update cost_deliveries
      set source = ${read.source}, loaded_at = ${read.at}, submitted_at = ${read.submittedAt},
        connection_id = ${read.connectionId}
      where status = 'published' and provider = ${delivery.provider}
        and billing_account_id = ${delivery.billingAccountId} and scope = ${delivery.scope}
        and period_start = ${delivery.periodStart}`.execute(transaction);
  }
}

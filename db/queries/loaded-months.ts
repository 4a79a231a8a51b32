import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import { findConnection } from "./connections.ts";

/** A billing month of a subscription as it was last read. */
export interface LoadedMonth {
  loadedAt: Date;
  /** 0: the cloud had no costs in it. */
  rowCount: number;
}

/** What was read of a subscription, by first day of the billing month. */
export async function readLoadedMonths(
  transaction: TenantTransaction,
  connectionId: string,
  subscriptionId: string,
): Promise<Map<string, LoadedMonth>> {
  const rows = await transaction
    .selectFrom("cost_deliveries")
    .select(["period_start", "loaded_at", "row_count"])
    .where("connection_id", "=", connectionId)
    .where("scope", "=", subscriptionId)
    .where("status", "=", "published")
    .execute();
  const months = new Map<string, LoadedMonth>();
  const connection = await findConnection(transaction, connectionId);
  const empty = (connection?.settings.emptyMonths ?? {}) as Record<string, string>;
  for (const [key, readAt] of Object.entries(empty)) {
    const [subscription, month] = key.split(" ");
    if (subscription === subscriptionId && month)
      months.set(month, { loadedAt: new Date(readAt), rowCount: 0 });
  }
  for (const row of rows) {
    months.set(row.period_start, { loadedAt: row.loaded_at, rowCount: Number(row.row_count) });
  }
  return months;
}

/**
 * Notes that months were read at `at`, also those whose costs had not changed (the loader keeps their old
 * time) and those without any (it keeps nothing): else each scan would read them again.
 */
export async function markMonthsRead(
  transaction: TenantTransaction,
  connectionId: string,
  subscriptionId: string,
  months: readonly string[],
  at: Date,
): Promise<void> {
  const updated = await transaction
    .updateTable("cost_deliveries")
    .set({ loaded_at: at })
    .where("connection_id", "=", connectionId)
    .where("scope", "=", subscriptionId)
    .where("status", "=", "published")
    .where("period_start", "in", [...months])
    .returning("period_start")
    .execute();
  const withCosts = new Set(updated.map((row) => row.period_start));
  const empty = months.filter((month) => !withCosts.has(month));
  if (empty.length === 0) return;
  const read = Object.fromEntries(empty.map((month) => [`${subscriptionId} ${month}`, at.toISOString()]));
  await transaction
    .updateTable("cloud_connections")
    .set({
      settings: sql<string>`jsonb_set(settings, '{emptyMonths}',
        coalesce(settings -> 'emptyMonths', '{}') || ${JSON.stringify(read)}::jsonb)`,
    })
    .where("id", "=", connectionId)
    .execute();
}

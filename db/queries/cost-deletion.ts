import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { FactTable } from "./cost-loading.ts";

/** A running load signs every batch, many times a second; after so long a silence its process is gone. */
export const silentLoadSeconds = 600;

/** Gives up loads: their deliveries can never be published. Without an import: those silent for so long. */
export async function abandonDeliveries(
  transaction: TenantTransaction,
  which: { importId: string } | { silentForSeconds: number },
): Promise<void> {
  const condition =
    "importId" in which
      ? sql`import_id = ${which.importId}`
      : sql`loaded_at <= clock_timestamp() - make_interval(secs => ${which.silentForSeconds})`;
  await sql`update cost_deliveries set status = 'superseded' where status = 'loading' and ${condition}`.execute(
    transaction,
  );
}

/** Takes billing periods that ended before `day` out of sight, for deletion. Returns how many. */
export async function retireDeliveries(transaction: TenantTransaction, day: string): Promise<number> {
  const { numAffectedRows } = await sql`update cost_deliveries set status = 'superseded'
    where status = 'published' and period_end <= ${day}::date`.execute(transaction);
  return Number(numAffectedRows ?? 0n);
}

/** Deliveries whose rows wait for deletion. */
export async function findSupersededDeliveries(
  transaction: TenantTransaction,
): Promise<{ id: string; rowCount: number }[]> {
  const { rows } = await sql<{ id: string; row_count: string }>`
    select id, row_count from cost_deliveries where status = 'superseded' order by id`.execute(transaction);
  return rows.map((row) => ({ id: row.id, rowCount: Number(row.row_count) }));
}

// In this order, whose first column an index keeps, the rows of one delivery are deleted. Through the tenant views
// there is no ctid to delete by; of one time and series there are few rows.
const deletionOrder = {
  cost_data: ["time", "series_id"],
  cost_daily: ["day", "series_id"],
  cost_monthly: ["month", "series_id"],
  cost_running: ["month", "series_id"],
  daily_cost_summary: ["day", "service_name", "region", "resource_group"],
  monthly_cost_summary: ["month", "service_name", "region", "resource_group"],
  daily_service_summary: ["day", "service_name", "sub_account_id"],
  monthly_service_summary: ["month", "service_name", "sub_account_id"],
} as const satisfies Record<FactTable, readonly string[]>;

/** Deletes the first `limit` rows, or few more, of a delivery that nobody can see. Returns how many; 0 when none are left. */
export async function deleteFacts(
  transaction: TenantTransaction,
  table: FactTable,
  deliveryId: string,
  limit: number,
): Promise<number> {
  const order = sql.join(deletionOrder[table].map((name) => sql.ref(name)));
  const rows = sql`${sql.table(table)} where delivery_id = ${deliveryId}`;
  const first = await sql`
    delete from ${rows} and (${order}) <= (
      select ${order} from ${rows} order by ${order} offset ${limit - 1} limit 1)`.execute(transaction);
  if (first.numAffectedRows) return Number(first.numAffectedRows);
  const rest = await sql`delete from ${rows}`.execute(transaction); // there are fewer than `limit`
  return Number(rest.numAffectedRows ?? 0n);
}

/** Forgets a delivery whose rows are gone. */
export async function deleteDelivery(transaction: TenantTransaction, deliveryId: string): Promise<void> {
  await sql`delete from cost_source_totals where delivery_id = ${deliveryId}`.execute(transaction);
  await sql`delete from cost_deliveries where id = ${deliveryId} and status = 'superseded'`.execute(
    transaction,
  );
}

import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** Whether anything was read or planned through a connection, so that it cannot go without a trace. */
export async function hasHistory(transaction: TenantTransaction, id: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from resources where connection_id = ${id})
        or exists (select from cost_deliveries where connection_id = ${id})
        or exists (select from remediation_actions where plan::jsonb ->> 'connectionId' = ${id}) as found`.execute(
    transaction,
  );
  return rows[0]?.found ?? false;
}

/** The encrypted credentials of a connection; null when it has none. */
export async function readCredentials(transaction: TenantTransaction, id: string): Promise<string | null> {
  const row = await transaction
    .selectFrom("cloud_connections")
    .select("credentials_encrypted")
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.credentials_encrypted ?? null;
}

/** Replaces what is encrypted under an older key; false when a person entered other credentials meanwhile. */
export async function replaceCredentials(
  transaction: TenantTransaction,
  id: string,
  { former, next }: { former: string; next: string },
): Promise<boolean> {
  const updated = await transaction
    .updateTable("cloud_connections")
    .set({ credentials_encrypted: next })
    .where("id", "=", id)
    .where("credentials_encrypted", "=", former)
    .returning("id")
    .executeTakeFirst();
  return updated !== undefined;
}

/** Whether an admin of the transaction's own organization can sign in with a password. */
export async function adminHasPassword(transaction: TenantTransaction): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`select access.admin_has_password() as has`.execute(
    transaction,
  );
  return rows[0]?.has ?? false;
}

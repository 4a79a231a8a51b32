import type { TenantTransaction } from "../client.ts";

export interface AuditRow {
  id: string;
  organizationId: string;
  userId: string;
  action: string;
  outcome: "done" | "failed" | "refused";
  source: string;
  resourceType: string | null;
  resourceId: string | null;
  details: Record<string, unknown>;
}

/** Appends one row; the database lets nobody change or remove it. The time is the database's real clock. */
export async function appendAudit(transaction: TenantTransaction, row: AuditRow): Promise<void> {
  await transaction
    .insertInto("audit_log")
    .values({
      id: row.id,
      organization_id: row.organizationId,
      user_id: row.userId,
      action: row.action,
      outcome: row.outcome,
      source: row.source,
      resource_type: row.resourceType,
      resource_id: row.resourceId,
      details: JSON.stringify(row.details),
    })
    .execute();
}

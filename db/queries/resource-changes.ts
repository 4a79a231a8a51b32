import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { ResourceChangeCategory, ResourceChangeKind } from "../inventory-schema.ts";

/** One field that changed, or (field null) the resource itself: created, gone, returned. */
export interface ResourceChange {
  resourceId: string;
  kind: ResourceChangeKind;
  field: string | null;
  category: ResourceChangeCategory | null;
  from: string | null;
  to: string | null;
}

export interface StoredChange extends ResourceChange {
  id: string;
  changedAt: Date;
}

/** Keeps what one page of a scan found changed. */
export async function insertResourceChanges(
  transaction: TenantTransaction,
  organizationId: string,
  changedAt: Date,
  changes: readonly ResourceChange[],
): Promise<void> {
  if (changes.length === 0) return;
  await sql`insert into resource_changes (organization_id, resource_id, changed_at, kind, field, category, from_value, to_value)
    select ${organizationId}::uuid, "resourceId", ${changedAt.toISOString()}::timestamptz, kind, field, category, "from", "to"
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as change("resourceId" text, kind text, field text,
      category text, "from" text, "to" text)`.execute(transaction);
}

/** Changes of one resource, newest first; `beforeId` goes on after an earlier page. */
export async function listResourceChanges(
  transaction: TenantTransaction,
  resourceId: string,
  page: { limit: number; beforeId?: string | undefined },
): Promise<StoredChange[]> {
  let query = transaction
    .selectFrom("resource_changes")
    .selectAll()
    .where("resource_id", "=", resourceId)
    .orderBy("id", "desc")
    .limit(page.limit);
  if (page.beforeId) query = query.where("id", "<", page.beforeId);
  return (await query.execute()).map((row) => ({
    id: row.id,
    resourceId: row.resource_id,
    changedAt: row.changed_at,
    kind: row.kind,
    field: row.field,
    category: row.category,
    from: row.from_value,
    to: row.to_value,
  }));
}

/** Deletes changes before `before`, the oldest first, until `limit` are gone. Returns how many; 0 when none are left. */
export async function deleteOldChanges(
  transaction: TenantTransaction,
  before: Date,
  limit: number,
): Promise<number> {
  const { numAffectedRows } = await sql`delete from resource_changes where id in (
    select id from resource_changes where changed_at < ${before.toISOString()}::timestamptz order by changed_at limit ${limit}
  )`.execute(transaction);
  return Number(numAffectedRows ?? 0n);
}

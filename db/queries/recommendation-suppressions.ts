import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** What an organization does not want to be told, until it expires. */
export interface StoredSuppression {
  id: string;
  /** null: every type. */
  type: string | null;
  /** One resource, lower case. */
  resourceId: string | null;
  /** Everything under this id: a resource group or a subscription, lower case. */
  scope: string | null;
  tagKey: string | null;
  tagValue: string | null;
  reason: string;
  expiresAt: Date | null;
  createdBy: string;
  createdAt: Date;
}

export async function addSuppression(
  transaction: TenantTransaction,
  organizationId: string,
  suppression: StoredSuppression,
): Promise<void> {
  const { id, type, resourceId, scope, tagKey, tagValue, reason, expiresAt, createdBy, createdAt } =
    suppression;
  await transaction
    .insertInto("recommendation_suppressions")
    .values({
      id,
      organization_id: organizationId,
      type,
      resource_id: resourceId,
      scope,
      tag_key: tagKey,
      tag_value: tagValue,
      reason,
      expires_at: expiresAt,
      created_by: createdBy,
      created_at: createdAt,
    })
    .execute();
}

/** Suppressions that hold at a moment, oldest first. */
export async function listSuppressions(
  transaction: TenantTransaction,
  at: Date,
): Promise<StoredSuppression[]> {
  const rows = await transaction
    .selectFrom("recommendation_suppressions")
    .selectAll()
    .where((where) => where.or([where("expires_at", "is", null), where("expires_at", ">", at)]))
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    resourceId: row.resource_id,
    scope: row.scope,
    tagKey: row.tag_key,
    tagValue: row.tag_value,
    reason: row.reason,
    expiresAt: row.expires_at,
    createdBy: row.created_by,
    createdAt: row.created_at,
  }));
}

/** Whether there was one to remove. */
export async function removeSuppression(transaction: TenantTransaction, id: string): Promise<boolean> {
  const { numDeletedRows } = await transaction
    .deleteFrom("recommendation_suppressions")
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Whether anything was ever scanned, or is recommended, of a resource or in a scope; ids in lower case. */
export async function isAnythingKnownOf(
  transaction: TenantTransaction,
  { resourceId, scope }: { resourceId: string | null; scope: string | null },
): Promise<boolean> {
  const within = sql`(${resourceId}::text is null or lower(resource_id) = ${resourceId})
    and (${scope}::text is null or starts_with(lower(resource_id), ${scope ? `${scope}/` : null}))`;
  const { rows } = await sql<{ known: boolean }>`select exists (select from resources where ${within})
    or exists (select from recommendations where ${within}) as known`.execute(transaction);
  return rows[0]?.known ?? false;
}

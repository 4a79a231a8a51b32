import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { ResourceChange } from "./resource-changes.ts";

/** A change as the cloud tells it: one entry a field, or one of the whole resource. Texts are untrusted. */
export interface ProviderChange extends ResourceChange {
  providerId: string;
  at: string;
  resourceType: string;
  changedBy: string | null;
  client: string | null;
  operation: string | null;
}

/**
 * Keeps what the cloud tells of changes. What a scan saw of the same change (same resource, same field, same value
 * after) gets the cloud's time and actor instead of a second entry; what was told before is left as it is. Returns how
 * many entries are new or were completed.
 */
export async function keepProviderChanges(
  transaction: TenantTransaction,
  organizationId: string,
  changes: readonly ProviderChange[],
): Promise<number> {
  if (changes.length === 0) return 0;
  const { rows } = await sql<{ count: string }>`with told as materialized (
      select distinct on ("providerId", coalesce(field, '')) * from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb)
        as told("providerId" text, at timestamptz, "resourceId" text, "resourceType" text, kind text, field text,
          category text, "from" text, "to" text, "changedBy" text, client text, operation text)
    ), fresh as materialized (
      select * from told where not exists (select 1 from resource_changes kept
        where kept.organization_id = ${organizationId}::uuid and kept.provider_id = told."providerId"
          and coalesce(kept.field, '') = coalesce(told.field, ''))
    ), seen as materialized (
      -- A scan saw it after it happened; of several changes to one value the last before the scan is the one it saw.
      select distinct on (kept.id) kept.id, fresh.* from fresh join resource_changes kept
        on kept.organization_id = ${organizationId}::uuid and kept.resource_id = fresh."resourceId"
          and kept.provider_id is null and kept.changed_at >= fresh.at
          and kept.field is not distinct from fresh.field and kept.to_value is not distinct from fresh."to"
          and (kept.kind = fresh.kind or (kept.kind = 'returned' and fresh.kind = 'created'))
      order by kept.id, fresh.at desc
    ), nearest as materialized (
      select distinct on ("providerId", coalesce(field, '')) * from seen
      order by "providerId", coalesce(field, ''), id
    ), completed as (
      update resource_changes kept set changed_at = nearest.at, from_value = nearest."from",
        provider_id = nearest."providerId", changed_by = nearest."changedBy", client = nearest.client,
        operation = nearest.operation, resource_type = nearest."resourceType"
      from nearest where kept.id = nearest.id and kept.organization_id = ${organizationId}::uuid returning kept.id
    ), added as (
      insert into resource_changes (organization_id, resource_id, changed_at, kind, field, category, from_value, to_value,
        provider_id, changed_by, client, operation, resource_type)
      select ${organizationId}::uuid, "resourceId", at, kind, field, category, "from", "to", "providerId", "changedBy",
        client, operation, "resourceType"
      from fresh where not exists (select 1 from nearest where nearest."providerId" = fresh."providerId"
        and coalesce(nearest.field, '') = coalesce(fresh.field, ''))
      order by at, "providerId", field
      on conflict do nothing returning id
    ) select (select count(*) from completed) + (select count(*) from added) as count`.execute(transaction);
  return Number(rows[0]?.count ?? 0);
}

/** Up to when the cloud's own changes of a subscription are in; null: they were never read. */
export async function readChangesUntil(
  transaction: TenantTransaction,
  connectionId: string,
  subscriptionId: string,
): Promise<Date | null> {
  const row = await transaction
    .selectFrom("inventory_marks")
    .select("changes_until")
    .where("connection_id", "=", connectionId)
    .where("subscription_id", "=", subscriptionId)
    .executeTakeFirst();
  return row?.changes_until ?? null;
}

export async function writeChangesUntil(
  transaction: TenantTransaction,
  { connectionId, subscriptionId, until }: { connectionId: string; subscriptionId: string; until: Date },
): Promise<void> {
  await transaction
    .updateTable("inventory_marks")
    .set({ changes_until: until })
    .where("connection_id", "=", connectionId)
    .where("subscription_id", "=", subscriptionId)
    .execute();
}

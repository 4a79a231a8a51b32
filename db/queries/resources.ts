import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** A resource as a scan found it. */
export interface FoundResource {
  id: string;
  provider: string;
  type: string;
  name: string;
  subscriptionId: string;
  resourceGroup: string | null;
  region: string | null;
  tags: Record<string, string>;
  properties: Record<string, unknown>;
  status: string | null;
}

export interface StoredResource extends FoundResource {
  connectionId: string;
  discoveredAt: Date;
  lastSeen: Date;
  goneAt: Date | null;
}

/** Adds or refreshes resources seen at `seenAt`; `last_updated` moves only when something changed. */
export async function upsertResources(
  transaction: TenantTransaction,
  scan: { organizationId: string; connectionId: string; seenAt: Date },
  resources: readonly FoundResource[],
  newId: () => string,
): Promise<void> {
  if (resources.length === 0) return;
  const rows = JSON.stringify(
    resources.map((resource) => ({ ...resource, row_id: newId(), resource_id: resource.id })),
  );
  const seenAt = scan.seenAt.toISOString();
  await sql`insert into resources as kept (id, organization_id, connection_id, cloud_provider, resource_type, resource_id,
      name, subscription_id, region, resource_group, tags, properties, status, discovered_at, last_updated, last_seen, gone_at)
    select row_id::uuid, ${scan.organizationId}::uuid, ${scan.connectionId}::uuid, provider, type, resource_id,
      name, "subscriptionId", region, "resourceGroup", tags, properties, status,
      ${seenAt}::timestamptz, ${seenAt}::timestamptz, ${seenAt}::timestamptz, null
    from jsonb_to_recordset(${rows}::jsonb) as found(row_id text, provider text, type text, resource_id text, name text,
      "subscriptionId" text, region text, "resourceGroup" text, tags jsonb, properties jsonb, status text)
    on conflict (organization_id, resource_id) do update set
      connection_id = excluded.connection_id, resource_type = excluded.resource_type, name = excluded.name,
      region = excluded.region, resource_group = excluded.resource_group, tags = excluded.tags,
      properties = excluded.properties, status = excluded.status, last_seen = excluded.last_seen, gone_at = null,
      last_updated = case when (kept.name, kept.region, kept.tags, kept.properties, kept.status, kept.gone_at)
        is distinct from (excluded.name, excluded.region, excluded.tags, excluded.properties, excluded.status, null::timestamptz)
        then excluded.last_updated else kept.last_updated end`.execute(transaction);
}

/** Marks what a complete listing of a subscription no longer found. Returns how many. */
export async function markGoneResources(
  transaction: TenantTransaction,
  scan: { connectionId: string; subscriptionId: string; seenAt: Date },
): Promise<number> {
  const result = await transaction
    .updateTable("resources")
    .set({ gone_at: scan.seenAt, last_updated: scan.seenAt })
    .where("connection_id", "=", scan.connectionId)
    .where("subscription_id", "=", scan.subscriptionId)
    .where("gone_at", "is", null)
    .where("last_seen", "<", scan.seenAt)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Marks one resource that the cloud no longer has. */
export async function markGone(transaction: TenantTransaction, resourceId: string, at: Date): Promise<void> {
  await transaction
    .updateTable("resources")
    .set({ gone_at: at, last_updated: at })
    .where("resource_id", "=", resourceId)
    .where("gone_at", "is", null)
    .execute();
}

/** Resources of one subscription, gone ones too when asked, ordered by id. */
export async function listSubscriptionResources(
  transaction: TenantTransaction,
  subscriptionId: string,
  options: { types?: readonly string[]; includeGone: boolean },
): Promise<StoredResource[]> {
  let query = transaction
    .selectFrom("resources")
    .selectAll()
    .where("subscription_id", "=", subscriptionId)
    .orderBy("resource_id");
  if (options.types) query = query.where("resource_type", "in", [...options.types]);
  if (!options.includeGone) query = query.where("gone_at", "is", null);
  return (await query.execute()).map(toStored);
}

/** What costs need to know of a subscription's resources, gone ones too. */
export interface ResourceLabel {
  name: string;
  region: string | null;
  tags: Record<string, string>;
}

export async function readResourceLabels(
  transaction: TenantTransaction,
  subscriptionId: string,
): Promise<Map<string, ResourceLabel>> {
  const rows = await transaction
    .selectFrom("resources")
    .select(["resource_id", "name", "region", "tags"])
    .where("subscription_id", "=", subscriptionId)
    .execute();
  return new Map(rows.map(({ resource_id, ...label }) => [resource_id, label]));
}

function toStored(row: {
  resource_id: string;
  connection_id: string;
  cloud_provider: string;
  resource_type: string;
  name: string;
  subscription_id: string;
  resource_group: string | null;
  region: string | null;
  tags: Record<string, string>;
  properties: Record<string, unknown>;
  status: string | null;
  discovered_at: Date;
  last_seen: Date;
  gone_at: Date | null;
}): StoredResource {
  return {
    id: row.resource_id,
    connectionId: row.connection_id,
    provider: row.cloud_provider,
    type: row.resource_type,
    name: row.name,
    subscriptionId: row.subscription_id,
    resourceGroup: row.resource_group,
    region: row.region,
    tags: row.tags,
    properties: row.properties,
    status: row.status,
    discoveredAt: row.discovered_at,
    lastSeen: row.last_seen,
    goneAt: row.gone_at,
  };
}

import { type RawBuilder, sql } from "kysely";
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

/** What a resource was before a scan changed it; `before` null: no scan had seen it. */
export interface ChangedResource {
  id: string;
  before: Omit<FoundResource, "id" | "provider" | "type" | "subscriptionId"> | null;
  wasGone: boolean;
}

/**
 * Adds or refreshes resources seen at `seenAt`; `last_updated` moves only when something changed.
 * Returns those that are new or differ from what was stored.
 */
export async function upsertResources(
  transaction: TenantTransaction,
  scan: { organizationId: string; connectionId: string; seenAt: Date },
  resources: readonly FoundResource[],
  newId: () => string,
): Promise<ChangedResource[]> {
  if (resources.length === 0) return [];
  // A page may name a resource twice; one statement may not.
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const found = JSON.stringify(
    [...byId.values()].map((resource) => ({ ...resource, row_id: newId(), resource_id: resource.id })),
  );
  const seenAt = scan.seenAt.toISOString();
  const { rows } = await sql<ChangedResource>`with found as materialized (
      select * from jsonb_to_recordset(${found}::jsonb) as found(row_id text, provider text, type text, resource_id text,
        name text, "subscriptionId" text, region text, "resourceGroup" text, tags jsonb, properties jsonb, status text)
    ), changed as materialized (
      select found.resource_id as id, old.gone_at is not null as "wasGone",
        case when old.id is not null then jsonb_build_object('name', old.name, 'region', old.region,
          'resourceGroup', old.resource_group, 'tags', old.tags, 'properties', old.properties, 'status', old.status) end as before
      from found left join resources old
        on old.organization_id = ${scan.organizationId}::uuid and old.resource_id = found.resource_id
      where old.id is null or old.gone_at is not null
        or (old.name, old.region, old.resource_group, old.tags, old.properties, old.status)
          is distinct from (found.name, found.region, found."resourceGroup", found.tags, found.properties, found.status)
    ), refreshed as (
      update resources kept set last_seen = ${seenAt}::timestamptz, connection_id = ${scan.connectionId}::uuid
      from found where kept.organization_id = ${scan.organizationId}::uuid and kept.resource_id = found.resource_id
        and not exists (select 1 from changed where changed.id = found.resource_id)
    ), written as (
      insert into resources (id, organization_id, connection_id, cloud_provider, resource_type, resource_id,
        name, subscription_id, region, resource_group, tags, properties, status, discovered_at, last_updated, last_seen, gone_at)
      select row_id::uuid, ${scan.organizationId}::uuid, ${scan.connectionId}::uuid, provider, type, resource_id,
        name, "subscriptionId", region, "resourceGroup", tags, properties, status,
        ${seenAt}::timestamptz, ${seenAt}::timestamptz, ${seenAt}::timestamptz, null
      from found where exists (select 1 from changed where changed.id = found.resource_id)
      on conflict (organization_id, resource_id) do update set
        connection_id = excluded.connection_id, resource_type = excluded.resource_type, name = excluded.name,
        region = excluded.region, resource_group = excluded.resource_group, tags = excluded.tags,
        properties = excluded.properties, status = excluded.status, last_seen = excluded.last_seen, gone_at = null,
        last_updated = excluded.last_updated
    ) select id, "wasGone", before from changed order by id`.execute(transaction);
  return rows;
}

/** A resource that is not gone as far as scans know, but was not there, or could not be read, when it should have been seen. */
export interface UnseenResource {
  id: string;
  type: string;
  /** Whose scan saw it last. */
  connectionId: string;
}

/** Resources of a subscription that no scan has seen since `since`, but for types that are listed by other means. */
export async function listUnseenResources(
  transaction: TenantTransaction,
  scan: { subscriptionId: string; since: Date; exceptTypes: readonly string[] },
): Promise<UnseenResource[]> {
  return transaction
    .selectFrom("resources")
    .select(["resource_id as id", "resource_type as type", "connection_id as connectionId"])
    .where("subscription_id", "=", scan.subscriptionId)
    .where("gone_at", "is", null)
    .where("last_seen", "<", scan.since)
    .where("resource_type", "not in", [...scan.exceptTypes])
    .orderBy("resource_id")
    .execute();
}

/** Marks those of one resource's parts of a type that a complete listing no longer found; their ids begin with its own. */
export async function markGoneChildren(
  transaction: TenantTransaction,
  parentId: string,
  type: string,
  seenAt: Date,
): Promise<number> {
  return markRows(
    transaction,
    seenAt,
    sql`resource_type = ${type} and starts_with(resource_id, ${`${parentId}/`})
      and last_seen < ${seenAt.toISOString()}::timestamptz`,
  );
}

/** The same for parts of a type whose resource is none of these: it is gone, and so are they. */
export async function markGoneOrphans(
  transaction: TenantTransaction,
  scan: { connectionId: string; subscriptionId: string; type: string; seenAt: Date },
  parentIds: readonly string[],
): Promise<number> {
  return markRows(
    transaction,
    scan.seenAt,
    sql`connection_id = ${scan.connectionId}::uuid and subscription_id = ${scan.subscriptionId}
      and resource_type = ${scan.type} and not exists (
        select from unnest(${[...parentIds]}::text[]) as parent(id) where starts_with(resource_id, parent.id || '/'))`,
  );
}

/** Marks resources that the cloud no longer has, and keeps that in their history. Returns how many were there. */
export async function markGone(
  transaction: TenantTransaction,
  resourceIds: string | readonly string[],
  at: Date,
): Promise<number> {
  const ids = typeof resourceIds === "string" ? [resourceIds] : [...resourceIds];
  return markRows(transaction, at, sql`resource_id = any(${ids}::text[])`);
}

async function markRows(
  transaction: TenantTransaction,
  at: Date,
  which: RawBuilder<unknown>,
): Promise<number> {
  const goneAt = at.toISOString();
  const { rows } = await sql<{ count: string }>`with marked as (
      update resources set gone_at = ${goneAt}::timestamptz, last_updated = ${goneAt}::timestamptz
      where gone_at is null and ${which} returning organization_id, resource_id
    ), told as (
      insert into resource_changes (organization_id, resource_id, changed_at, kind)
      select organization_id, resource_id, ${goneAt}::timestamptz, 'gone' from marked
      where not exists (
        -- The cloud told of it already.
        select 1 from (
          select provider_id, kind from resource_changes kept
          where kept.organization_id = marked.organization_id and kept.resource_id = marked.resource_id and kept.field is null
          order by kept.changed_at desc, kept.id desc limit 1
        ) newest where newest.provider_id is not null and newest.kind = 'gone'
      ) order by resource_id
    ) select count(*) from marked`.execute(transaction);
  return Number(rows[0]?.count ?? 0);
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

/** Resources that are not gone of exactly this name or id, in any subscription: two at most. */
export async function findLiveByName(
  transaction: TenantTransaction,
  nameOrId: string,
): Promise<StoredResource[]> {
  const wanted = nameOrId.trim().toLowerCase();
  const rows = await transaction
    .selectFrom("resources")
    .selectAll()
    .where((where) =>
      where.or([
        where("resource_id", "=", wanted),
        where((lower) => lower.fn<string>("lower", ["name"]), "=", wanted),
      ]),
    )
    .where("gone_at", "is", null)
    .orderBy("resource_id")
    .limit(2)
    .execute();
  return rows.map(toStored);
}

/** Those of these ids that a resource has which is not gone, in any subscription. */
export async function listLiveIds(transaction: TenantTransaction, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await transaction
    .selectFrom("resources")
    .select("resource_id")
    .where("resource_id", "in", [...ids])
    .where("gone_at", "is", null)
    .execute();
  return rows.map((row) => row.resource_id);
}

/** Subscriptions that have resources, by id. */
export async function listSubscriptionIds(transaction: TenantTransaction): Promise<string[]> {
  const rows = await transaction
    .selectFrom("resources")
    .select("subscription_id")
    .distinct()
    .where("gone_at", "is", null)
    .orderBy("subscription_id")
    .execute();
  return rows.map((row) => row.subscription_id);
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

/** When a scan last saw any resource; null before the first. */
export async function readLastSeen(transaction: TenantTransaction): Promise<Date | null> {
  const { seen } = await transaction
    .selectFrom("resources")
    .select(({ fn }) => fn.max("last_seen").as("seen"))
    .executeTakeFirstOrThrow();
  return seen as Date | null;
}

import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import {
  type ResourceChangeCategory,
  type ResourceChangeKind,
  resourceChangeKinds,
} from "../inventory-schema.ts";
import { contains } from "./contains.ts";

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
  changedBy: string | null;
  client: string | null;
  operation: string | null;
}

/** Keeps what one page of a scan found changed, but for what the cloud told already of the same change. */
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
      category text, "from" text, "to" text)
    where not exists (
      select 1 from (
        select provider_id, kind, to_value from resource_changes kept
        where kept.organization_id = ${organizationId}::uuid and kept.resource_id = change."resourceId"
          and kept.field is not distinct from change.field
        order by kept.changed_at desc, kept.id desc limit 1
      ) newest
      where newest.provider_id is not null and newest.to_value is not distinct from change."to"
        and (newest.kind = change.kind or (newest.kind = 'created' and change.kind = 'returned'))
    )`.execute(transaction);
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
    .orderBy("changed_at", "desc")
    .orderBy("id", "desc")
    .limit(page.limit);
  // What the cloud tells comes in after what happened later.
  if (page.beforeId)
    query = query.where(
      sql<boolean>`(changed_at, id) < (select changed_at, id from resource_changes where id = ${page.beforeId}::bigint)`,
    );
  return (await query.execute()).map((row) => ({
    id: row.id,
    resourceId: row.resource_id,
    changedAt: row.changed_at,
    kind: row.kind,
    field: row.field,
    category: row.category,
    from: row.from_value,
    to: row.to_value,
    changedBy: row.changed_by,
    client: row.client,
    operation: row.operation,
  }));
}

/** Which changes of the estate; all must hold. Days are half-open, UTC. */
export interface ChangeFilter {
  period: { start: string; end: string };
  /** Part of a name, or a full id. */
  resource?: string | undefined;
  types?: readonly string[] | undefined;
  resourceGroup?: string | undefined;
  subscriptionIds?: readonly string[] | undefined;
  kind?: ResourceChangeKind | undefined;
  category?: ResourceChangeCategory | undefined;
  limit: number;
}

/** What the cloud tells of one change, or what one scan saw of a kind on one resource. */
export interface EstateChange {
  at: Date;
  kind: ResourceChangeKind;
  id: string;
  name: string;
  type: string;
  resourceGroup: string | null;
  subscriptionId: string;
  changedBy: string | null;
  client: string | null;
  operation: string | null;
  fields: { field: string; category: ResourceChangeCategory; from: string | null; to: string | null }[];
}

/**
 * Changes of all resources, newest first, and how many of each kind. What was created within a day of the first look
 * at a subscription is left out unless the cloud tells of it: nobody can tell it from what had been there. Of what no
 * scan ever saw, the id says name and place.
 */
export async function listEstateChanges(
  transaction: TenantTransaction,
  filter: ChangeFilter,
): Promise<{
  counts: Record<ResourceChangeKind, number>;
  rows: EstateChange[];
  knownFrom: Date | null;
}> {
  // /subscriptions/S/resourcegroups/G/providers/…/NAME
  const name = sql`coalesce(r.name, substring(c.resource_id from '[^/]*$'))`;
  const type = sql`coalesce(r.resource_type, c.resource_type, '')`;
  const group = sql`coalesce(r.resource_group, nullif(split_part(c.resource_id, '/', 5), ''))`;
  const subscription = sql`coalesce(r.subscription_id, split_part(c.resource_id, '/', 3))`;
  const tests = [
    sql`c.changed_at >= ${filter.period.start}::date::timestamp at time zone 'UTC'`,
    sql`c.changed_at < ${filter.period.end}::date::timestamp at time zone 'UTC'`,
  ];
  if (filter.resource)
    tests.push(
      sql`(${name} ilike ${contains(filter.resource)} or c.resource_id = lower(${filter.resource.trim()}))`,
    );
  if (filter.types) tests.push(sql`${type} = any(${[...filter.types]}::text[])`);
  if (filter.resourceGroup) tests.push(sql`lower(${group}) = lower(${filter.resourceGroup.trim()})`);
  if (filter.subscriptionIds) tests.push(sql`${subscription} = any(${[...filter.subscriptionIds]}::text[])`);
  if (filter.kind) tests.push(sql`c.kind = ${filter.kind}`);
  if (filter.category) tests.push(sql`c.category = ${filter.category}`);
  const events = sql`
    first_looks as (
      select connection_id, subscription_id, min(discovered_at) as at from resources group by 1, 2
    ), events as materialized (
      select c.changed_at as at, c.kind, c.resource_id as id, ${name} as name, ${type} as type,
        ${group} as "resourceGroup", ${subscription} as "subscriptionId",
        c.changed_by as "changedBy", c.client, c.operation, c.provider_id,
        coalesce(jsonb_agg(jsonb_build_object('field', c.field, 'category', c.category, 'from', c.from_value,
          'to', c.to_value) order by c.field) filter (where c.field is not null), '[]') as fields
      from resource_changes c left join resources r using (resource_id)
      left join first_looks f using (connection_id, subscription_id)
      where ${sql.join(tests, sql` and `)}
        and (c.provider_id is not null or (r.id is not null and (c.kind <> 'created' or c.changed_at >= f.at + interval '1 day')))
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    )`;
  const { rows } = await sql<EstateChange>`with ${events}
    select at, kind, id, name, type, "resourceGroup", "subscriptionId", "changedBy", client, operation, fields
    from events order by at desc, id, kind, provider_id limit ${filter.limit}`.execute(transaction);
  const counted = await sql<{ kind: ResourceChangeKind; count: number }>`with ${events}
    select kind, count(*)::int as count from events group by 1`.execute(transaction);
  const [first] = (
    await sql<{ at: Date | null }>`select min(discovered_at) as at from resources`.execute(transaction)
  ).rows;
  const none = Object.fromEntries(resourceChangeKinds.map((kind) => [kind, 0]));
  return {
    counts: {
      ...none,
      ...Object.fromEntries(counted.rows.map(({ kind, count }) => [kind, count])),
    } as Record<ResourceChangeKind, number>,
    rows,
    knownFrom: first?.at ?? null,
  };
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

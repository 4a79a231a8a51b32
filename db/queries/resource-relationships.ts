import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** `fromId` uses `toId`, as the properties of `sourceId` say. */
export interface StoredRelationship {
  sourceId: string;
  fromId: string;
  toId: string;
  kind: string;
}

const diskBlobType = "microsoft.storage/storageaccounts/blobservices/containers/blobs";
// Written by linkByName, so a page of properties must leave them alone.
const linkedKinds = ["scale_set", "storage_account", "disk_blob"];

/** Replaces what these sources say; rows that stay are not touched. */
export async function replaceRelationships(
  transaction: TenantTransaction,
  organizationId: string,
  sourceIds: readonly string[],
  relationships: readonly StoredRelationship[],
): Promise<void> {
  if (sourceIds.length === 0) return;
  await sql`with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(relationships)}::jsonb)
        as wanted("sourceId" text, "fromId" text, "toId" text, kind text)
    ), removed as (
      delete from resource_relationships kept
      where organization_id = ${organizationId}::uuid and source_id = any(${[...sourceIds]}::text[])
        and kind <> all(${linkedKinds}::text[])
        and not exists (select 1 from wanted where "sourceId" = kept.source_id and "fromId" = kept.from_id
          and "toId" = kept.to_id and wanted.kind = kept.kind)
    )
    insert into resource_relationships (organization_id, source_id, from_id, to_id, kind)
    select ${organizationId}::uuid, "sourceId", "fromId", "toId", kind from wanted
    on conflict do nothing`.execute(transaction);
}

/**
 * Relationships that only names tell: a cluster and the scale sets of its node group; a machine or image whose disk
 * is a blob, that blob where a scan has listed it, and the storage account of both. To be called when an inventory is in.
 */
export async function linkByName(transaction: TenantTransaction, organizationId: string): Promise<void> {
  // Each side is narrowed first: joined as they are, every cluster would unpack its properties for every scale set.
  await sql`with clusters as materialized (
      select resource_id, subscription_id, lower(properties ->> 'nodeResourceGroup') as node_group from resources
      where organization_id = ${organizationId}::uuid and gone_at is null
        and resource_type = 'microsoft.containerservice/managedclusters'
    ), nodes as materialized (
      select resource_id, subscription_id, resource_group from resources
      where organization_id = ${organizationId}::uuid and gone_at is null
        and resource_type = 'microsoft.compute/virtualmachinescalesets'
    ), blobs as materialized (
      select from_id, to_id as address, substring(to_id from '^https://([^./]+)\\.') as account
      from resource_relationships
      where organization_id = ${organizationId}::uuid and kind = 'unmanaged_disk'
    ), disks as materialized (
      select resource_id, properties ->> 'address' as address, lower(properties ->> 'account') as account from resources
      where organization_id = ${organizationId}::uuid and gone_at is null and resource_type = ${diskBlobType}
    ), accounts as materialized (
      select resource_id, lower(name) as account from resources
      where organization_id = ${organizationId}::uuid and gone_at is null
        and resource_type = 'microsoft.storage/storageaccounts'
    ), wanted as materialized (
      select clusters.resource_id as from_id, nodes.resource_id as to_id, 'scale_set' as kind
      from clusters join nodes on nodes.subscription_id = clusters.subscription_id
        and nodes.resource_group = clusters.node_group
      union
      select blobs.from_id, accounts.resource_id, 'storage_account' from blobs join accounts using (account)
      union
      select disks.resource_id, accounts.resource_id, 'storage_account' from disks join accounts using (account)
      union
      select blobs.from_id, disks.resource_id, 'disk_blob' from blobs join disks using (address)
    ), removed as (
      delete from resource_relationships kept
      where organization_id = ${organizationId}::uuid and kind = any(${linkedKinds}::text[])
        and not exists (select 1 from wanted where wanted.from_id = kept.from_id and wanted.to_id = kept.to_id
          and wanted.kind = kept.kind)
    )
    insert into resource_relationships (organization_id, source_id, from_id, to_id, kind)
    select ${organizationId}::uuid, from_id, from_id, to_id, kind from wanted
    on conflict do nothing`.execute(transaction);
}

/** A resource at the other end of one or more relationships; name and type are null where no scan has seen it. */
export interface RelatedResource {
  id: string;
  direction: "uses" | "used_by";
  kind: string;
  steps: number;
  /** The resource that uses it, or that it uses, one step nearer. */
  throughId: string;
  name: string | null;
  type: string | null;
  status: string | null;
  resourceGroup: string | null;
  region: string | null;
  goneAt: Date | null;
}

/** What a resource uses and what uses it, nearest first, up to so many steps away. What gone resources say is left out. */
export async function listRelated(
  transaction: TenantTransaction,
  resourceId: string,
  options: { directions: readonly RelatedResource["direction"][]; steps: number; limit: number },
): Promise<{ rows: RelatedResource[]; totalCount: number }> {
  const { rows } = await sql<RelatedResource & { totalCount: string }>`with recursive walk as (
      select direction, ${resourceId}::text as id, null::text as kind, null::text as through_id, 0 as steps
      from unnest(${[...options.directions]}::text[]) as direction
      union
      select walk.direction, next.other, next.kind, walk.id, walk.steps + 1
      from walk cross join lateral (
        select link.other, link.kind from (
          select to_id as other, kind, source_id from resource_relationships
          where walk.direction = 'uses' and from_id = walk.id
          union all
          select from_id, kind, source_id from resource_relationships
          where walk.direction = 'used_by' and to_id = walk.id
        ) link
        left join resources source on source.resource_id = link.source_id
        where source.gone_at is null
      ) next
      where walk.steps < ${options.steps}
    ), nearest as (
      select distinct on (direction, id, kind) * from walk
      where steps > 0 and id <> ${resourceId} order by direction, id, kind, steps, through_id
    )
    select nearest.id, nearest.direction, nearest.kind, nearest.steps, nearest.through_id as "throughId",
      found.name, found.resource_type as type, found.status, found.resource_group as "resourceGroup", found.region,
      found.gone_at as "goneAt", count(*) over () as "totalCount"
    from nearest left join resources found on found.resource_id = nearest.id
    -- An address whose blob was listed is told as that blob.
    where nearest.kind <> 'unmanaged_disk' or not exists (select from resources listed
      where listed.resource_type = ${diskBlobType} and listed.gone_at is null
        and listed.properties ->> 'address' = nearest.id)
    order by nearest.direction desc, nearest.steps, nearest.kind, nearest.id
    limit ${options.limit}`.execute(transaction);
  return {
    rows: rows.map(({ totalCount: _totalCount, ...row }) => row),
    totalCount: Number(rows[0]?.totalCount ?? 0),
  };
}

/** Every relationship in which a resource of a subscription says what it uses, or is used from another one. */
export async function listRelationshipsOf(
  transaction: TenantTransaction,
  subscriptionId: string,
): Promise<{ fromId: string; toId: string; kind: string }[]> {
  const own = `/subscriptions/${subscriptionId.toLowerCase()}/%`;
  const { rows } = await sql<{ fromId: string; toId: string; kind: string }>`
    select distinct from_id as "fromId", to_id as "toId", kind from resource_relationships link
    where (source_id like ${own} or to_id like ${own}) and not exists (select 1 from resources source
        where source.resource_id = link.source_id and source.gone_at is not null)`.execute(transaction);
  return rows;
}

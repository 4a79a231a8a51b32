import { type RawBuilder, sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import { contains } from "./contains.ts";
import { type CostCondition, type CostScope, costSource } from "./cost-source.ts";
import { resourceAge } from "./resource-ages.ts";

/** What a person may look for; every condition must hold, text compares without case. */
export interface ResourceSearch {
  /** Part of the name, or the full id. */
  text?: string;
  types?: readonly string[];
  /** When no known type fits: part of the type. */
  typeText?: string;
  /** Any of these ids. */
  regions?: readonly string[];
  resourceGroup?: string;
  /** Either an id of these or a name with this part. */
  subscriptionIds?: readonly string[];
  subscriptionText?: string;
  tagKey?: string;
  tagValue?: string;
  /** Resources that lack this tag (or have it empty); "*" those without any tag. */
  missingTag?: string;
  /** Any of these. */
  statuses?: readonly string[];
  includeGone: boolean;
  /** Only resources that no longer exist. */
  onlyGone?: boolean;
  /** Half-open days of the cost beside each resource. */
  period: { start: string; end: string };
  orderBy: "name" | "cost" | "age" | "size";
  /** Made before this moment, as far as the inventory says when. */
  madeBefore?: Date;
  /** Disks and snapshots larger than so many GiB. */
  largerThanGib?: number;
  limit: number;
  offset: number;
}

export interface ResourceHit {
  id: string;
  name: string;
  type: string;
  region: string | null;
  resourceGroup: string | null;
  subscriptionId: string | null;
  subscriptionName: string | null;
  status: string | null;
  tags: Record<string, string>;
  goneAt: Date | null;
  knownFrom: "inventory" | "bill";
  costs: { currency: string; effective: string }[];
}

// The inventory, and what only the bill knows: imported files bring no inventory. Where there is one, a resource
// that only the bill knows was gone before the first scan; who asks for what exists is spared the comparison.
const everything = ({ includeGone, onlyGone }: ResourceSearch) => sql`(
  select resource_id as id, name, resource_type as type, region, resource_group, subscription_id,
    null::text as subscription_name, status, tags, gone_at, 'inventory' as known_from
  from resources
  union all
  select * from (
    select distinct on (s.resource_id) s.resource_id as id, coalesce(s.resource_name, s.resource_id) as name,
      coalesce(s.resource_type, '') as type, s.region, s.resource_group, s.sub_account_id, s.sub_account_name,
      null::text, s.tags, listed.since as gone_at, 'bill'
    from cost_series s
    left join (select cloud_provider, min(discovered_at) as since from resources group by cloud_provider) listed
      on listed.cloud_provider = s.provider
    where s.resource_id is not null ${includeGone || onlyGone ? sql`` : withoutInventory}
      and not exists (select from resources r where r.resource_id = s.resource_id)
    order by s.resource_id, s.id desc
  ) billed
) r`;

const withoutInventory = sql`and s.provider <> all(array(select distinct cloud_provider from resources))`;

function conditions(search: ResourceSearch): RawBuilder<unknown> {
  const tests: RawBuilder<unknown>[] = [sql`true`];
  if (search.onlyGone) tests.push(sql`r.gone_at is not null`);
  else if (!search.includeGone) tests.push(sql`r.gone_at is null`);
  if (search.text) {
    tests.push(sql`(r.name ilike ${contains(search.text)} or lower(r.id) = lower(${search.text}))`);
  }
  if (search.types) tests.push(sql`lower(r.type) = any(${[...search.types]}::text[])`);
  if (search.typeText) tests.push(sql`r.type ilike ${contains(search.typeText)}`);
  if (search.regions) tests.push(sql`lower(r.region) = any(${[...search.regions]}::text[])`);
  if (search.resourceGroup) tests.push(sql`lower(r.resource_group) = lower(${search.resourceGroup})`);
  if (search.subscriptionIds || search.subscriptionText) {
    const part = contains(search.subscriptionText ?? "");
    tests.push(sql`(r.subscription_id = any(${[...(search.subscriptionIds ?? [])]}::text[])
      or lower(r.subscription_id) = lower(${search.subscriptionText ?? ""}) or r.subscription_name ilike ${part})`);
  }
  if (search.statuses) tests.push(sql`lower(r.status) = any(${[...search.statuses]}::text[])`);
  if (search.tagKey || search.tagValue) {
    const key = search.tagKey ? sql`lower(tag.key) = lower(${search.tagKey})` : sql`true`;
    const value = search.tagValue ? sql`lower(tag.value) = lower(${search.tagValue})` : sql`true`;
    tests.push(
      sql`exists (select from jsonb_each_text(r.tags) as tag(key, value) where ${key} and ${value})`,
    );
  }
  if (search.madeBefore) tests.push(resourceAge.madeBefore(search.madeBefore));
  if (search.largerThanGib !== undefined) tests.push(resourceAge.largerThan(search.largerThanGib));
  if (search.missingTag) {
    const key = search.missingTag === "*" ? sql`true` : sql`lower(tag.key) = lower(${search.missingTag})`;
    tests.push(
      sql`not exists (select from jsonb_each_text(r.tags) as tag(key, value) where ${key} and tag.value <> '')`,
    );
  }
  return sql.join(tests, sql` and `);
}

const orders = { name: sql``, age: resourceAge.oldestFirst, size: resourceAge.largestFirst };

interface HitRow {
  id: string;
  name: string;
  type: string;
  region: string | null;
  resource_group: string | null;
  subscription_id: string | null;
  subscription_name: string | null;
  status: string | null;
  tags: Record<string, string>;
  gone_at: Date | null;
  known_from: "inventory" | "bill";
  total_count: string;
}

/** One page of matching resources with their effective cost, how many match, and how many there are. */
export async function searchResources(
  transaction: TenantTransaction,
  search: ResourceSearch,
): Promise<{ rows: ResourceHit[]; totalCount: number; allCount: number }> {
  // Only an order by cost needs the cost of every match; else those of the page are enough.
  const byCost = search.orderBy === "cost";
  const amounts = sql`left join (
      select resource_id, sum(amount) as amount from ${costSource(scopeOf(search, []), { groups: [resource] })}
      where resource_id is not null group by resource_id) cost on cost.resource_id = r.id`;
  // The embedded engine keeps no statistics and would join all with all, which grows with the square; for this
  // transaction only.
  if (byCost) await sql`select set_config('enable_nestloop', 'off', true)`.execute(transaction);
  const { rows } = await sql<HitRow>`select r.*, count(*) over () as total_count
    from ${everything(search)} ${byCost ? amounts : sql``} where ${conditions(search)}
    order by ${byCost ? sql`coalesce(cost.amount, 0) desc,` : orders[search.orderBy as keyof typeof orders]} lower(r.name), r.id
    limit ${search.limit} offset ${search.offset}`.execute(transaction);
  const totalCount = rows[0] ? Number(rows[0].total_count) : await countMatches(transaction, search);
  const costs = await readCosts(transaction, search, rows);
  return {
    totalCount,
    allCount: totalCount > 0 ? totalCount : await countMatches(transaction, nothingAsked(search)),
    rows: rows.map((row) => ({
      id: row.id,
      name: row.name,
      type: row.type,
      region: row.region,
      resourceGroup: row.resource_group,
      subscriptionId: row.subscription_id,
      subscriptionName: row.subscription_name,
      status: row.status,
      tags: row.tags,
      goneAt: row.gone_at,
      knownFrom: row.known_from,
      costs: costs.get(row.id) ?? [],
    })),
  };
}

const resource = { dimension: "resource" } as const;

function scopeOf({ period }: ResourceSearch, conditions: CostCondition[]): CostScope {
  return { ...period, kind: "effective", conditions };
}

function nothingAsked({ period, orderBy, limit }: ResourceSearch): ResourceSearch {
  return { period, orderBy, limit, offset: 0, includeGone: false };
}

/** What all matches cost together in the period, over every page. */
export async function sumMatchingCosts(
  transaction: TenantTransaction,
  search: ResourceSearch,
): Promise<{ currency: string; effective: string }[]> {
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(transaction);
  const { rows } = await sql<{ currency: string; effective: string }>`
    select currency, sum(amount) as effective from ${costSource(scopeOf(search, []), { groups: [resource] })}
    where resource_id in (select r.id from ${everything(search)} where ${conditions(search)})
    group by 1 order by 1`.execute(transaction);
  return rows;
}

/** By what resources are counted; a tag by its key. */
export type ResourceCountKey =
  | "type"
  | "region"
  | "resource_group"
  | "subscription"
  | "status"
  | "existence"
  | { tagKey: string };

/** How many of the matches there are of each value, most first; null: those that have none. */
export async function countResourcesBy(
  transaction: TenantTransaction,
  search: ResourceSearch,
  by: ResourceCountKey,
): Promise<{ key: string | null; count: number }[]> {
  const key =
    typeof by === "object"
      ? sql`(select tag.value from jsonb_each_text(r.tags) as tag(key, value)
          where lower(tag.key) = lower(${by.tagKey}) and tag.value <> '' order by tag.key limit 1)`
      : countColumns[by];
  const { rows } = await sql<{ key: string | null; count: string }>`
    select nullif(${key}, '') as key, count(*) as count from ${everything(search)} where ${conditions(search)}
    group by 1 order by 2 desc, 1`.execute(transaction);
  return rows.map((row) => ({ key: row.key, count: Number(row.count) }));
}

const countColumns = {
  type: sql`lower(r.type)`,
  region: sql`lower(r.region)`,
  resource_group: sql`lower(r.resource_group)`,
  subscription: sql`r.subscription_id`,
  status: sql`lower(r.status)`,
  existence: sql`case when r.gone_at is null then 'present' else 'gone' end`,
};

/**
 * Names of tags on the matches, with how many carry each, most first; spellings that differ in case are one. Most
 * resources are tagged alike: first they are counted by which names they carry, so that few are told apart.
 */
export async function countResourceTagKeys(
  transaction: TenantTransaction,
  search: ResourceSearch,
  limit: number,
): Promise<{ key: string; count: number }[]> {
  const { rows } = await sql<{ key: string; count: string }>`
    with alike as materialized (
      select array(select jsonb_object_keys(r.tags)) as keys, count(*) as count
      from ${everything(search)} where ${conditions(search)} group by 1
    )
    select min(tag.key) as key, sum(alike.count) as count
    from alike cross join lateral (
      select lower(named.key) as lower_key, min(named.key) as key from unnest(alike.keys) as named(key) group by 1
    ) tag
    group by tag.lower_key order by 2 desc, 1 limit ${limit}`.execute(transaction);
  return rows.map((row) => ({ key: row.key, count: Number(row.count) }));
}

/** For pages beyond the end, which carry no count. */
async function countMatches(transaction: TenantTransaction, search: ResourceSearch): Promise<number> {
  const { rows } = await sql<{ count: string }>`select count(*) as count from ${everything(search)}
    where ${conditions(search)}`.execute(transaction);
  return Number(rows[0]?.count ?? 0);
}

async function readCosts(
  transaction: TenantTransaction,
  search: ResourceSearch,
  hits: readonly { id: string }[],
): Promise<Map<string, ResourceHit["costs"]>> {
  const byResource = new Map<string, ResourceHit["costs"]>();
  if (hits.length === 0) return byResource;
  const scope = scopeOf(search, [{ ...resource, keys: hits.map(({ id }) => id), exclude: false }]);
  const { rows } = await sql<{ resource_id: string; currency: string; effective: string }>`
    select resource_id, currency, sum(amount) as effective from ${costSource(scope, { groups: [resource] })}
    group by 1, 2 order by 1, 2`.execute(transaction);
  for (const { resource_id, currency, effective } of rows) {
    byResource.set(resource_id, [...(byResource.get(resource_id) ?? []), { currency, effective }]);
  }
  return byResource;
}

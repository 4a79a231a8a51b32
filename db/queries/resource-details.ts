import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** One resource with all that is known of it; `seen` is null where only the bill names it. */
export interface ResourceDetails {
  id: string;
  name: string;
  type: string;
  provider: string;
  region: string | null;
  resourceGroup: string | null;
  subscriptionId: string | null;
  subscriptionName: string | null;
  status: string | null;
  tags: Record<string, string>;
  properties: Record<string, unknown>;
  seen: { firstAt: Date; lastAt: Date; goneAt: Date | null } | null;
}

/** A resource by its full id (without case), of the inventory or else of the bill. */
export async function findResourceDetails(
  transaction: TenantTransaction,
  id: string,
): Promise<ResourceDetails | undefined> {
  const row = await transaction
    .selectFrom("resources")
    .selectAll()
    .where("resource_id", "=", id.toLowerCase())
    .executeTakeFirst();
  if (!row) return findBilledResource(transaction, id);
  return {
    id: row.resource_id,
    name: row.name,
    type: row.resource_type,
    provider: row.cloud_provider,
    region: row.region,
    resourceGroup: row.resource_group,
    subscriptionId: row.subscription_id,
    subscriptionName: null,
    status: row.status,
    tags: row.tags,
    properties: row.properties,
    seen: { firstAt: row.discovered_at, lastAt: row.last_seen, goneAt: row.gone_at },
  };
}

/** The newest words of the bill for it; ids of other clouds keep their case. */
async function findBilledResource(
  transaction: TenantTransaction,
  id: string,
): Promise<ResourceDetails | undefined> {
  const row = await transaction
    .selectFrom("cost_series")
    .selectAll()
    .where("resource_id", "in", [id, id.toLowerCase()])
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row?.resource_id) return undefined;
  return {
    id: row.resource_id,
    name: row.resource_name ?? row.resource_id,
    type: row.resource_type ?? "",
    provider: row.provider,
    region: row.region,
    resourceGroup: row.resource_group,
    subscriptionId: row.sub_account_id,
    subscriptionName: row.sub_account_name,
    status: null,
    tags: row.tags,
    properties: {},
    seen: null,
  };
}

export interface MetricSeries {
  metric: string;
  aggregation: string;
  unit: string;
  points: { time: string; value: number }[];
}

/** Measured points of a resource in [from, to), oldest first; `metric` keeps one of them. */
export async function readMetricSeries(
  transaction: TenantTransaction,
  resourceId: string,
  span: { from: Date; to: Date; metric?: string },
): Promise<MetricSeries[]> {
  const from = sql`${span.from.toISOString()}::timestamptz`;
  const to = sql`${span.to.toISOString()}::timestamptz`;
  const { rows } = await sql<MetricSeries>`
    select metric_name as metric, aggregation, min(unit) as unit,
      json_agg(json_build_object('time', to_char(time, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'value', value)
        order by time) as points
    from metric_series s
    join metric_days d on d.series_id = s.id
    cross join lateral (
      select day + (hour - 1) * interval '1 hour' as time, value
      from unnest(hours) with ordinality as hourly(value, hour) where value is not null
    ) points
    where resource_id = ${resourceId}
      and day >= (${from} at time zone 'UTC')::date and day <= (${to} at time zone 'UTC')::date
      and time >= ${from} at time zone 'UTC' and time < ${to} at time zone 'UTC'
      and (${span.metric ?? null}::text is null or metric_name = ${span.metric ?? null})
    group by 1, 2 order by 1, 2`.execute(transaction);
  return rows;
}

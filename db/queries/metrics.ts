import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

const hourMs = 3_600_000;

export interface StoredPoint {
  resourceId: string;
  metric: string;
  aggregation: string;
  time: Date;
  value: number;
  unit: string;
}

/** Adds points; one that exists is replaced, so that reading a span twice changes nothing. */
export async function upsertMetricPoints(
  transaction: TenantTransaction,
  organizationId: string,
  points: readonly StoredPoint[],
): Promise<void> {
  if (points.length === 0) return;
  await sql`insert into resource_metrics (time, organization_id, resource_id, metric_name, aggregation, value, unit)
    select time, ${organizationId}::uuid, resource_id, metric_name, aggregation, value, unit from unnest(
      ${points.map((point) => point.time.toISOString())}::timestamptz[],
      ${points.map((point) => point.resourceId)}::text[],
      ${points.map((point) => point.metric)}::text[],
      ${points.map((point) => point.aggregation)}::text[],
      ${points.map((point) => point.value)}::float8[],
      ${points.map((point) => point.unit)}::text[]
    ) as found(time, resource_id, metric_name, aggregation, value, unit)
    on conflict (organization_id, resource_id, metric_name, aggregation, time)
    do update set value = excluded.value, unit = excluded.unit
    where resource_metrics.value is distinct from excluded.value`.execute(transaction);
}

/** Deletes up to `limit` points older than `before`. Returns how many; 0 when none are left. */
export async function deleteOldMetricPoints(
  transaction: TenantTransaction,
  before: Date,
  limit: number,
): Promise<number> {
  // By whole hours: through the tenant view there is no ctid, and an hour's points are few beside the limit.
  const { numAffectedRows } = await sql`delete from resource_metrics where time <= (
    select max(time) from (
      select time from resource_metrics where time < ${before.toISOString()}::timestamptz order by time limit ${limit}
    ) oldest)`.execute(transaction);
  return Number(numAffectedRows ?? 0n);
}

/** The newest point of one metric of each resource that has any. */
export async function lastMetricTimes(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  { metric, aggregation }: { metric: string; aggregation: "average" | "maximum" | "total" },
): Promise<Map<string, Date>> {
  if (resourceIds.length === 0) return new Map();
  const rows = await transaction
    .selectFrom("resource_metrics")
    .select((builder) => ["resource_id", builder.fn.max("time").as("last")])
    .where("resource_id", "in", [...resourceIds])
    .where("metric_name", "=", metric)
    .where("aggregation", "=", aggregation)
    .groupBy("resource_id")
    .execute();
  return new Map(rows.map((row) => [row.resource_id, row.last]));
}

/** How busy a virtual machine was in a span of hours; null figures where there is no point. */
export interface BusyHours {
  resourceId: string;
  /** Hours with a CPU point. */
  hours: number;
  cpuMaximumP95: number | null;
  cpuAverageHighest: number | null;
  networkOutHours: number;
  networkOutBytes: number | null;
}

/** Figures of [from, to): 95th percentile of maximum CPU, highest average CPU, bytes sent. */
export async function readBusyHours(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  from: Date,
  to: Date,
): Promise<Map<string, BusyHours>> {
  if (resourceIds.length === 0) return new Map();
  const cpu = sql`metric_name = 'cpu_percent'`;
  const maximum = sql`${cpu} and aggregation = 'maximum'`;
  const average = sql`${cpu} and aggregation = 'average'`;
  const sent = sql`metric_name = 'network_out_bytes' and aggregation = 'total'`;
  const { rows } = await sql<{
    resource_id: string;
    hours: string;
    p95: number | null;
    highest: number | null;
    sent_hours: string;
    sent: number | null;
  }>`select resource_id,
      count(*) filter (where ${maximum}) as hours,
      percentile_cont(0.95) within group (order by value) filter (where ${maximum}) as p95,
      max(value) filter (where ${average}) as highest,
      count(*) filter (where ${sent}) as sent_hours,
      sum(value) filter (where ${sent}) as sent
    from resource_metrics
    where resource_id = any(${[...resourceIds]}::text[]) and metric_name in ('cpu_percent', 'network_out_bytes')
      and time >= ${from.toISOString()}::timestamptz and time < ${to.toISOString()}::timestamptz
    group by resource_id`.execute(transaction);
  return new Map(
    rows.map((row) => [
      row.resource_id,
      {
        resourceId: row.resource_id,
        hours: Number(row.hours),
        cpuMaximumP95: row.p95,
        cpuAverageHighest: row.highest,
        networkOutHours: Number(row.sent_hours),
        networkOutBytes: row.sent,
      },
    ]),
  );
}

/** One metric of one resource over a window of hours. */
export interface HourlySeries {
  resourceId: string;
  metric: string;
  aggregation: string;
  /** One per hour of the window, oldest first; NaN where nothing was measured. */
  values: Float64Array;
}

/**
 * The hours of [from, to), both whole hours, of each series of the resources that has any point in it; `metrics`
 * keeps those names alone.
 */
export async function readHourlySeries(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  from: Date,
  to: Date,
  metrics?: readonly string[],
): Promise<HourlySeries[]> {
  const hourCount = (to.getTime() - from.getTime()) / hourMs;
  if (!Number.isInteger(hourCount) || from.getTime() % hourMs !== 0) {
    throw new RangeError(`${from.toISOString()} to ${to.toISOString()} are no whole hours.`);
  }
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<{
    resourceId: string;
    metric: string;
    aggregation: string;
    hours: number[];
    points: number[];
  }>`select resource_id as "resourceId", metric_name as metric, aggregation,
      array_agg((extract(epoch from time - ${from.toISOString()}::timestamptz) / 3600)::int) as hours,
      array_agg(value) as points
    from resource_metrics
    where resource_id = any(${[...resourceIds]}::text[])
      and (${metrics ?? null}::text[] is null or metric_name = any(${metrics ?? null}::text[]))
      and time >= ${from.toISOString()}::timestamptz and time < ${to.toISOString()}::timestamptz
    group by 1, 2, 3 order by 1, 2, 3`.execute(transaction);
  return rows.map(({ hours, points, ...series }) => {
    const values = new Float64Array(hourCount).fill(Number.NaN);
    for (const [index, hour] of hours.entries()) values[hour] = points[index]!;
    return { ...series, values };
  });
}

import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { MetricDay } from "../pack-metric-days.ts";

const hourMs = 3_600_000;
// An answer is some 18 kB a series of 30 days: this many resources stay under a few MB.
const resourcesPerQuery = 100;

/**
 * Adds days. An hour that is there already is replaced, but never by a gap: reading a span twice changes nothing, and
 * a day may come in parts. A series keeps the unit that it began with.
 */
export async function upsertMetricDays(
  transaction: TenantTransaction,
  organizationId: string,
  days: readonly MetricDay[],
): Promise<void> {
  if (days.length === 0) return;
  const column = (key: "resourceId" | "metric" | "aggregation" | "unit" | "day") =>
    sql`${days.map((day) => day[key])}::text[]`;
  const series = sql`resource_id, metric_name, aggregation`;
  await sql`insert into metric_series (organization_id, ${series}, unit)
    select distinct on (${series}) ${organizationId}::uuid, ${series}, unit
    from unnest(${column("resourceId")}, ${column("metric")}, ${column("aggregation")}, ${column("unit")})
      as found(${series}, unit)
    where not exists (select from metric_series known where known.organization_id = ${organizationId}::uuid
      and known.resource_id = found.resource_id and known.metric_name = found.metric_name
      and known.aggregation = found.aggregation)
    order by ${series}
    on conflict do nothing`.execute(transaction);
  await sql`insert into metric_days (organization_id, series_id, day, hours)
    select organization_id, id, day::date, hours::float8[]
    from unnest(${column("resourceId")}, ${column("metric")}, ${column("aggregation")}, ${column("day")},
        ${days.map(({ hours }) => `{${hours.map((value) => value ?? "NULL").join()}}`)}::text[])
      as found(${series}, day, hours)
    join metric_series using (${series})
    where organization_id = ${organizationId}::uuid
    order by id, day
    on conflict (organization_id, series_id, day) do update set hours = (
      select array_agg(coalesce(new, old) order by hour)
      from unnest(excluded.hours, metric_days.hours) with ordinality as merged(new, old, hour)
    )
    where metric_days.hours is distinct from excluded.hours`.execute(transaction);
}

/**
 * Deletes whole days before `before` (YYYY-MM-DD), the oldest first, until about `limit` rows are gone. Returns how
 * many points they had; 0 when none are left.
 */
export async function deleteOldMetricDays(
  transaction: TenantTransaction,
  before: string,
  limit: number,
): Promise<number> {
  // By whole days: through the tenant view there is no ctid, and a day's rows are few beside the limit. They are counted
  // first, because TimescaleDB fails to delete from compressed days within a statement that does more.
  const { rows } = await sql<{ last: string | null; points: string }>`
    with oldest as (
      select max(day) as last from (
        select day from metric_days where day < ${before}::date order by day limit ${limit}
      ) past
    )
    select last::text, (select count(hour) from metric_days, unnest(hours) hour where day <= last) as points
    from oldest`.execute(transaction);
  const oldest = rows[0];
  if (!oldest?.last) return 0;
  await transaction.deleteFrom("metric_days").where("day", "<=", oldest.last).execute();
  return Number(oldest.points);
}

/** The newest point of one metric of each resource that has any. */
export async function lastMetricTimes(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  { metric, aggregation }: { metric: string; aggregation: "average" | "maximum" | "total" },
): Promise<Map<string, Date>> {
  if (resourceIds.length === 0) return new Map();
  const { rows } = await sql<{ resource_id: string; last: Date }>`
    select resource_id, (day + (hour - 1) * interval '1 hour') at time zone 'UTC' as last
    from metric_series s
    cross join lateral (select day, hours from metric_days d where d.series_id = s.id order by day desc limit 1) newest
    cross join lateral (
      select max(hour) as hour from unnest(hours) with ordinality as known(value, hour) where value is not null
    ) newest_hour
    where resource_id = any(${[...resourceIds]}::text[])
      and metric_name = ${metric} and aggregation = ${aggregation}`.execute(transaction);
  return new Map(rows.map((row) => [row.resource_id, row.last]));
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
  const firstDay = from.toISOString().slice(0, 10);
  const lastDay = new Date(to.getTime() - hourMs).toISOString().slice(0, 10);
  const found: HourlySeries[] = [];
  for (let start = 0; start < resourceIds.length; start += resourcesPerQuery) {
    const ids = resourceIds.slice(start, start + resourcesPerQuery);
    const { rows } = await sql<Omit<HourlySeries, "values"> & { days: Buffer }>`
      select s.resource_id as "resourceId", s.metric_name as metric, s.aggregation, window_days.days
      from metric_series s
      cross join lateral (
        select string_agg(int4send(day - ${firstDay}::date) || array_send(hours), ''::bytea) as days
        from metric_days d where d.series_id = s.id and day >= ${firstDay}::date and day <= ${lastDay}::date
      ) window_days
      where s.resource_id = any(${ids}::text[]) and days is not null
        and (${metrics ?? null}::text[] is null or s.metric_name = any(${metrics ?? null}::text[]))
      order by 1, 2, 3`.execute(transaction);
    for (const { days, ...series } of rows) {
      const values = new Float64Array(hourCount).fill(Number.NaN);
      if (unpackDays(days, values, from.getUTCHours())) found.push({ ...series, values });
    }
  }
  return found;
}

/** Figures of the hourly averages of some metrics in [from, to), of a subscription's resources. */
export async function readMetricFigures(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  metrics: readonly string[],
  from: Date,
  to: Date,
): Promise<
  { resourceId: string; metric: string; average: number; p95: number; maximum: number; hours: number }[]
> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<{
    resourceId: string;
    metric: string;
    average: number;
    p95: number;
    maximum: number;
    hours: number;
  }>`select resource_id as "resourceId", metric_name as metric, avg(value) as average, max(value) as maximum,
      percentile_cont(0.95) within group (order by value) as p95, count(*)::int as hours
    from resource_metrics
    where resource_id = any(${[...resourceIds]}::text[]) and metric_name = any(${[...metrics]}::text[])
      and aggregation = 'average'
      and time >= ${from.toISOString()}::timestamptz and time < ${to.toISOString()}::timestamptz
    group by resource_id, metric_name`.execute(transaction);
  return rows;
}

/**
 * Fills `values` from days as PostgreSQL sends them: pg's own parsing of float8[] manages a million values a second,
 * this fifteen. Each day is its number after the first (int32) and array_send's bytes: dimensions, flags, type,
 * length, lower bound, and of each value its length (-1: null) and its bytes. Returns whether there is any value.
 */
function unpackDays(days: Buffer, values: Float64Array, skippedHours: number): boolean {
  const view = new DataView(days.buffer, days.byteOffset, days.byteLength);
  let any = false;
  for (let at = 0; at < view.byteLength; ) {
    const firstHour = view.getInt32(at) * 24 - skippedHours;
    const length = view.getInt32(at + 16);
    at += 24;
    for (let hour = firstHour; hour < firstHour + length; hour++) {
      const isNull = view.getInt32(at) === -1;
      at += 4;
      if (isNull) continue;
      if (hour >= 0 && hour < values.length) {
        values[hour] = view.getFloat64(at);
        any = true;
      }
      at += 8;
    }
  }
  return any;
}

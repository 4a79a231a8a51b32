import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

interface Metric {
  metric: string;
  aggregation: "average" | "maximum" | "total";
}

/** Which series of which resources are meant. */
const among = (
  resourceIds: readonly string[],
  metrics: readonly Metric[],
) => sql`resource_id = any(${[...resourceIds]}::text[])
  and (metric_name, aggregation) in (select * from unnest(
    ${metrics.map(({ metric }) => metric)}::text[], ${metrics.map(({ aggregation }) => aggregation)}::text[]))`;

/**
 * Resources that have points of some of the metrics and were not asked for all of those back to `wanted`
 * (YYYY-MM-DD), each with the first day that was asked for of each.
 */
export async function listShortHistories(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  metrics: readonly Metric[],
  wanted: string,
): Promise<Map<string, string>> {
  if (resourceIds.length === 0) return new Map();
  const { rows } = await sql<{ resource_id: string; known: string }>`
    select resource_id, max(known)::text as known
    from metric_series s
    cross join lateral (
      select coalesce(s.read_from, (select day from metric_days d where d.series_id = s.id order by day limit 1)) as known
    ) first
    where ${among(resourceIds, metrics)} and known > ${wanted}::date
    group by 1 order by 1`.execute(transaction);
  return new Map(rows.map((row) => [row.resource_id, row.known]));
}

/** Keeps that metrics of resources were asked for back to a day (YYYY-MM-DD). */
export async function markHistoryRead(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  metrics: readonly Metric[],
  from: string,
): Promise<void> {
  await sql`update metric_series set read_from = least(read_from, ${from}::date)
    where ${among(resourceIds, metrics)}`.execute(transaction);
}

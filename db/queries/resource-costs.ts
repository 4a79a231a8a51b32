import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** A resource's usage cost of one day. Unused commitments, purchases and taxes are not usage. */
export interface ResourceDayCost {
  resourceId: string;
  day: string;
  service: string;
  currency: string;
  effective: string;
  billed: string;
}

/** Daily usage costs of resources in half-open days. */
export async function readResourceDayCosts(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  period: { start: string; end: string },
): Promise<ResourceDayCost[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<{
    resource_id: string;
    day: string;
    service_name: string;
    currency: string;
    effective: string;
    billed: string;
  }>`select s.resource_id, d.day, s.service_name, s.currency, sum(d.effective_cost) as effective, sum(d.billed_cost) as billed
    from cost_daily d join cost_series s on s.id = d.series_id
    where d.series_id = any(array(select id from cost_series where resource_id = any(${[...resourceIds]}::text[])
        and charge_category = 'Usage' and commitment_discount_status is distinct from 'Unused'))
      and d.day >= ${period.start}::date and d.day < ${period.end}::date
      and d.delivery_id = any(array(select id from cost_deliveries where status = 'published'))
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(transaction);
  return rows.map((row) => ({
    resourceId: row.resource_id,
    day: row.day,
    service: row.service_name,
    currency: row.currency,
    effective: row.effective,
    billed: row.billed,
  }));
}

/** Which of these resources had costs of usage in [start, end). */
export async function listResourcesWithCosts(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  period: { start: string; end: string },
): Promise<string[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<{ resource_id: string }>`select distinct s.resource_id
    from cost_daily d join cost_series s on s.id = d.series_id
    where d.series_id = any(array(select id from cost_series where resource_id = any(${[...resourceIds]}::text[])
        and charge_category = 'Usage'))
      and d.day >= ${period.start}::date and d.day < ${period.end}::date
      and d.delivery_id = any(array(select id from cost_deliveries where status = 'published'))`.execute(
    transaction,
  );
  return rows.map((row) => row.resource_id);
}

/** First and last day of the published costs of a subscription, or null. */
export async function costDaysOf(
  transaction: TenantTransaction,
  subscriptionId: string,
): Promise<{ first: string; last: string } | null> {
  const row = await transaction
    .selectFrom("daily_cost_summary")
    .select((builder) => [builder.fn.min("day").as("first"), builder.fn.max("day").as("last")])
    .where("sub_account_id", "=", subscriptionId)
    .where(sql<boolean>`delivery_id = any(array(select id from cost_deliveries where status = 'published'))`)
    .executeTakeFirst();
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
}

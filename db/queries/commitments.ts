import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { ResourceDayCost } from "./resource-costs.ts";

/** Usage of one service that a commitment pays, could pay or leaves unused. Exact decimal strings. */
export interface CommitmentUse {
  currency: string;
  service: string;
  /** Id of the reservation or savings plan; null where the bill names none. */
  commitmentId: string | null;
  /** As the bill says it: "Reservation", "Savings Plan"; null where it does not. */
  commitmentType: string | null;
  isUnused: boolean;
  effective: string;
  /** Of `effective`, what commitments pay. */
  paid: string;
  list: string;
  paidList: string;
  /** Effective cost of charges that came without a list cost. */
  withoutList: string;
}

/**
 * Usage in half-open days by service and commitment; spot capacity is left out, as no commitment pays it. Where the
 * bill names no commitment (Azure's Cost Management), what is amortized beyond what is billed was paid ahead.
 */
export async function sumCommitmentUse(
  transaction: TenantTransaction,
  period: { start: string; end: string },
): Promise<CommitmentUse[]> {
  // A month's costs are far too many to look up the series of each. The embedded engine, which has no statistics, takes
  // them for one.
  await sql`set local enable_nestloop = off`.execute(transaction);
  const { rows } = await sql<CommitmentUse>`
    select currency, service, commitment_id as "commitmentId", commitment_type as "commitmentType",
      is_unused as "isUnused", sum(effective) as effective, sum(paid) as paid, sum(list) as list,
      sum(case when effective = paid then list when paid = 0 then 0 else list * paid / effective end)
        as "paidList",
      coalesce(sum(effective) filter (where list = 0), 0) as "withoutList"
    from (
      select s.currency, s.service_name as service, s.commitment_discount_type as commitment_type,
        coalesce(s.commitment_discount_status, '') = 'Unused' as is_unused,
        case when s.commitment_discount_status = 'Unused' then coalesce(s.commitment_discount_id, s.resource_id)
          else s.commitment_discount_id end as commitment_id,
        d.effective_cost as effective, d.list_cost as list,
        case when s.commitment_discount_status = 'Unused' then 0
          when s.commitment_discount_id is not null then d.effective_cost
          else greatest(0, d.effective_cost - greatest(0, d.billed_cost)) end as paid
      from cost_daily d join cost_series s on s.id = d.series_id
      where s.charge_category = 'Usage' and s.pricing_category is distinct from 'Dynamic'
        and d.day >= ${period.start}::date and d.day < ${period.end}::date
        and d.delivery_id = any(array(select id from cost_deliveries where status = 'published'))
    ) charges
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`.execute(transaction);
  await sql`set local enable_nestloop to default`.execute(transaction);
  return rows;
}

/** One payment for an Azure reservation or savings plan. */
export interface CommitmentPayment {
  commitmentId: string;
  currency: string;
  day: string;
  billed: string;
}

/**
 * What was paid for reservation and savings plan orders in half-open days, oldest first. The few series of such
 * payments are found first: joined, the embedded engine, which has no statistics, went through all costs of the days
 * once for each of them.
 */
export async function listCommitmentPayments(
  transaction: TenantTransaction,
  period: { start: string; end: string },
): Promise<CommitmentPayment[]> {
  const { rows } = await sql<CommitmentPayment>`
    select s.resource_id as "commitmentId", s.currency, d.day, sum(d.billed_cost) as billed
    from cost_daily d join cost_series s on s.id = d.series_id
    where d.series_id = any(array(select id from cost_series
        where charge_category = 'Purchase' and resource_id ~* '(reservation|savingsplan)orders/'))
      and d.day >= ${period.start}::date and d.day < ${period.end}::date
      and d.delivery_id = any(array(select id from cost_deliveries where status = 'published'))
    group by 1, 2, 3 having sum(d.billed_cost) > 0 order by 1, 2, 3`.execute(transaction);
  return rows;
}

/** A day's usage cost of one resource and service that came without a list cost. Exact decimal strings. */
export interface DatedCost extends ResourceDayCost {
  /** Of `effective`, what commitments pay. */
  paid: string;
}

/** Usage of resources in half-open days whose list cost the bill does not tell. */
export async function readUnlistedCosts(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  period: { start: string; end: string },
): Promise<DatedCost[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<DatedCost>`
    select s.resource_id as "resourceId", d.day, s.service_name as service, s.currency,
      sum(d.effective_cost) as effective, sum(d.billed_cost) as billed,
      sum(case when s.commitment_discount_id is not null then d.effective_cost
        else greatest(0, d.effective_cost - greatest(0, d.billed_cost)) end) as paid
    from cost_daily d join cost_series s on s.id = d.series_id
    where d.series_id = any(array(select id from cost_series where resource_id = any(${[...resourceIds]}::text[])
        and charge_category = 'Usage' and commitment_discount_status is distinct from 'Unused'
        and pricing_category is distinct from 'Dynamic'))
      and d.list_cost = 0 and d.day >= ${period.start}::date and d.day < ${period.end}::date
      and d.delivery_id = any(array(select id from cost_deliveries where status = 'published'))
    group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(transaction);
  return rows;
}

/** The day of each resource's last change of size since a day, as scans saw it; others never changed since. */
export async function listResizes(
  transaction: TenantTransaction,
  resourceIds: readonly string[],
  since: string,
): Promise<Map<string, string>> {
  if (resourceIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; day: string }>`
    select resource_id as id, max(changed_at at time zone 'UTC')::date as day from resource_changes
    where resource_id = any(${[...resourceIds]}::text[]) and category = 'size'
      and changed_at >= ${since}::date group by 1`.execute(transaction);
  return new Map(rows.map(({ id, day }) => [id, day]));
}

import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** What the bill calls reservations and savings plans, by their id in lower case; absent where it calls them nothing. */
export async function readCommitmentNames(
  transaction: TenantTransaction,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select distinct on (resource_id) resource_id as id, resource_name as name from cost_series
    where resource_id = any(${[...ids, ...ids.map((id) => id.toLowerCase())]}::text[]) and resource_name is not null
      and lower(resource_name) <> lower(regexp_replace(resource_id, '^.*/', ''))
    order by resource_id, id desc`.execute(transaction);
  return new Map(rows.map(({ id, name }) => [id.toLowerCase(), name]));
}

/** How many machines (VMs and scale sets) cost something in half-open days, and of how many a commitment paid a part. */
export async function countCoveredMachines(
  transaction: TenantTransaction,
  period: { start: string; end: string },
): Promise<{ covered: number; machines: number }> {
  const { rows } = await sql<{ covered: number; machines: number }>`
    select count(*) filter (where paid > 0.005)::int as covered, count(*)::int as machines from (
      select s.resource_id, sum(case when s.commitment_discount_id is not null then d.effective_cost
          else greatest(0, d.effective_cost - greatest(0, d.billed_cost)) end) as paid
      from cost_daily d join cost_series s on s.id = d.series_id
      where s.charge_category = 'Usage' and s.commitment_discount_status is distinct from 'Unused'
        and s.resource_id is not null
        and (lower(s.resource_type) in ('microsoft.compute/virtualmachines',
            'microsoft.compute/virtualmachinescalesets') or s.service_name ~* 'elastic compute cloud|compute engine')
        and d.day >= ${period.start}::date and d.day < ${period.end}::date
        and d.delivery_id = any(array(select id from cost_deliveries where status = 'published'))
      group by s.resource_id having sum(d.effective_cost) <> 0
    ) machines`.execute(transaction);
  return rows[0] ?? { covered: 0, machines: 0 };
}

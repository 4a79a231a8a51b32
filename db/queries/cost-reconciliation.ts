import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** What one service cost on one day in one currency. Exact decimal strings. */
export interface ServiceDayCost {
  day: string;
  service: string;
  currency: string;
  rowCount: number;
  billed: string;
  effective: string;
}

/** Keeps what the source said a delivery comes to. */
export async function insertSourceTotals(
  transaction: TenantTransaction,
  totals: readonly (ServiceDayCost & { deliveryId: string })[],
): Promise<void> {
  const column = (read: (total: ServiceDayCost & { deliveryId: string }) => string | number) =>
    totals.map((total) => String(read(total)));
  await sql`insert into cost_source_totals (organization_id, delivery_id, day, service_name, currency, row_count,
      billed_cost, effective_cost)
    select current_organization(), given.* from unnest(${column((total) => total.deliveryId)}::bigint[],
      ${column((total) => total.day)}::date[], ${column((total) => total.service)}::text[],
      ${column((total) => total.currency)}::text[], ${column((total) => total.rowCount)}::bigint[],
      ${column((total) => total.billed)}::numeric[], ${column((total) => total.effective)}::numeric[]) as given`.execute(
    transaction,
  );
}

interface Days {
  start: string;
  end: string;
}

const publishedOf = (connectionId: string) =>
  sql`any(array(select id from cost_deliveries where status = 'published' and connection_id = ${connectionId}))`;

/** Stored costs of a connection by day, service and currency, of some sub accounts or of all. */
export async function sumStoredCosts(
  transaction: TenantTransaction,
  connectionId: string,
  { start, end }: Days,
  subAccountIds: readonly string[] | null,
): Promise<ServiceDayCost[]> {
  const some = subAccountIds ? sql`and sub_account_id = any(${[...subAccountIds]}::text[])` : sql``;
  return sumByServiceDay(
    transaction,
    sql`daily_cost_summary where delivery_id = ${publishedOf(connectionId)}
      and day >= ${start}::date and day < ${end}::date ${some}`,
  );
}

/** The same as the connection's files said when they were read. */
export async function sumSourceTotals(
  transaction: TenantTransaction,
  connectionId: string,
  { start, end }: Days,
): Promise<ServiceDayCost[]> {
  return sumByServiceDay(
    transaction,
    sql`cost_source_totals where delivery_id = ${publishedOf(connectionId)}
      and day >= ${start}::date and day < ${end}::date`,
  );
}

async function sumByServiceDay(
  transaction: TenantTransaction,
  from: ReturnType<typeof sql>,
): Promise<ServiceDayCost[]> {
  const { rows } = await sql<Omit<ServiceDayCost, "rowCount"> & { row_count: string }>`
    select day, service_name as service, currency, sum(row_count)::text as row_count,
      sum(billed_cost)::text as billed, sum(effective_cost)::text as effective
    from ${from} group by 1, 2, 3 order by 1, 2, 3`.execute(transaction);
  return rows.map(({ row_count, ...row }) => ({ ...row, rowCount: Number(row_count) }));
}

/** First and last stored day of a connection (inclusive), sub accounts, and deliveries whose source totals were not kept. */
export async function readConnectionCosts(
  transaction: TenantTransaction,
  connectionId: string,
  { start, end }: Days,
): Promise<{ lastDay: string | null; subAccountIds: string[]; withoutTotals: string[] }> {
  const { rows } = await sql<{
    last_day: string | null;
    sub_accounts: string[] | null;
    without_totals: string[] | null;
  }>`
    select max(s.day) as last_day, array_agg(distinct s.sub_account_id) as sub_accounts,
      (select array_agg(distinct d.source order by d.source) from cost_deliveries d
        where d.status = 'published' and d.connection_id = ${connectionId}
          and d.id in (select delivery_id from daily_cost_summary where delivery_id = ${publishedOf(connectionId)}
            and day >= ${start}::date and day < ${end}::date)
          and not exists (select from cost_source_totals t where t.delivery_id = d.id)) as without_totals
    from daily_cost_summary s where s.delivery_id = ${publishedOf(connectionId)}
      and s.day >= ${start}::date and s.day < ${end}::date`.execute(transaction);
  const row = rows[0];
  return {
    lastDay: row?.last_day ?? null,
    subAccountIds: row?.sub_accounts ?? [],
    withoutTotals: row?.without_totals ?? [],
  };
}

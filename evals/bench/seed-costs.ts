import type { Pool } from "pg";

export interface CostSeed {
  organizationId: string;
  connectionId: string;
  /** Cost rows: one per resource and day. */
  rows: number;
  /** First day, YYYY-MM-DD, the first of a month. */
  firstDay: string;
  days: number;
}

const names = (list: readonly string[]) => `(array[${list.map((name) => `'${name}'`).join(", ")}])`;
const services = [
  "Virtual Machines",
  "Storage",
  "Azure SQL Database",
  "Azure Kubernetes Service",
  "App Service",
  "Bandwidth",
  "Azure Monitor",
  "Log Analytics",
  "Key Vault",
  "Virtual Network",
  "Load Balancer",
  "Azure Cosmos DB",
  "Azure Cache for Redis",
  "Event Hubs",
  "Service Bus",
  "Azure Functions",
  "Container Registry",
  "Azure Backup",
  "VPN Gateway",
  "Azure DNS",
];
const regions = ["westeurope", "northeurope", "eastus", "eastus2", "uksouth", "swedencentral"];

/**
 * Fills the cost tables of an organization as an import would, by generate_series: 150 resource groups in 10
 * subscriptions and 6 regions with 7 of 20 services each, one row per resource and day, a published delivery per month. What
 * the summaries hold is summed from the rows. For databases that are thrown away: it writes as their owner.
 */
export async function seedCosts(pool: Pool, seed: CostSeed): Promise<{ rows: number }> {
  const resources = Math.ceil(seed.rows / seed.days);
  const { organizationId, connectionId, firstDay, days } = seed;
  const client = await pool.connect();
  try {
    await client.query(`select set_config('app.organization_id', '${organizationId}', false)`);
    await client.query(`insert into cost_deliveries (organization_id, connection_id, import_id, source, provider,
        billing_account_id, period_start, period_end, first_day, last_day, content_hash, row_count, status, loaded_at)
      select '${organizationId}', '${connectionId}', gen_random_uuid(), 'generated', 'azure', 'account',
        month, month + interval '1 month', month,
        least(month + interval '1 month', date '${firstDay}' + ${days}) - interval '1 day', md5(month::text), 0, 'published', now()
      from generate_series(date '${firstDay}', date '${firstDay}' + ${days - 1}, interval '1 month') month`);
    await client.query(`insert into cost_series (organization_id, series_hash, provider, billing_account_id, sub_account_id,
        sub_account_name, service_name, region, resource_group, resource_id, resource_name, resource_type,
        charge_category, currency, tags)
      select '${organizationId}', md5(n::text), 'azure', 'account', 'sub-' || rg % 10, 'Subscription ' || rg % 10,
        ${names(services)}[1 + (rg * 3 + n % 7) % ${services.length}], ${names(regions)}[1 + rg % ${regions.length}], 'rg-' || rg,
        '/subscriptions/sub-' || rg % 10 || '/resourcegroups/rg-' || rg || '/providers/microsoft.compute/virtualmachines/r-' || n,
        'r-' || n, 'microsoft.compute/virtualmachines', case when n % 50 = 0 then 'Purchase' else 'Usage' end, 'USD',
        jsonb_build_object('team', 'team-' || n % 12, 'env', case when n % 3 = 0 then 'dev' else 'prod' end)
      from (select n, n * 7919 % 150 as rg from generate_series(1, ${resources}) n) r`);
    const costs = "billed_cost, effective_cost, contracted_cost, list_cost";
    await client.query(`insert into store.cost_data (organization_id, time, period_end, delivery_id, series_id, content_hash,
        occurrence, ${costs})
      select '${organizationId}', day at time zone 'UTC', (day + interval '1 day') at time zone 'UTC', d.id, s.id,
        md5(s.id::text || day::text), 1, cost, cost, cost * 1.1, cost * 1.2
      from cost_deliveries d
      cross join lateral generate_series(d.period_start::timestamp,
        least(d.period_end, date '${firstDay}' + ${days})::timestamp - interval '1 day', interval '1 day') day
      cross join lateral (select id, ((id * 7919 + extract(doy from day)::int * 31) % 100000)::numeric / 7000 as exact
        from cost_series where organization_id = '${organizationId}') s
      cross join lateral (select round(s.exact, 8) as cost) c
      where d.organization_id = '${organizationId}'`);
    const sums = `${costs
      .split(", ")
      .map((cost) => `sum(${cost}) as ${cost}`)
      .join(", ")}`;
    for (const [table, unit, counted] of [
      ["cost_daily", "day", "count(*)"],
      ["cost_monthly", "month", "count(*)"],
    ] as const) {
      await client.query(`insert into store.${table} (organization_id, delivery_id, ${unit}, series_id, ${costs}, row_count)
        select organization_id, delivery_id, date_trunc('${unit}', time at time zone 'UTC')::date, series_id, ${sums}, ${counted}
        from store.cost_data where organization_id = '${organizationId}' group by 1, 2, 3, 4`);
    }
    await client.query(`insert into store.cost_running (organization_id, delivery_id, month, series_id, currency, resource_hash,
        days, effective_cost)
      select f.organization_id, delivery_id, date_trunc('month', day)::date, series_id, currency,
        md5(coalesce(resource_id, ''))::uuid, bit_or(set_bit(0::bit(31), extract(day from day)::int - 1, 1)),
        array_agg(effective order by day)
      from (
        select f.*, sum(effective_cost) over so_far as effective
        from store.cost_daily f where organization_id = '${organizationId}'
        window so_far as (partition by delivery_id, series_id, date_trunc('month', day) order by day)
      ) f join cost_series s on s.id = f.series_id
      group by 1, 2, 3, 4, 5, 6 order by 3, 4`);
    for (const [table, unit, places] of summaryTables) {
      const dimensions = `provider, sub_account_id, sub_account_name, service_name, ${places} charge_category, charge_kind, currency`;
      const from = unit === "day" ? "cost_daily" : "cost_monthly";
      await client.query(`insert into store.${table} (organization_id, delivery_id, ${unit}, ${dimensions}, ${costs}, row_count)
        select f.organization_id, f.delivery_id, f.${unit}, ${dimensions}, ${sums}, sum(row_count)
        from store.${from} f join cost_series s on s.id = f.series_id
        where f.organization_id = '${organizationId}'
        group by f.organization_id, f.delivery_id, f.${unit}, ${dimensions}`);
    }
    // As autovacuum leaves a table that has been there for a day.
    for (const table of [
      "store.cost_data",
      "store.cost_daily",
      "store.cost_monthly",
      "store.cost_running",
      "cost_series",
      "cost_deliveries",
    ])
      await client.query(`vacuum analyze ${table}`);
    for (const [table] of summaryTables) await client.query(`vacuum analyze store.${table}`);
    const { rows } = await client.query("select count(*)::int as n from store.cost_data");
    return { rows: rows[0].n as number };
  } finally {
    await client.query("select set_config('app.organization_id', '', false)");
    client.release();
  }
}

const summaryTables = [
  ["daily_cost_summary", "day", "region, resource_group,"],
  ["monthly_cost_summary", "month", "region, resource_group,"],
  ["daily_service_summary", "day", ""],
  ["monthly_service_summary", "month", ""],
] as const;

/** Refuses sums that are not those of the rows: a quick answer from wrong sums would be no result. */
export async function expectSumsOfRows(pool: Pool): Promise<void> {
  const totals = async (table: string, count: string) => {
    const { rows } = await pool.query<Record<string, string>>(
      `select sum(billed_cost)::text as billed, sum(effective_cost)::text as effective,
         sum(contracted_cost)::text as contracted, sum(list_cost)::text as list, ${count}::text as rows from store.${table}`,
    );
    return JSON.stringify(rows[0]);
  };
  const running = await pool.query<Record<string, string>>(
    `select sum((coalesce(billed_cost, effective_cost))[cardinality(effective_cost)])::text as billed,
       sum(effective_cost[cardinality(effective_cost)])::text as effective,
       sum(coalesce(row_count[cardinality(row_count)], cardinality(effective_cost)))::text as rows from store.cost_running`,
  );
  const expected = await totals("cost_data", "count(*)");
  for (const table of ["cost_daily", "cost_monthly", ...summaryTables.map(([name]) => name)]) {
    const found = await totals(table, "sum(row_count)");
    if (found !== expected) throw new Error(`${table} holds ${found}, the rows are ${expected}.`);
  }
  for (const [name, found] of Object.entries(running.rows[0]!)) {
    const wanted = (JSON.parse(expected) as Record<string, string>)[name];
    if (found !== wanted) throw new Error(`cost_running holds ${name} of ${found}, the rows have ${wanted}.`);
  }
}

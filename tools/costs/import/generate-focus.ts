import { DuckDBInstance } from "@duckdb/node-api";

export interface GeneratedFocus {
  /** Where to write; ".csv", ".csv.gz" or ".parquet" chooses the format. */
  path: string;
  rows: number;
  seed: number;
  /** First day of the first billing period, YYYY-MM-01. */
  firstMonth?: string;
  /** Rows are spread evenly over so many billing periods. */
  months?: number;
  /** Distinct resources, each with its own service, region, sub account and tags; about 200 charges a month each. */
  resources?: number;
}

/**
 * Writes a FOCUS 1.0 file for benchmarks and tests: the same arguments give the same rows on every machine
 * (DuckDB's md5, not its random()). Costs have up to 11 decimals, 1 % of the rows are negative credits.
 */
export async function generateFocus(options: GeneratedFocus): Promise<void> {
  const { path, rows, seed, firstMonth = "2026-01-01", months = 1 } = options;
  const resources = options.resources ?? Math.max(1, Math.min(20_000, Math.ceil(rows / (200 * months))));
  const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "512MB" });
  const connection = await instance.connect();
  try {
    const format = path.endsWith(".parquet")
      ? "format parquet"
      : `format csv, header true, nullstr 'NULL', compression ${path.endsWith(".gz") ? "gzip" : "none"}`;
    await connection.run(
      `copy (${selectRows({ rows, seed, firstMonth, months, resources })}) to ${quote(path)} (${format})`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
/** One of a list by a number, counted from 0. */
const pick = (values: readonly string[], number: string) =>
  `[${values.map(quote).join(", ")}][1 + (${number}) % ${values.length}]`;

const services = [
  "Virtual Machines",
  "Storage",
  "Azure SQL Database",
  "Bandwidth",
  "Azure Kubernetes Service",
  "Key Vault",
];
const categories = ["Compute", "Storage", "Databases", "Networking", "Compute", "Security"];
const regions = ["westeurope", "northeurope", "eastus", "uksouth"];
const teams = ["web", "data", "mobile", "platform", "analytics"];

function selectRows(options: Required<Omit<GeneratedFocus, "path">>): string {
  const { rows, seed, firstMonth, months, resources } = options;
  const turnsPerMonth = Math.ceil(rows / resources / months);
  const hoursPerTurn = Math.max(1, Math.floor(672 / turnsPerMonth));
  return `
    with numbered as (
      select range as n, range % ${resources} as resource, range // ${resources} as turn,
        md5_number_lower('${seed}/' || range) as dice
      from range(${rows})
    ), placed as (
      select *, ${quote(firstMonth)}::date + to_months((turn % ${months})::integer) as month,
        -- Evenly over 28 days, so that every month of the year has the same number of charges.
        (((turn // ${months}) * ${hoursPerTurn}) % 672 // 24)::integer as day,
        (((turn // ${months}) * ${hoursPerTurn}) % 24)::integer as hour,
        ((dice >> 16) % 90000000000)::decimal(12, 0) * 0.00000000001::decimal(12, 11) as list, (dice >> 40) % 100 = 0 as credit
      from numbered
    )
    select
      ((case when credit then -list else list * 0.8 end))::decimal(30, 11) as "BilledCost",
      '/providers/Microsoft.Billing/billingAccounts/1234567' as "BillingAccountId",
      'Contoso' as "BillingAccountName",
      'USD' as "BillingCurrency",
      strftime(month + interval 1 month, '%Y-%m-%dT00:00:00Z') as "BillingPeriodEnd",
      strftime(month, '%Y-%m-%dT00:00:00Z') as "BillingPeriodStart",
      case when credit then 'Credit' else 'Usage' end as "ChargeCategory",
      'Generated charge of resource ' || resource as "ChargeDescription",
      strftime(month + to_days(day) + to_hours(hour + 1), '%Y-%m-%dT%H:%M:%SZ') as "ChargePeriodEnd",
      strftime(month + to_days(day) + to_hours(hour), '%Y-%m-%dT%H:%M:%SZ') as "ChargePeriodStart",
      (1 + dice % 7)::decimal(20, 6) as "ConsumedQuantity",
      'Hours' as "ConsumedUnit",
      ((case when credit then -list else list * 0.9 end))::decimal(30, 11) as "ContractedCost",
      ((case when credit then -list else list * 0.75 end))::decimal(30, 11) as "EffectiveCost",
      (case when credit then 0 else list end)::decimal(30, 11) as "ListCost",
      'Standard' as "PricingCategory",
      'Microsoft' as "ProviderName",
      ${pick(regions, "resource // 7")} as "RegionId",
      '/subscriptions/00000000-0000-0000-0000-' || lpad((resource % 9)::varchar, 12, '0') ||
        '/resourceGroups/rg-' || (resource % 40) || '/providers/Microsoft.Compute/virtualMachines/vm-' || resource
        as "ResourceId",
      'vm-' || resource as "ResourceName",
      'Virtual machine' as "ResourceType",
      ${pick(categories, "resource")} as "ServiceCategory",
      ${pick(services, "resource")} as "ServiceName",
      'SKU-' || (resource % 97) as "SkuId",
      '/subscriptions/00000000-0000-0000-0000-' || lpad((resource % 9)::varchar, 12, '0') as "SubAccountId",
      'Subscription ' || (resource % 9) as "SubAccountName",
      '{"team":"' || ${pick(teams, "resource // 3")} || '","env":"' || ${pick(["prod", "dev"], "resource")} || '"}' as "Tags"
    from placed`;
}

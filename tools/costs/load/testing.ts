import { randomUUID } from "node:crypto";
import type { Database } from "@cloudoptima/db/client.ts";
import { sql } from "kysely";
import type { WriteContext } from "../../kernel/context.ts";
import { createTestTools, type TestOrganization } from "../../testing/test-tools.ts";
import type { CostRecord } from "./cost-record.ts";
import { lastRunning } from "./testing-states.ts";

export interface LoadingTenant {
  organization: TestOrganization;
  connectionId: string;
  ctx: WriteContext;
}

/** A new organization with a FOCUS connection, for tests of loading. */
export async function createLoadingTenant(database: Database): Promise<LoadingTenant> {
  const tools = createTestTools({ database, now: "2026-11-20T12:00:00Z", definitions: [] });
  const organization = await tools.createOrganization();
  const ctx = tools.context(tools.actor(organization));
  const connectionId = randomUUID();
  await ctx.write((transaction) =>
    sql`insert into cloud_connections (id, organization_id, cloud_provider, connection_name, kind)
      values (${connectionId}, ${organization.id}, 'other', 'Test', 'focus')`.execute(transaction),
  );
  return { organization, connectionId, ctx };
}

const levels = [
  "cost_data",
  "cost_daily",
  "cost_monthly",
  "cost_running",
  "daily_cost_summary",
  "monthly_cost_summary",
  "daily_service_summary",
  "monthly_service_summary",
] as const;
export type CostLevel = (typeof levels)[number];

export interface LevelTotal {
  currency: string;
  rows: string;
  billed: string;
  effective: string;
  /** Null where the level does not keep it. */
  contracted: string | null;
  list: string | null;
}

/** What the tenant sees at each level, summed by SQL that shares nothing with the loader. */
export async function visibleTotals(ctx: WriteContext): Promise<Record<CostLevel, LevelTotal[]>> {
  const entries = await Promise.all(
    levels.map(async (level) => {
      const fromSeries = !level.endsWith("_summary");
      const of = (column: keyof typeof lastRunning) =>
        level === "cost_running" ? sql.raw(lastRunning[column]) : sql.ref(`c.${column}`);
      const other = (column: string) =>
        level === "cost_running" ? sql`null` : sql`trim_scale(coalesce(sum(${sql.ref(column)}), 0))::text`;
      const { rows } = await ctx.read((transaction) =>
        sql<LevelTotal>`
          select ${sql.ref(fromSeries ? "s.currency" : "c.currency")} as currency,
            ${level === "cost_data" ? sql`count(*)` : sql`sum(${of("row_count")})`}::text as rows,
            trim_scale(sum(${of("billed_cost")}))::text as billed,
            trim_scale(sum(${of("effective_cost")}))::text as effective,
            ${other("c.contracted_cost")} as contracted, ${other("c.list_cost")} as list
          from ${sql.table(level)} c join cost_deliveries d on d.id = c.delivery_id and d.status = 'published'
          ${fromSeries ? sql`join cost_series s on s.id = c.series_id` : sql``}
          group by 1 order by 1`.execute(transaction),
      );
      return [level, rows] as const;
    }),
  );
  return Object.fromEntries(entries) as Record<CostLevel, LevelTotal[]>;
}

/** The same totals as a level keeps them: running totals are of billed and effective cost. */
export const keptAt = (level: string, totals: readonly LevelTotal[]): LevelTotal[] =>
  totals.map((total) => (level === "cost_running" ? { ...total, contracted: null, list: null } : total));

/** Rows the tenant has in every cost table and delivery, visible or not. */
export async function countEverything(ctx: WriteContext): Promise<Record<string, number>> {
  const tables = [...levels, "cost_deliveries", "cost_series"];
  const counts = await ctx.read(async (transaction) => {
    const entries: [string, number][] = [];
    for (const table of tables) {
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
        transaction,
      );
      entries.push([table, rows[0]!.n]);
    }
    return entries;
  });
  return Object.fromEntries(counts);
}

/** A small Azure charge; override what the test is about. */
export function costRecord(changes: Partial<CostRecord> = {}): CostRecord {
  return {
    provider: "azure",
    billingAccountId: "account-1",
    billingPeriodStart: "2026-09-01",
    billingPeriodEnd: "2026-10-01",
    scope: "",
    chargePeriodStart: "2026-09-03T00:00:00Z",
    chargePeriodEnd: "2026-09-04T00:00:00Z",
    chargeCategory: "Usage",
    chargeClass: null,
    billedCost: "1.25",
    effectiveCost: "1",
    contractedCost: "1.5",
    listCost: "2",
    currency: "USD",
    subAccountId: "sub-1",
    subAccountName: "Production",
    serviceName: "Virtual Machines",
    serviceCategory: "Compute",
    region: "westeurope",
    resourceGroup: "rg-1",
    resourceId: "/subscriptions/sub-1/resourcegroups/rg-1/providers/microsoft.compute/virtualmachines/vm-1",
    resourceName: "vm-1",
    resourceType: "microsoft.compute/virtualmachines",
    commitmentDiscountId: null,
    commitmentDiscountType: null,
    commitmentDiscountStatus: null,
    pricingCategory: "Standard",
    tags: { team: "web" },
    consumedQuantity: "24",
    consumedUnit: "Hours",
    chargeDescription: "D2s v5",
    skuId: "sku-1",
    ...changes,
  };
}

export async function* batchesOf(...batches: CostRecord[][]): AsyncGenerator<CostRecord[]> {
  yield* batches;
}

import { type RawBuilder, sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { ChargeKind } from "../cost-schema.ts";
import {
  type Bucket,
  type CostGroup,
  type CostScope,
  costSource,
  keyExpression,
  labelExpression,
} from "./cost-source.ts";
import { resourceSumsQuery, sumsByResource } from "./dearest-resources.ts";

/** One group's cost in one currency. `key` is null for everything beyond the limit, of `groupCount` groups. */
export interface CostSum {
  currency: string;
  key: string | null;
  label: string | null;
  amount: string;
  rowCount: number;
  groupCount: number;
}

/** What charges of one kind come to in one currency. */
export interface ChargeSum {
  currency: string;
  kind: ChargeKind;
  amount: string;
}

export interface SumRow {
  currency: string;
  key: string | null;
  label: string | null;
  amount: string;
  row_count: string;
  group_count: string;
}

/** The `limit` dearest groups per currency, dearest first, then one row for the rest. */
export function costSumsQuery(scope: CostScope, group: CostGroup, limit: number): RawBuilder<SumRow> {
  // Grouped by bytes: long ids sort slowly by a language's rules. Counts of rows are added as floating point, exact
  // up to 2^53: a sum of integers keeps a state per group that costs more than the group's amount.
  return sql<SumRow>`with grouped as materialized (
      select c.currency, ${keyExpression(group)} collate "C" as key, ${labelExpression(group)} as label,
        sum(c.amount) as amount, sum(c.row_count::float8) as row_count
      from ${costSource(scope, { groups: [group] })} group by 1, 2
    ), totals as materialized (
      select currency, sum(amount) as amount, sum(row_count) as row_count, count(*) as group_count
      from grouped group by 1
    ), top as materialized (
      select totals.currency, dearest.* from totals cross join lateral (
        select key, label, amount, row_count from grouped where grouped.currency = totals.currency
        order by amount desc, key limit ${limit}
      ) dearest
    ), rest as (
      select totals.currency, totals.amount - sum(top.amount) as amount,
        totals.row_count - sum(top.row_count) as row_count, totals.group_count - count(*) as group_count
      from totals join top using (currency) group by totals.currency, totals.amount, totals.row_count, totals.group_count
    )
    select currency, key, label, amount, row_count, 1 as group_count, 0 as is_rest from top
    union all
    select currency, null, null, amount, row_count, group_count, 1 from rest where group_count > 0
    order by currency, is_rest, amount desc, key`;
}

/** The groups of one scope, dearest first. */
export async function sumCosts(
  transaction: TenantTransaction,
  scope: CostScope,
  group: CostGroup,
  limit: number,
): Promise<CostSum[]> {
  const query =
    group.dimension === "resource" && sumsByResource(scope)
      ? resourceSumsQuery(scope, limit)
      : costSumsQuery(scope, group, limit);
  const { rows } = await query.execute(transaction);
  return rows.map((row) => ({
    currency: row.currency,
    key: row.key,
    label: row.label,
    amount: row.amount,
    rowCount: Number(row.row_count),
    groupCount: Number(row.group_count),
  }));
}

/** What of a scope is no plain usage, by kind: few series, so it is quick where the whole is large. */
export async function sumNamedCharges(
  transaction: TenantTransaction,
  scope: CostScope,
): Promise<ChargeSum[]> {
  const named: CostScope = {
    ...scope,
    conditions: [...scope.conditions, { dimension: "charge_kind", keys: ["usage"], exclude: true }],
  };
  const group = { dimension: "charge_kind" } as const;
  const { rows } =
    await sql<ChargeSum>`select c.currency, ${keyExpression(group)} as kind, sum(c.amount) as amount
    from ${costSource(named, { groups: [group] })} group by 1, 2 order by 1, 2`.execute(transaction);
  return rows;
}

/** Currencies that any cost of the days has. */
export async function listCurrenciesOf(
  transaction: TenantTransaction,
  days: { start: string; end: string },
): Promise<string[]> {
  const scope: CostScope = { ...days, kind: "effective", conditions: [] };
  const { rows } = await sql<{ currency: string }>`select distinct c.currency
    from ${costSource(scope, { groups: [] })} order by 1`.execute(transaction);
  return rows.map((row) => row.currency);
}

/** One bucket's cost of one group. `key` is null for groups that were not asked for. */
export interface BucketSum {
  currency: string;
  /** First day, YYYY-MM-DD; may lie before the scope's start for weeks and months. */
  bucket: string;
  key: string | null;
  amount: string;
  rowCount: number;
}

interface BucketRow {
  currency: string;
  bucket: string;
  key: string | null;
  amount: string;
  row_count: string;
}

/** Costs by time; with `group`, those of `keys` apart and all others under null. */
export function costBucketsQuery(
  scope: CostScope,
  bucket: Bucket,
  group?: { group: CostGroup; keys: readonly string[] },
): RawBuilder<BucketRow> {
  const key = group
    ? sql`case when ${keyExpression(group.group)} = any(${[...group.keys]}::text[]) then ${keyExpression(group.group)} end`
    : sql`null::text`;
  return sql<BucketRow>`select c.currency, c.bucket, ${key} as key, sum(c.amount) as amount,
      sum(c.row_count) as row_count
    from ${costSource(scope, { groups: group ? [group.group] : [], bucket })}
    group by 1, 2, 3 order by 1, 2, 3`;
}

export async function sumCostsByTime(
  transaction: TenantTransaction,
  scope: CostScope,
  bucket: Bucket,
  group?: { group: CostGroup; keys: readonly string[] },
): Promise<BucketSum[]> {
  const { rows } = await costBucketsQuery(scope, bucket, group).execute(transaction);
  return rows.map((row) => ({
    currency: row.currency,
    bucket: row.bucket,
    key: row.key,
    amount: row.amount,
    rowCount: Number(row.row_count),
  }));
}

/** First and last day with cost (both inclusive), and when the newest was loaded; nulls without data. */
export interface CostCoverage {
  dataFrom: string | null;
  dataUntil: string | null;
  loadedAt: Date | null;
}

export async function readCostCoverage(transaction: TenantTransaction): Promise<CostCoverage> {
  const { rows } = await sql<{
    data_from: string | null;
    data_until: string | null;
    loaded_at: Date | null;
  }>`select min(first_day) as data_from, max(last_day) as data_until, max(loaded_at) as loaded_at
    from cost_deliveries where status = 'published'`.execute(transaction);
  const row = rows[0];
  return {
    dataFrom: row?.data_from ?? null,
    dataUntil: row?.data_until ?? null,
    loadedAt: row?.loaded_at ?? null,
  };
}

import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import { type CostGroup, keyExpression, labelExpression } from "./cost-source.ts";

/** A value that costs have in a dimension: its key, and the name people know where it differs. */
export interface DimensionValue {
  key: string;
  label: string | null;
}

/** The organization's own values of a dimension, at most `limit`, in order of key. */
export async function listDimensionValues(
  transaction: TenantTransaction,
  group: CostGroup,
  limit: number,
): Promise<DimensionValue[]> {
  const { rows } =
    await sql<DimensionValue>`select ${keyExpression(group)} as key, ${labelExpression(group)} as label
    from cost_series c group by 1 order by 1 limit ${limit}`.execute(transaction);
  return rows;
}

/** Resources whose id or name is one of `values`, whatever the case; "" finds nothing. */
export async function findResources(
  transaction: TenantTransaction,
  values: readonly string[],
): Promise<DimensionValue[]> {
  const wanted = values.map((value) => value.toLowerCase());
  const { rows } = await sql<DimensionValue>`select c.resource_id as key, max(c.resource_name) as label
    from cost_series c
    where lower(c.resource_id) = any(${wanted}::text[]) or lower(c.resource_name) = any(${wanted}::text[])
    group by 1 order by 1`.execute(transaction);
  return rows.filter((row) => row.key);
}

/** Names of tags that costs carry, as spelled. */
export async function listTagKeys(transaction: TenantTransaction): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`select distinct jsonb_object_keys(tags) as key
    from cost_series order by 1`.execute(transaction);
  return rows.map((row) => row.key);
}

/** Tag names with their values as costs carry them, at most `limit` pairs. */
export async function listTagValues(
  transaction: TenantTransaction,
  limit: number,
): Promise<{ key: string; value: string }[]> {
  const { rows } = await sql<{ key: string; value: string }>`select tag.key, tag.value
    from cost_series c cross join lateral jsonb_each_text(c.tags) as tag
    group by 1, 2 order by 1, 2 limit ${limit}`.execute(transaction);
  return rows;
}

export async function listCurrencies(transaction: TenantTransaction): Promise<string[]> {
  const { rows } = await sql<{
    currency: string;
  }>`select distinct currency from cost_series order by 1`.execute(transaction);
  return rows.map((row) => row.currency);
}

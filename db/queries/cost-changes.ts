import { type RawBuilder, sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import { type CostGroup, type CostScope, costSource, keyExpression, nameExpression } from "./cost-source.ts";

/** One group's cost in two periods. `key` is null for the sum of the groups beyond the limits. */
export interface CostChange {
  currency: string;
  /** The key of the group around it, when asked for; else "". */
  parent: string;
  key: string | null;
  label: string | null;
  base: string;
  current: string;
  baseRowCount: number;
  currentRowCount: number;
  groupCount: number;
  /** Of all groups of the currency and parent: those without a base row, and those without a current one. */
  newCount: number;
  goneCount: number;
}

interface ChangeRow {
  currency: string;
  parent: string;
  key: string | null;
  label: string | null;
  base: string;
  current: string;
  base_rows: string;
  current_rows: string;
  group_count: string;
  new_count: string;
  gone_count: string;
}

/** The `limit` largest increases and the `limit` largest decreases per currency (and parent), and the rest summed. */
export function costChangesQuery(
  base: CostScope,
  current: CostScope,
  group: CostGroup,
  limit: number,
  parent?: CostGroup,
): RawBuilder<ChangeRow> {
  const groups = parent ? [group, parent] : [group];
  const none = sql`0::numeric`;
  const side = (scope: CostScope, isBase: boolean) => {
    const [amount, rows] = [sql`c.amount`, sql`c.row_count`];
    return sql`select c.currency, ${parent ? keyExpression(parent) : sql`''`} as parent, ${keyExpression(group)} as key,
        ${nameExpression(group)} as label, ${isBase ? amount : none} as base, ${isBase ? none : amount} as current,
        ${isBase ? rows : none} as base_rows, ${isBase ? none : rows} as current_rows
      from ${costSource(scope, { groups })}`;
  };
  return sql<ChangeRow>`with joined as (
      select currency, parent, key, max(label) as label, sum(base) as base, sum(current) as current,
        sum(base_rows) as base_rows, sum(current_rows) as current_rows
      from (${side(base, true)} union all ${side(current, false)}) sides group by 1, 2, 3
    ), ranked as (
      select *, current - base as change,
        row_number() over (partition by currency, parent order by current - base desc, key) as up,
        row_number() over (partition by currency, parent order by current - base, key) as down,
        count(*) filter (where base_rows = 0) over (partition by currency, parent) as new_count,
        count(*) filter (where current_rows = 0) over (partition by currency, parent) as gone_count
      from joined
    ), marked as (
      select *, (up <= ${limit} and change > 0) or (down <= ${limit} and change < 0) as shown from ranked
    )
    select currency, parent, case when shown then key end as key, case when shown then label end as label,
      sum(base) as base, sum(current) as current, sum(base_rows) as base_rows, sum(current_rows) as current_rows,
      count(*) as group_count, max(new_count) as new_count, max(gone_count) as gone_count
    from marked group by currency, parent, shown, 3, 4
    order by currency, parent, shown desc, sum(current) - sum(base) desc, key`;
}

export async function readCostChanges(
  transaction: TenantTransaction,
  base: CostScope,
  current: CostScope,
  group: CostGroup,
  limit: number,
  parent?: CostGroup,
): Promise<CostChange[]> {
  const { rows } = await costChangesQuery(base, current, group, limit, parent).execute(transaction);
  return rows.map((row) => ({
    currency: row.currency,
    parent: row.parent,
    key: row.key,
    label: row.label,
    base: row.base,
    current: row.current,
    baseRowCount: Number(row.base_rows),
    currentRowCount: Number(row.current_rows),
    groupCount: Number(row.group_count),
    newCount: Number(row.new_count),
    goneCount: Number(row.gone_count),
  }));
}

import { type RawBuilder, sql } from "kysely";
import { type CostScope, hasRunningTotals, runningFacts } from "./cost-source.ts";
import type { SumRow } from "./costs.ts";
import { monthParts } from "./running-costs.ts";

/** Of more months their sums are quicker, which are narrower rows. */
const MOST_MONTHS = 3;

/** Whether `resourceSumsQuery` can answer, and is the quickest that can. */
export function sumsByResource(scope: CostScope): boolean {
  const months = monthParts(scope.start, scope.end).length;
  return hasRunningTotals(scope.kind) && months > 0 && months <= MOST_MONTHS;
}

/**
 * As `costSumsQuery` by resource, from the running totals alone: they are summed by a hash of the resource, and only
 * the dearest are looked up by name. Of resources that cost the same all are looked up that could be among them.
 */
export function resourceSumsQuery(scope: CostScope, limit: number): RawBuilder<SumRow> {
  const parts = monthParts(scope.start, scope.end).map((part) =>
    runningFacts(part, scope, sql`currency, resource_hash, series_id`),
  );
  return sql<SumRow>`with grouped as materialized (
      select currency, resource_hash, min(series_id) as series_id, sum(amount) as amount,
        sum(row_count) as row_count
      from (${sql.join(parts, sql` union all `)}) f group by 1, 2
    ), totals as materialized (
      select currency, sum(amount) as amount, sum(row_count) as row_count, count(*) as group_count
      from grouped group by 1
    ), top as materialized (
      select totals.currency, named.* from totals cross join lateral (
        select c.resource_id, dearest.amount, dearest.row_count
        from grouped dearest join cost_series c on c.id = dearest.series_id
        where dearest.currency = totals.currency and dearest.amount >= (
          select min(amount) from (
            select amount from grouped where grouped.currency = totals.currency order by amount desc limit ${limit}
          ) most)
        order by dearest.amount desc, coalesce(c.resource_id, '') collate "C" limit ${limit}
      ) named
    ), rest as (
      select totals.currency, totals.amount - sum(top.amount) as amount,
        totals.row_count - sum(top.row_count) as row_count, totals.group_count - count(*) as group_count
      from totals join top using (currency) group by totals.currency, totals.amount, totals.row_count, totals.group_count
    )
    select currency, coalesce(resource_id, '') collate "C" as key, (
        select max(nullif(c.resource_name, '')) from cost_series c where c.resource_id = top.resource_id
      ) as label, amount, row_count, 1 as group_count, 0 as is_rest
    from top
    union all
    select currency, null, null, amount, row_count, group_count, 1 from rest where group_count > 0
    order by currency, is_rest, amount desc, key`;
}

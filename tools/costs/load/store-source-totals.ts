import { insertSourceTotals } from "@cloudoptima/db/queries/cost-reconciliation.ts";
import type { WriteContext } from "../../kernel/context.ts";
import type { Staging } from "./staging.ts";

// A billing period of a large estate has some ten thousand pairs of day and service: still one short statement each.
const BATCH = 2_000;

/**
 * Keeps what the source says each delivery comes to by day and service, summed over its rows as read and not over
 * anything that was made of them: what is stored is reconciled with it later.
 */
export async function storeSourceTotals(
  ctx: WriteContext,
  staging: Staging,
  deliveryIds: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = await staging.rows<Record<string, string>>(`
    select delivery::varchar as delivery, day::varchar as day, service_name, currency,
      count(*)::varchar as row_count, sum(billed_cost)::varchar as billed, sum(effective_cost)::varchar as effective
    from facts join series using (series_number)
    where delivery in (${[...deliveryIds.keys()].join(", ")})
    group by facts.delivery, facts.day, service_name, currency`);
  const totals = rows.map((row) => ({
    deliveryId: deliveryIds.get(row.delivery!)!,
    day: row.day!,
    service: row.service_name!,
    currency: row.currency!,
    rowCount: Number(row.row_count),
    billed: row.billed!,
    effective: row.effective!,
  }));
  for (let from = 0; from < totals.length; from += BATCH) {
    ctx.signal.throwIfAborted();
    await ctx.write((transaction) => insertSourceTotals(transaction, totals.slice(from, from + BATCH)));
  }
}

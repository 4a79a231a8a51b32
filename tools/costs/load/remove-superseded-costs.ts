import {
  abandonDeliveries,
  deleteDelivery,
  deleteFacts,
  findSupersededDeliveries,
  silentLoadSeconds,
} from "@cloudoptima/db/queries/cost-deletion.ts";
import { type FactTable, factTables } from "@cloudoptima/db/queries/cost-loading.ts";
import type { WriteContext } from "../../kernel/context.ts";
import { adaptiveBatchSize } from "./batch-size.ts";

/**
 * Deletes, in short batches, cost rows that no one can see: replaced deliveries and loads that died.
 * `atStart`: no load can be running (the embedded database's owner has just started), so none need be waited for.
 */
export async function removeSupersededCosts(
  ctx: Pick<WriteContext, "read" | "write" | "signal" | "progress">,
  options: { atStart?: boolean } = {},
): Promise<{ deliveries: number; rows: number }> {
  await ctx.write((transaction) =>
    abandonDeliveries(transaction, { silentForSeconds: options.atStart ? 0 : silentLoadSeconds }),
  );
  const superseded = await ctx.read(findSupersededDeliveries);
  let rows = 0;
  for (const delivery of superseded) {
    for (const table of Object.keys(factTables) as FactTable[]) {
      const size = adaptiveBatchSize(500, 20_000);
      for (;;) {
        const began = performance.now();
        const deleted = await ctx.write((transaction) =>
          deleteFacts(transaction, table, delivery.id, size.rows),
        );
        if (deleted === 0) break;
        size.took(performance.now() - began, deleted);
        if (table === "cost_data") rows += deleted;
        ctx.progress({ message: "Removing replaced cost rows", done: rows, unit: "rows" });
      }
    }
    await ctx.write((transaction) => deleteDelivery(transaction, delivery.id));
  }
  return { deliveries: superseded.length, rows };
}

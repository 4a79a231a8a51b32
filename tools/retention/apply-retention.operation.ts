import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { retireDeliveries } from "@cloudoptima/db/queries/cost-deletion.ts";
import { deleteOldMetricDays } from "@cloudoptima/db/queries/metrics.ts";
import { readOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { deleteOldChanges } from "@cloudoptima/db/queries/resource-changes.ts";
import { deleteOldScans } from "@cloudoptima/db/queries/scans.ts";
import { z } from "zod";
import { removeSupersededCosts } from "../costs/load/remove-superseded-costs.ts";
import type { WriteContext } from "../kernel/context.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { retentionCutoffs } from "./retention-cutoffs.ts";

// A statement of this size stays well under what other people's questions should wait.
const BATCH = 2_000;

export default defineOperation({
  name: "apply_retention",
  title: "Remove what is past its time",
  description:
    "Removes metric points and scans older than 90 days, and changes of resources and costs of billing periods that ended 13 months ago, unless the organization keeps its data; and what loads that died left. The daily job calls it.",
  permission: "settings:manage",
  effect: "write",
  input: z.object({}),
  output: z.object({
    exempt: z.boolean().describe("The organization keeps its data"),
    metricPoints: z.number().int(),
    deliveries: z.number().int().describe("Billing periods of an account"),
    costRows: z.number().int(),
    resourceChanges: z.number().int(),
    scans: z.number().int(),
  }),
  async run(ctx) {
    const { retention_exempt: exempt } = await ctx.read(readOrganization);
    if (exempt) {
      const { rows } = await removeSupersededCosts(ctx);
      return { exempt, metricPoints: 0, deliveries: 0, costRows: rows, resourceChanges: 0, scans: 0 };
    }
    const before = retentionCutoffs(ctx.now(), ctx.realNow());
    const metricPoints = await inBatches(ctx, (transaction) =>
      deleteOldMetricDays(transaction, before.metricsBefore, BATCH),
    );
    const resourceChanges = await inBatches(ctx, (transaction) =>
      deleteOldChanges(transaction, before.changesBefore, BATCH),
    );
    const scans = await ctx.write((transaction) => deleteOldScans(transaction, before.scansBefore));
    const deliveries = await ctx.write((transaction) => retireDeliveries(transaction, before.costsBefore));
    // Also what a load that died left, where none came after it: nobody else would ever remove it.
    const { rows } = await removeSupersededCosts(ctx);
    return { exempt, metricPoints, deliveries, costRows: rows, resourceChanges, scans };
  },
});

/** Deletes, each batch in a transaction of its own, until nothing is left. Returns how much. */
async function inBatches(
  ctx: WriteContext,
  deleteBatch: (transaction: TenantTransaction) => Promise<number>,
): Promise<number> {
  let total = 0;
  for (;;) {
    ctx.signal.throwIfAborted();
    const deleted = await ctx.write(deleteBatch);
    if (deleted === 0) return total;
    total += deleted;
  }
}

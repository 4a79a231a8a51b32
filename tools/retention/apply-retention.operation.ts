import { retireDeliveries } from "@cloudoptima/db/queries/cost-deletion.ts";
import { deleteOldMetricDays } from "@cloudoptima/db/queries/metrics.ts";
import { readOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { z } from "zod";
import { removeSupersededCosts } from "../costs/load/remove-superseded-costs.ts";
import { defineOperation } from "../kernel/define-tool.ts";
import { retentionCutoffs } from "./retention-cutoffs.ts";

// A statement of this size stays well under what other people's questions should wait.
const BATCH = 2_000;

export default defineOperation({
  name: "apply_retention",
  title: "Remove what is past its time",
  description:
    "Removes metric points older than 90 days and the costs of billing periods that ended 13 months ago, unless the organization keeps its data. The daily job calls it.",
  permission: "settings:manage",
  effect: "write",
  input: z.object({}),
  output: z.object({
    exempt: z.boolean().describe("The organization keeps its data"),
    metricPoints: z.number().int(),
    deliveries: z.number().int().describe("Billing periods of an account"),
    costRows: z.number().int(),
  }),
  async run(ctx) {
    const { retention_exempt: exempt } = await ctx.read(readOrganization);
    if (exempt) return { exempt, metricPoints: 0, deliveries: 0, costRows: 0 };
    const { metricsBefore, costsBefore } = retentionCutoffs(ctx.now(), ctx.realNow());
    let metricPoints = 0;
    for (;;) {
      ctx.signal.throwIfAborted();
      const deleted = await ctx.write((transaction) =>
        deleteOldMetricDays(transaction, metricsBefore, BATCH),
      );
      if (deleted === 0) break;
      metricPoints += deleted;
    }
    const deliveries = await ctx.write((transaction) => retireDeliveries(transaction, costsBefore));
    const { rows } = deliveries > 0 ? await removeSupersededCosts(ctx) : { rows: 0 };
    return { exempt, metricPoints, deliveries, costRows: rows };
  },
});

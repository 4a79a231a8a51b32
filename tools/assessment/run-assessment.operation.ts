import { listSubscriptionIds } from "@cloudoptima/db/queries/resources.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { runAssessment } from "./run-assessment.ts";

export default defineOperation({
  name: "run_assessment",
  title: "Run the Well-Architected assessment",
  description:
    "Asks every check of the inventory as it was last scanned and compares with the run before. It reads no cloud and changes nothing there; each scan runs it too.",
  permission: "resources:scan",
  effect: "write",
  rest: "POST /assessment/run",
  input: z.object({}),
  output: z.object({
    runId: z.string(),
    ranAt: z.string(),
    resourceCount: z.number().int(),
    checkCount: z.number().int(),
    newCount: z.number().int().describe("Failures that the run before did not have"),
    fixedCount: z.number().int(),
  }),
  async run(ctx) {
    if ((await ctx.read(listSubscriptionIds)).length === 0) {
      throw new AppError("no_data", "There is no inventory to assess.", { hint: "Scan a cloud first." });
    }
    const { id, ranAt, pillars: _totals, ...run } = await runAssessment(ctx);
    return { runId: id, ranAt: ranAt.toISOString(), ...run };
  },
});

import { listAnalyzableSubscriptions } from "@cloudoptima/db/queries/resources.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { runAnalysis } from "./run-analysis.ts";

export default defineOperation({
  name: "start_analysis",
  title: "Analyze",
  description:
    "Judges everything that was scanned anew, by today's costs, metrics, prices and thresholds, without asking the clouds again, and returns at once. Follow it at GET /analysis/status/{id}.",
  permission: "resources:scan",
  effect: "write",
  rest: "POST /analysis/scan",
  input: z.object({}),
  output: z.object({ analysisId: z.string(), status: z.literal("running") }),
  async run(ctx) {
    const subscriptionIds = new Set(await ctx.read(listAnalyzableSubscriptions));
    if (subscriptionIds.size === 0) {
      throw new AppError("no_data", "No cloud has been scanned yet.", {
        hint: "Connect a cloud and scan it: POST /discovery/scan.",
      });
    }
    const id = ctx.newId();
    ctx.background("the analysis", (signal) =>
      runAnalysis({ ...ctx, signal }, { id, cause: "request", subscriptionIds, measured: () => true }),
    );
    return { analysisId: id, status: "running" as const };
  },
});

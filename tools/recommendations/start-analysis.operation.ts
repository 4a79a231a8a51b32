import { listAnalyses } from "@cloudoptima/db/queries/analyses.ts";
import { lockOrganization } from "@cloudoptima/db/queries/organizations.ts";
import { listSubscriptionIds } from "@cloudoptima/db/queries/resources.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { toAnalysisStatus } from "./analysis-output.ts";
import { type AnalysisRequest, continueAnalysis, keepBegun } from "./run-analysis.ts";

export default defineOperation({
  name: "start_analysis",
  title: "Analyze",
  description:
    "Judges everything that was scanned anew, by today's costs, metrics, prices and thresholds, without asking the clouds again, and returns at once. While one that was asked for runs, it names that one and starts none. Follow it at GET /analysis/status/{id}.",
  permission: "resources:scan",
  effect: "write",
  rest: "POST /analysis/scan",
  input: z.object({}),
  output: z.object({ analysisId: z.string(), status: z.literal("running"), started: z.boolean() }),
  async run(ctx) {
    const begun = await ctx.write(async (transaction) => {
      await lockOrganization(transaction);
      const [latest] = await listAnalyses(transaction, { cause: "request", limit: 1 });
      if (latest && toAnalysisStatus(latest, ctx.realNow()).status === "running") return latest.id;
      const subscriptionIds = new Set(await listSubscriptionIds(transaction));
      if (subscriptionIds.size === 0) {
        throw new AppError("no_data", "No cloud has been scanned yet.", {
          hint: "Connect a cloud on the Connections page and sync it, or POST /discovery/scan.",
        });
      }
      const request: AnalysisRequest = {
        id: ctx.newId(),
        cause: "request",
        subscriptionIds,
        measured: () => true,
      };
      await keepBegun(ctx, transaction, request);
      return request;
    });
    if (typeof begun === "string") return { analysisId: begun, status: "running" as const, started: false };
    ctx.background("the analysis", (signal) => continueAnalysis({ ...ctx, signal }, begun));
    return { analysisId: begun.id, status: "running" as const, started: true };
  },
});

import { listAnalyses } from "@cloudoptima/db/queries/analyses.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { AnalysisStatus, toAnalysisStatus } from "./analysis-output.ts";

export default defineOperation({
  name: "get_analysis",
  title: "Analysis status",
  description: "How far an analysis is or how it ended, and what is new and gone since the one before.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /analysis/status/{id}",
  input: z.object({ id: z.uuid() }),
  output: AnalysisStatus,
  async run(ctx, { id }) {
    const [found] = await ctx.read((transaction) => listAnalyses(transaction, { id, limit: 1 }));
    if (found) return toAnalysisStatus(found, ctx.realNow());
    throw new AppError("not_found", "There is no analysis with this id.", {
      hint: "GET /analysis/status lists the latest.",
    });
  },
});

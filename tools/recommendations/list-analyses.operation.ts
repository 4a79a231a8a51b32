import { listAnalyses } from "@cloudoptima/db/queries/analyses.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AnalysisStatus, toAnalysisStatus } from "./analysis-output.ts";

export default defineOperation({
  name: "list_analyses",
  title: "Analyses",
  description: "The latest analyses, newest first: how far they are and what was new and gone in each.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /analysis/status",
  input: z.object({ limit: z.number().int().min(1).max(100).default(10) }),
  output: z.object({ analyses: z.array(AnalysisStatus) }),
  async run(ctx, { limit }) {
    const found = await ctx.read((transaction) => listAnalyses(transaction, { limit }));
    return { analyses: found.map((analysis) => toAnalysisStatus(analysis, ctx.realNow())) };
  },
});

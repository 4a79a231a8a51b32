import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { Recommendation, toRecommendation } from "./recommendation-output.ts";
import { requireRecommendation } from "./require-recommendation.ts";

export default defineOperation({
  name: "get_recommendation",
  title: "Recommendation",
  description: "One recommendation with its evidence and steps, whatever its status.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /recommendations/{id}",
  input: z.object({ id: z.uuid() }),
  output: Recommendation,
  run: (ctx, { id }) =>
    ctx.read(async (transaction) => toRecommendation(await requireRecommendation(transaction, id))),
});

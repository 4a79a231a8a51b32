import { listStatusChanges } from "@cloudoptima/db/queries/recommendations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { Effect } from "./finding.ts";
import { Recommendation, StoredDetails, toRecommendation } from "./recommendation-output.ts";
import { requireRecommendation } from "./require-recommendation.ts";

export default defineOperation({
  name: "get_recommendation",
  title: "Recommendation",
  description: "One recommendation with its evidence and steps, whatever its status.",
  permission: "recommendations:read",
  effect: "read",
  rest: "GET /recommendations/{id}",
  input: z.object({ id: z.uuid() }),
  output: Recommendation.extend({
    effects: z
      .array(Effect)
      .describe("What it does to each part of the cost; what several do is no sum of these"),
    changes: z
      .array(
        z.object({
          at: z.string(),
          from: z.string().nullable(),
          to: z.string(),
          by: z.string().nullable().describe("null: an analysis or a finished remediation"),
          reason: z.string().nullable(),
        }),
      )
      .describe("Of its status, oldest first"),
  }),
  run: (ctx, { id }) =>
    ctx.read(async (transaction) => {
      const found = await requireRecommendation(transaction, id);
      const changes = await listStatusChanges(transaction, id);
      return {
        ...toRecommendation(found),
        effects: StoredDetails.parse(found.metadata).effects,
        changes: changes.map((change) => ({ ...change, at: change.at.toISOString() })),
      };
    }),
});

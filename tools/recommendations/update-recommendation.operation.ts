import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { changeStatus } from "./change-status.ts";
import { Recommendation } from "./recommendation-output.ts";

export default defineOperation({
  name: "update_recommendation",
  title: "Change a recommendation's status",
  description:
    "Marks a recommendation as open, in progress, implemented (done outside of the product) or dismissed. It changes nothing in the cloud.",
  permission: "recommendations:update",
  effect: "write",
  rest: "PUT /recommendations/{id}",
  input: z.object({
    id: z.uuid(),
    status: z.enum(["open", "in_progress", "implemented", "dismissed"]),
    reason: z.string().trim().max(500).optional().describe("Kept with the change and in the audit log"),
  }),
  output: Recommendation,
  run: (ctx, { id, status, reason }) => changeStatus(ctx, id, status, reason || null),
});

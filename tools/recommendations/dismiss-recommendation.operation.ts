import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { changeStatus } from "./change-status.ts";
import { Recommendation } from "./recommendation-output.ts";

export default defineOperation({
  name: "dismiss_recommendation",
  title: "Dismiss a recommendation",
  description: "Takes a recommendation off the list for good: later scans do not open it again.",
  permission: "recommendations:update",
  effect: "write",
  rest: "DELETE /recommendations/{id}",
  input: z.object({ id: z.uuid() }),
  output: Recommendation,
  run: (ctx, { id }) => changeStatus(ctx, id, "dismissed", null),
});

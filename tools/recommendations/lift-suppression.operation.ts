import { removeSuppression } from "@cloudoptima/db/queries/recommendation-suppressions.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";

export default defineOperation({
  name: "lift_suppression",
  title: "Lift a suppression",
  description: "Ends a suppression before its time; the next analysis lists again what it hid.",
  permission: "recommendations:update",
  effect: "write",
  rest: "DELETE /recommendations/suppressions/{id}",
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.string() }),
  async run(ctx, { id }) {
    if (await ctx.write((transaction) => removeSuppression(transaction, id))) return { id };
    throw new AppError("not_found", "There is no such suppression.", {
      hint: "List them with GET /recommendations/suppressions.",
    });
  },
});

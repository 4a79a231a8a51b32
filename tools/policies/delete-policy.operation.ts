import { deletePolicy } from "@cloudoptima/db/queries/policies.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { noSuchPolicy } from "./require-policy.ts";

export default defineOperation({
  name: "delete_policy",
  title: "Delete a policy",
  description: "Deletes a policy with all of its violations, resolved ones too.",
  permission: "policies:manage",
  effect: "write",
  rest: "DELETE /policies/{id}",
  input: z.object({ id: z.uuid() }),
  output: z.object({ deleted: z.literal(true) }),
  async run(ctx, { id }) {
    if (!(await ctx.write((transaction) => deletePolicy(transaction, id)))) throw noSuchPolicy();
    return { deleted: true as const };
  },
});

import { deleteOwnApiKey } from "@cloudoptima/db/queries/api-keys.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";

export default defineOperation({
  name: "revoke_api_key",
  title: "Revoke an API key",
  description: "Ends one of the person's own API keys at once.",
  permission: "api-keys:own",
  effect: "write",
  personOnly: true,
  rest: "DELETE /api-keys/{id}",
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const revoked = await ctx.write((transaction) => deleteOwnApiKey(transaction, ctx.actor.userId, id));
    if (!revoked) throw new AppError("not_found", "You have no such API key.");
    return { id };
  },
});

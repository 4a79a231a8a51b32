import { revokeInvitations } from "@cloudoptima/db/queries/people.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";

export default defineOperation({
  name: "revoke_invitation",
  title: "Revoke an invitation",
  description: "Ends an open invitation, so that its link admits nobody any more.",
  permission: "people:manage",
  effect: "write",
  personOnly: true,
  rest: "DELETE /people/invitations/{id}",
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const ended = await ctx.write((transaction) => revokeInvitations(transaction, { id }, new Date()));
    if (ended === 0) {
      throw new AppError("not_found", "There is no such open invitation.", {
        hint: "It may have been used, revoked or have expired.",
      });
    }
    return { id };
  },
});

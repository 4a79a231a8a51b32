import { deletePin } from "@cloudoptima/db/queries/conversations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { AppError } from "../kernel/errors.ts";
import { ownerOf } from "./conversation-shapes.ts";

export default defineOperation({
  name: "unpin",
  title: "Unpin an answer",
  description: "Takes an answer off the person's dashboard.",
  permission: "conversations:own",
  effect: "write",
  rest: "DELETE /pins/{id}",
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const gone = await ctx.write((transaction) => deletePin(transaction, ownerOf(ctx), id));
    if (!gone) {
      throw new AppError("not_found", "There is no such pin on your dashboard.", {
        hint: "It may have been taken off already.",
      });
    }
    return { id };
  },
});

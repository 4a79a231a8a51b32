import { deleteLink } from "@cloudoptima/db/queries/chat-links.ts";
import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { AppError } from "../../kernel/errors.ts";
import { requireBrowser } from "./chat-link-shapes.ts";

export default defineOperation({
  name: "remove_chat_link",
  title: "Unlink a chat account",
  description:
    "Removes a link of the person's own, or a wish for one. An admin may remove anyone's, e.g. of a lost phone.",
  permission: "conversations:own",
  effect: "write",
  personOnly: true,
  rest: "DELETE /chat-links/{id}",
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    requireBrowser(ctx);
    const { role, userId } = ctx.actor;
    const gone = await ctx.write((transaction) =>
      deleteLink(transaction, { id, userId: role === "admin" ? null : userId }),
    );
    if (!gone) throw new AppError("not_found", "There is no such link of yours.");
    return { id };
  },
});

import { confirmLink } from "@cloudoptima/db/queries/chat-links.ts";
import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { AppError } from "../../kernel/errors.ts";
import { ChatLink, requireBrowser, toChatLink } from "./chat-link-shapes.ts";

export default defineOperation({
  name: "confirm_chat_link",
  title: "Confirm a chat account",
  description:
    "Says that the chat account that typed the person's code is theirs. From then on it acts as this member.",
  permission: "conversations:own",
  effect: "write",
  personOnly: true,
  rest: "POST /chat-links/{id}/confirm",
  input: z.object({ id: z.uuid() }),
  output: ChatLink,
  async run(ctx, { id }) {
    requireBrowser(ctx);
    const row = await ctx
      .write((transaction) => confirmLink(transaction, { id, userId: ctx.actor.userId }))
      .catch(refuseSecondLink);
    if (!row) {
      throw new AppError("not_found", "There is no chat account waiting for this confirmation.", {
        hint: "It may have expired: ask for a new code and type it to the bot.",
      });
    }
    return toChatLink(row, ctx.actor.name);
  },
});

function refuseSecondLink(error: unknown): never {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== "23505") throw error;
  throw constraint === "chat_links_member"
    ? new AppError("conflict", "You have linked another account of this workspace already.", {
        hint: "Remove that link first.",
      })
    : new AppError("conflict", "This chat account is linked to another member.", {
        hint: "That member has to remove the link first; an admin can do it too.",
      });
}

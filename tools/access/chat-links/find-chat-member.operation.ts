import { findLinkOfAccount } from "@cloudoptima/db/queries/chat-links.ts";
import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { chatAccountFields, requireChatHandler } from "./chat-link-shapes.ts";

export default defineOperation({
  name: "find_chat_member",
  title: "Member behind a chat account",
  description: "Which member a chat account stands for; null until its link is confirmed in the web.",
  permission: "conversations:own",
  effect: "read",
  input: z.object(chatAccountFields),
  output: z.object({
    member: z
      .object({
        userId: z.uuid(),
        /** Linked in a session of the demo's one click. */
        demo: z.boolean(),
      })
      .nullable(),
  }),
  async run(ctx, account) {
    requireChatHandler(ctx);
    const link = await ctx.read((transaction) => findLinkOfAccount(transaction, account));
    return { member: link ? { userId: link.user_id, demo: link.demo } : null };
  },
});

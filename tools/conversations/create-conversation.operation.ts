import { insertConversation } from "@cloudoptima/db/queries/conversations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import {
  ConversationSummary,
  ConversationTitle,
  nowAsDate,
  ownerOf,
  toSummary,
} from "./conversation-shapes.ts";

export default defineOperation({
  name: "create_conversation",
  title: "Start a conversation",
  description: "Starts an empty conversation of the person's own.",
  permission: "conversations:own",
  effect: "write",
  rest: "POST /conversations",
  input: z.object({ title: ConversationTitle.default("New conversation") }),
  output: ConversationSummary,
  async run(ctx, { title }) {
    const now = nowAsDate(ctx);
    const id = ctx.newId();
    await ctx.write((transaction) => insertConversation(transaction, ownerOf(ctx), { id, title, now }));
    return toSummary({ id, title, created_at: now, updated_at: now });
  },
});

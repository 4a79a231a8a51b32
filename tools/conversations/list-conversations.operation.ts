import { selectConversations } from "@cloudoptima/db/queries/conversations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { ConversationSummary, ownerOf, toSummary } from "./conversation-shapes.ts";

export default defineOperation({
  name: "list_conversations",
  title: "Conversations",
  description: "The person's own conversations, the latest first.",
  permission: "conversations:own",
  effect: "read",
  rest: ["GET /conversations", "GET /ai/conversations"],
  input: z.object({ limit: z.number().int().min(1).max(500).default(100) }),
  output: z.object({ conversations: z.array(ConversationSummary) }),
  async run(ctx, { limit }) {
    const rows = await ctx.read((transaction) => selectConversations(transaction, ownerOf(ctx), limit));
    return { conversations: rows.map(toSummary) };
  },
});

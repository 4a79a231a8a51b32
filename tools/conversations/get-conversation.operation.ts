import { selectConversation, selectMessages } from "@cloudoptima/db/queries/conversations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import {
  ConversationSummary,
  conversationNotFound,
  ownerOf,
  StoredMessage,
  toSummary,
} from "./conversation-shapes.ts";

export default defineOperation({
  name: "get_conversation",
  title: "Conversation",
  description: "One of the person's own conversations with its last messages, oldest first.",
  permission: "conversations:own",
  effect: "read",
  rest: ["GET /conversations/{id}", "GET /ai/conversations/{id}"],
  input: z.object({ id: z.uuid(), limit: z.number().int().min(1).max(500).default(200) }),
  output: ConversationSummary.extend({
    messages: z.array(StoredMessage.extend({ createdAt: z.string() })),
  }),
  async run(ctx, { id, limit }) {
    return ctx.read(async (transaction) => {
      const conversation = await selectConversation(transaction, ownerOf(ctx), id);
      if (!conversation) throw conversationNotFound();
      const messages = await selectMessages(transaction, id, limit);
      return {
        ...toSummary(conversation),
        messages: messages.map((message) => ({
          id: message.id,
          role: message.role,
          content: message.content,
          parts: message.parts as Record<string, unknown>[],
          metadata: message.metadata,
          createdAt: message.created_at.toISOString(),
        })),
      };
    });
  },
});

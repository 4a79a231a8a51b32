import { insertMessages, selectConversation } from "@cloudoptima/db/queries/conversations.ts";
import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { conversationNotFound, nowAsDate, ownerOf, StoredMessage } from "./conversation-shapes.ts";

export default defineOperation({
  name: "append_messages",
  title: "Keep a turn",
  description: "Adds the messages of a turn to the end of one of the person's own conversations.",
  permission: "conversations:own",
  effect: "write",
  input: z.object({ conversationId: z.uuid(), messages: z.array(StoredMessage).min(1).max(20) }),
  output: z.object({ messageCount: z.number().int() }),
  async run(ctx, { conversationId, messages }) {
    return ctx.write(async (transaction) => {
      const owner = ownerOf(ctx);
      if (!(await selectConversation(transaction, owner, conversationId, { lock: true }))) {
        throw conversationNotFound();
      }
      return {
        messageCount: await insertMessages(transaction, owner, conversationId, messages, nowAsDate(ctx)),
      };
    });
  },
});

import {
  findThreadConversation,
  keepThreadConversation,
  takeMessage,
} from "@cloudoptima/db/queries/chat-places.ts";
import { insertConversation } from "@cloudoptima/db/queries/conversations.ts";
import { z } from "zod";
import { nowAsDate, ownerOf } from "../../conversations/conversation-shapes.ts";
import { defineOperation } from "../../kernel/define-tool.ts";
import { AppError } from "../../kernel/errors.ts";
import { ChatId, chatChannelFields } from "./chat-link-shapes.ts";

export default defineOperation({
  name: "open_chat_thread",
  title: "Open a chat thread",
  description:
    "The person's conversation in a chat thread, started when there is none, for a message that was not taken up before.",
  permission: "conversations:own",
  effect: "write",
  input: z.object({ ...chatChannelFields, threadId: ChatId, messageId: ChatId }),
  output: z.object({
    conversationId: z.uuid().nullable(),
    /** False: this delivery repeats one that was taken up; there is nothing to do. */
    isNew: z.boolean(),
  }),
  async run(ctx, { threadId, messageId, ...channel }) {
    if (ctx.actor.via !== channel.platform) {
      throw new AppError("forbidden", "Only a signed message of this platform opens its threads.");
    }
    const { organizationId, userId } = ctx.actor;
    return ctx.write(async (transaction) => {
      if (!(await takeMessage(transaction, organizationId, channel, messageId))) {
        return { conversationId: null, isNew: false };
      }
      const known = await findThreadConversation(transaction, channel, { threadId, userId });
      if (known) return { conversationId: known, isNew: true };
      const conversationId = ctx.newId();
      await insertConversation(transaction, ownerOf(ctx), {
        id: conversationId,
        title: "New conversation",
        now: nowAsDate(ctx),
      });
      await keepThreadConversation(transaction, organizationId, channel, {
        threadId,
        userId,
        conversationId,
      });
      return { conversationId, isNew: true };
    });
  },
});

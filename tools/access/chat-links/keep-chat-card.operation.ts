import { keepCard } from "@cloudoptima/db/queries/chat-places.ts";
import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { ChatId, chatChannelFields, requireChatHandler } from "./chat-link-shapes.ts";

export default defineOperation({
  name: "keep_chat_card",
  title: "Keep where a card stands",
  description: "Remembers a proposal's card in a chat, so that it changes there when the proposal does.",
  permission: "remediation:read",
  effect: "write",
  input: z.object({
    ...chatChannelFields,
    messageId: ChatId,
    /** What else the platform needs to reach the message. */
    address: z.record(z.string(), z.string()).default({}),
    proposalId: z.uuid(),
  }),
  output: z.object({ messageId: z.string() }),
  async run(ctx, { messageId, address, proposalId, ...channel }) {
    requireChatHandler(ctx);
    await ctx.write((transaction) =>
      keepCard(transaction, ctx.actor.organizationId, channel, { messageId, address, proposalId }),
    );
    return { messageId };
  },
});

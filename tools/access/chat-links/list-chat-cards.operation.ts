import { listCards } from "@cloudoptima/db/queries/chat-places.ts";
import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { ChatPlatform, requireChatHandler } from "./chat-link-shapes.ts";

export default defineOperation({
  name: "list_chat_cards",
  title: "Cards of a proposal",
  description: "Everywhere a proposal's card stands on a chat platform.",
  permission: "remediation:read",
  effect: "read",
  input: z.object({ platform: ChatPlatform, proposalId: z.uuid() }),
  output: z.object({
    cards: z.array(
      z.object({
        teamId: z.string(),
        channelId: z.string(),
        messageId: z.string(),
        address: z.record(z.string(), z.string()),
      }),
    ),
  }),
  async run(ctx, { platform, proposalId }) {
    requireChatHandler(ctx);
    const rows = await ctx.read((transaction) => listCards(transaction, platform, proposalId));
    return {
      cards: rows.map((row) => ({
        teamId: row.team_id,
        channelId: row.channel_id,
        messageId: row.message_id,
        address: row.address,
      })),
    };
  },
});

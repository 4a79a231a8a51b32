import { keepWorkspace } from "@cloudoptima/db/queries/chat-links.ts";
import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { ChatId, ChatName, ChatPlatform, requireChatHandler } from "./chat-link-shapes.ts";

export default defineOperation({
  name: "announce_chat_workspace",
  title: "Announce a chat workspace",
  description:
    "Keeps in which workspace the bot runs and what it is called there, for people who link their account.",
  permission: "conversations:own",
  effect: "write",
  input: z.object({
    platform: ChatPlatform,
    teamId: ChatId,
    teamName: z.string().max(1_000),
    botName: z.string().max(1_000),
  }),
  output: z.object({ teamId: z.string() }),
  async run(ctx, { platform, teamId, teamName, botName }) {
    requireChatHandler(ctx);
    await ctx.write((transaction) =>
      keepWorkspace(transaction, ctx.actor.organizationId, {
        platform,
        team_id: teamId,
        team_name: ChatName.parse(teamName),
        bot_name: ChatName.parse(botName),
      }),
    );
    return { teamId };
  },
});

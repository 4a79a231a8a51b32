import { listLinksOfMember, listWorkspaces } from "@cloudoptima/db/queries/chat-links.ts";
import { z } from "zod";
import { defineOperation } from "../../kernel/define-tool.ts";
import { ChatLink, ChatPlatform, toChatLink } from "./chat-link-shapes.ts";

export default defineOperation({
  name: "list_chat_links",
  title: "Linked chats",
  description:
    "The person's own chat accounts, linked or waiting to be confirmed, and the workspaces in which the bot can be written to.",
  permission: "conversations:own",
  effect: "read",
  personOnly: true,
  rest: "GET /chat-links",
  input: z.object({}),
  output: z.object({
    links: z.array(ChatLink),
    workspaces: z.array(
      z.object({
        platform: ChatPlatform,
        teamId: z.string(),
        teamName: z.string(),
        botName: z.string(),
        connectedAt: z.string(),
      }),
    ),
  }),
  async run(ctx) {
    const [links, workspaces] = await ctx.read(async (transaction) => [
      await listLinksOfMember(transaction, ctx.actor.userId),
      await listWorkspaces(transaction),
    ]);
    return {
      links: links.map((row) => toChatLink(row, ctx.actor.name)),
      workspaces: workspaces.map((row) => ({
        platform: row.platform,
        teamId: row.team_id,
        teamName: row.team_name,
        botName: row.bot_name,
        connectedAt: row.connected_at.toISOString(),
      })),
    };
  },
});

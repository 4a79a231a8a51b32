import type { ChatLinkRow } from "@cloudoptima/db/queries/chat-links.ts";
import { z } from "zod";
import type { ReadContext } from "../../kernel/context.ts";
import { AppError } from "../../kernel/errors.ts";
import { singleLine } from "../../kernel/plain-text.ts";

export const ChatPlatform = z.enum(["slack", "teams"]);
export type ChatPlatform = z.infer<typeof ChatPlatform>;

const PlatformId = z.string().min(1).max(300);

/** A chat account as the platform's signed message names it. */
export const chatAccountFields = {
  platform: ChatPlatform,
  /** Workspace (Slack) or tenant (Teams). */
  teamId: PlatformId,
  chatUserId: PlatformId,
};

/** Where a message stands in a chat. */
export const chatChannelFields = {
  platform: ChatPlatform,
  teamId: PlatformId,
  channelId: PlatformId,
};

export const ChatId = PlatformId;

/** What somebody calls themselves in a chat: untrusted, so one plain line of bounded length. */
export const ChatName = z.string().max(1_000).transform(cutName);

function cutName(name: string): string {
  return [...singleLine(name)].slice(0, 120).join("");
}

/** A person's chat account, linked or waiting for their confirmation. Times are ISO 8601, UTC. */
export const ChatLink = z.object({
  id: z.uuid(),
  platform: ChatPlatform,
  teamId: z.string(),
  chatUserId: z.string(),
  /** What the account calls itself there. */
  chatName: z.string(),
  /** The member it stands for. */
  memberName: z.string(),
  status: z.enum(["waiting", "linked"]),
  requestedAt: z.string(),
  /** Until when it can be confirmed; null once it is. */
  confirmBefore: z.string().nullable(),
});
export type ChatLink = z.infer<typeof ChatLink>;

export function toChatLink(row: ChatLinkRow, memberName: string): ChatLink {
  return {
    id: row.id,
    platform: row.platform,
    teamId: row.team_id,
    chatUserId: row.chat_user_id,
    chatName: row.chat_name,
    memberName,
    status: row.confirmed_at ? "linked" : "waiting",
    requestedAt: row.requested_at.toISOString(),
    confirmBefore: row.confirmed_at ? null : row.confirm_before.toISOString(),
  };
}

/** What only a chat's own handler may do, after it has checked the platform's signature. */
export function requireChatHandler(ctx: ReadContext): void {
  if (ctx.actor.via === "system") return;
  throw new AppError("forbidden", "Only the handler of a signed chat message does this.");
}

/** Linking is proven in the browser; a chat that could confirm itself would prove nothing. */
export function requireBrowser(ctx: ReadContext): void {
  if (ctx.actor.via === "session") return;
  throw new AppError("forbidden", "Chat accounts are linked in the web, signed in with a browser.", {
    hint: "Open your account page.",
  });
}

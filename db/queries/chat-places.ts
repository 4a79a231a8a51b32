import { sql } from "kysely";
import type { TenantTransaction } from "../client.ts";

/** A channel or direct message of a chat platform. */
export interface ChatChannel {
  platform: "slack" | "teams";
  teamId: string;
  channelId: string;
}

export interface ChatCardRow {
  platform: "slack" | "teams";
  team_id: string;
  channel_id: string;
  message_id: string;
  address: Record<string, string>;
}

const columnsOf = (organizationId: string, channel: ChatChannel) => ({
  organization_id: organizationId,
  platform: channel.platform,
  team_id: channel.teamId,
  channel_id: channel.channelId,
});

/** Longer than any platform repeats a delivery. */
const remembered = sql<Date>`clock_timestamp() - interval '3 days'`;

/** Takes a message up; false when somebody did before. */
export async function takeMessage(
  transaction: TenantTransaction,
  organizationId: string,
  channel: ChatChannel,
  messageId: string,
): Promise<boolean> {
  await transaction.deleteFrom("chat_messages").where("taken_at", "<", remembered).execute();
  const taken = await transaction
    .insertInto("chat_messages")
    .values({
      ...columnsOf(organizationId, channel),
      message_id: messageId,
      taken_at: sql<Date>`clock_timestamp()`,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("message_id")
    .executeTakeFirst();
  return taken !== undefined;
}

/** The person's conversation in a thread. */
export async function findThreadConversation(
  transaction: TenantTransaction,
  channel: ChatChannel,
  thread: { threadId: string; userId: string },
): Promise<string | undefined> {
  const row = await transaction
    .selectFrom("chat_threads")
    .select("conversation_id")
    .where("platform", "=", channel.platform)
    .where("team_id", "=", channel.teamId)
    .where("channel_id", "=", channel.channelId)
    .where("thread_id", "=", thread.threadId)
    .where("user_id", "=", thread.userId)
    .executeTakeFirst();
  return row?.conversation_id;
}

export async function keepThreadConversation(
  transaction: TenantTransaction,
  organizationId: string,
  channel: ChatChannel,
  thread: { threadId: string; userId: string; conversationId: string },
): Promise<void> {
  await transaction
    .insertInto("chat_threads")
    .values({
      ...columnsOf(organizationId, channel),
      thread_id: thread.threadId,
      user_id: thread.userId,
      conversation_id: thread.conversationId,
    })
    .execute();
}

/** Keeps where a proposal's card stands. */
export async function keepCard(
  transaction: TenantTransaction,
  organizationId: string,
  channel: ChatChannel,
  card: { messageId: string; address: Record<string, string>; proposalId: string },
): Promise<void> {
  await transaction
    .insertInto("chat_cards")
    .values({
      ...columnsOf(organizationId, channel),
      message_id: card.messageId,
      address: JSON.stringify(card.address),
      proposal_id: card.proposalId,
      posted_at: sql<Date>`clock_timestamp()`,
    })
    .execute();
}

/** Everywhere a proposal's card stands on a platform, oldest first. */
export function listCards(
  transaction: TenantTransaction,
  platform: ChatChannel["platform"],
  proposalId: string,
): Promise<ChatCardRow[]> {
  return transaction
    .selectFrom("chat_cards")
    .select(["platform", "team_id", "channel_id", "message_id", "address"])
    .where("platform", "=", platform)
    .where("proposal_id", "=", proposalId)
    .orderBy("posted_at")
    .execute();
}

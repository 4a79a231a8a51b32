import type { TenantTransaction } from "../client.ts";

/** Whose rows: a conversation and a pin belong to one person; row-level security already fixed the organization. */
export interface Owner {
  organizationId: string;
  userId: string;
}

export interface NewMessage {
  id: string;
  role: "user" | "assistant";
  content: string;
  parts: unknown[];
  metadata: Record<string, unknown>;
}

export async function insertConversation(
  transaction: TenantTransaction,
  owner: Owner,
  conversation: { id: string; title: string; now: Date },
) {
  const row = {
    id: conversation.id,
    organization_id: owner.organizationId,
    user_id: owner.userId,
    title: conversation.title,
    created_at: conversation.now,
    updated_at: conversation.now,
  };
  await transaction.insertInto("ai_conversations").values(row).execute();
}

/** Newest first. */
export function selectConversations(transaction: TenantTransaction, owner: Owner, limit: number) {
  return transaction
    .selectFrom("ai_conversations")
    .select(["id", "title", "created_at", "updated_at"])
    .where("user_id", "=", owner.userId)
    .orderBy("updated_at", "desc")
    .orderBy("id")
    .limit(limit)
    .execute();
}

/** One of the person's own conversations. `lock` holds it until the transaction ends, so positions stay gapless. */
export function selectConversation(
  transaction: TenantTransaction,
  owner: Owner,
  id: string,
  options: { lock?: boolean } = {},
) {
  const query = transaction
    .selectFrom("ai_conversations")
    .select(["id", "title", "created_at", "updated_at"])
    .where("id", "=", id)
    .where("user_id", "=", owner.userId);
  return (options.lock ? query.forUpdate() : query).executeTakeFirst();
}

/** The last `limit` messages, oldest first. */
export async function selectMessages(transaction: TenantTransaction, conversationId: string, limit: number) {
  const rows = await transaction
    .selectFrom("ai_messages")
    .select(["id", "position", "role", "content", "parts", "metadata", "created_at"])
    .where("conversation_id", "=", conversationId)
    .orderBy("position", "desc")
    .limit(limit)
    .execute();
  return rows.reverse();
}

/** Appends after the last position. The caller holds the conversation's lock. */
export async function insertMessages(
  transaction: TenantTransaction,
  owner: Owner,
  conversationId: string,
  messages: readonly NewMessage[],
  now: Date,
): Promise<number> {
  const last = await transaction
    .selectFrom("ai_messages")
    .select(({ fn }) => fn.max("position").as("position"))
    .where("conversation_id", "=", conversationId)
    .executeTakeFirst();
  const first = (last?.position ?? -1) + 1;
  const rows = messages.map((message, index) => ({
    id: message.id,
    organization_id: owner.organizationId,
    conversation_id: conversationId,
    position: first + index,
    role: message.role,
    content: message.content,
    parts: JSON.stringify(message.parts),
    metadata: JSON.stringify(message.metadata),
    created_at: now,
  }));
  await transaction.insertInto("ai_messages").values(rows).execute();
  await transaction
    .updateTable("ai_conversations")
    .set({ updated_at: now })
    .where("id", "=", conversationId)
    .execute();
  return first + messages.length;
}

/** How many rows changed: 0 when it is not the person's. */
export async function updateConversationTitle(
  transaction: TenantTransaction,
  owner: Owner,
  id: string,
  title: string,
  now: Date,
): Promise<bigint> {
  const result = await transaction
    .updateTable("ai_conversations")
    .set({ title, updated_at: now })
    .where("id", "=", id)
    .where("user_id", "=", owner.userId)
    .executeTakeFirst();
  return result.numUpdatedRows;
}

/** Its messages go with it. How many conversations went: 0 when it is not the person's. */
export async function deleteConversation(
  transaction: TenantTransaction,
  owner: Owner,
  id: string,
): Promise<bigint> {
  const result = await transaction
    .deleteFrom("ai_conversations")
    .where("id", "=", id)
    .where("user_id", "=", owner.userId)
    .executeTakeFirst();
  return result.numDeletedRows;
}

export interface NewPin {
  id: string;
  title: string;
  toolName: string;
  toolInput: Record<string, unknown>;
  now: Date;
}

/** Puts the pin last on the person's dashboard. */
export async function insertPin(transaction: TenantTransaction, owner: Owner, pin: NewPin): Promise<void> {
  const last = await transaction
    .selectFrom("dashboard_pins")
    .select(({ fn }) => fn.max("position").as("position"))
    .where("user_id", "=", owner.userId)
    .executeTakeFirst();
  const row = {
    id: pin.id,
    organization_id: owner.organizationId,
    user_id: owner.userId,
    title: pin.title,
    tool_name: pin.toolName,
    tool_input: JSON.stringify(pin.toolInput),
    position: (last?.position ?? -1) + 1,
    created_at: pin.now,
  };
  await transaction.insertInto("dashboard_pins").values(row).execute();
}

/** In the order of the dashboard. */
export function selectPins(transaction: TenantTransaction, owner: Owner) {
  return transaction
    .selectFrom("dashboard_pins")
    .select(["id", "title", "tool_name", "tool_input", "created_at"])
    .where("user_id", "=", owner.userId)
    .orderBy("position")
    .execute();
}

/** How many pins went: 0 when it is not the person's. */
export async function deletePin(transaction: TenantTransaction, owner: Owner, id: string): Promise<bigint> {
  const result = await transaction
    .deleteFrom("dashboard_pins")
    .where("id", "=", id)
    .where("user_id", "=", owner.userId)
    .executeTakeFirst();
  return result.numDeletedRows;
}

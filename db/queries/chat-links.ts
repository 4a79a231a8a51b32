import { type Selectable, sql } from "kysely";
import type { ChatLinks } from "../chat-schema.ts";
import type { TenantTransaction } from "../client.ts";

/** A chat account: of which platform, in which workspace or tenant, and its id there. */
export interface ChatAccount {
  platform: "slack" | "teams";
  teamId: string;
  chatUserId: string;
}

export type ChatLinkRow = Selectable<ChatLinks>;

// Codes and confirmations are safety, not business time: the database's real clock decides, for all processes alike.
const realNow = sql<Date>`clock_timestamp()`;
const inMinutes = (minutes: number) =>
  sql<Date>`clock_timestamp() + make_interval(mins => ${minutes}::integer)`;

/** Keeps the hash of a person's code for a platform; an earlier code of theirs is void. Gives when it expires. */
export async function replaceLinkCode(
  transaction: TenantTransaction,
  code: {
    organizationId: string;
    userId: string;
    platform: ChatAccount["platform"];
    codeHash: string;
    demo: boolean;
    minutes: number;
  },
): Promise<Date> {
  const kept = { code_hash: code.codeHash, demo: code.demo, expires_at: inMinutes(code.minutes) };
  const row = await transaction
    .insertInto("chat_link_codes")
    .values({ organization_id: code.organizationId, user_id: code.userId, platform: code.platform, ...kept })
    .onConflict((conflict) => conflict.columns(["organization_id", "user_id", "platform"]).doUpdateSet(kept))
    .returning("expires_at")
    .executeTakeFirstOrThrow();
  return row.expires_at;
}

/** Uses a code up: whose it was, or undefined when there is no such code or it has expired. */
export async function takeLinkCode(
  transaction: TenantTransaction,
  platform: ChatAccount["platform"],
  codeHash: string,
): Promise<{ user_id: string; demo: boolean } | undefined> {
  const row = await transaction
    .deleteFrom("chat_link_codes")
    .where("platform", "=", platform)
    .where("code_hash", "=", codeHash)
    .returning(["user_id", "demo", sql<boolean>`expires_at > clock_timestamp()`.as("live")])
    .executeTakeFirst();
  return row?.live ? row : undefined;
}

/** Counts one more typed code of this account and gives how many there were in the running window. */
export async function countLinkAttempt(
  transaction: TenantTransaction,
  organizationId: string,
  account: ChatAccount,
  windowMinutes: number,
): Promise<number> {
  const isOver = sql<boolean>`chat_link_attempts.window_start < clock_timestamp() - make_interval(mins => ${windowMinutes}::integer)`;
  const row = await transaction
    .insertInto("chat_link_attempts")
    .values({
      organization_id: organizationId,
      platform: account.platform,
      team_id: account.teamId,
      chat_user_id: account.chatUserId,
      window_start: realNow,
      attempt_count: 1,
    })
    .onConflict((conflict) =>
      conflict.columns(["organization_id", "platform", "team_id", "chat_user_id"]).doUpdateSet({
        attempt_count: sql<number>`case when ${isOver} then 1 else chat_link_attempts.attempt_count + 1 end`,
        window_start: sql<Date>`case when ${isOver} then clock_timestamp() else chat_link_attempts.window_start end`,
      }),
    )
    .returning("attempt_count")
    .executeTakeFirstOrThrow();
  return row.attempt_count;
}

/** Asks the member to confirm this account; an older unconfirmed wish of theirs for the platform is replaced. */
export async function requestLink(
  transaction: TenantTransaction,
  link: ChatAccount & {
    id: string;
    organizationId: string;
    userId: string;
    chatName: string;
    demo: boolean;
    minutes: number;
  },
): Promise<void> {
  await transaction
    .deleteFrom("chat_links")
    .where("user_id", "=", link.userId)
    .where("platform", "=", link.platform)
    .where("confirmed_at", "is", null)
    .execute();
  await transaction
    .insertInto("chat_links")
    .values({
      id: link.id,
      organization_id: link.organizationId,
      user_id: link.userId,
      platform: link.platform,
      team_id: link.teamId,
      chat_user_id: link.chatUserId,
      chat_name: link.chatName,
      demo: link.demo,
      requested_at: realNow,
      confirm_before: inMinutes(link.minutes),
    })
    .execute();
}

/** The confirmed link of a chat account. */
export function findLinkOfAccount(
  transaction: TenantTransaction,
  account: ChatAccount,
): Promise<ChatLinkRow | undefined> {
  return transaction
    .selectFrom("chat_links")
    .selectAll()
    .where("platform", "=", account.platform)
    .where("team_id", "=", account.teamId)
    .where("chat_user_id", "=", account.chatUserId)
    .where("confirmed_at", "is not", null)
    .executeTakeFirst();
}

/** A member's links: confirmed ones, and wishes that can still be confirmed. */
export function listLinksOfMember(transaction: TenantTransaction, userId: string): Promise<ChatLinkRow[]> {
  return transaction
    .selectFrom("chat_links")
    .selectAll()
    .where("user_id", "=", userId)
    .where((where) =>
      where.or([where("confirmed_at", "is not", null), where("confirm_before", ">", realNow)]),
    )
    .orderBy("platform")
    .orderBy("requested_at")
    .execute();
}

/**
 * Makes a member's wish count. Undefined: there is no such wish of theirs any more. A unique violation: the account
 * or the member is linked in that workspace already.
 */
export function confirmLink(
  transaction: TenantTransaction,
  link: { id: string; userId: string },
): Promise<ChatLinkRow | undefined> {
  return transaction
    .updateTable("chat_links")
    .set({ confirmed_at: realNow })
    .where("id", "=", link.id)
    .where("user_id", "=", link.userId)
    .where("confirmed_at", "is", null)
    .where("confirm_before", ">", realNow)
    .returningAll()
    .executeTakeFirst();
}

/** Removes a link or a wish; of anyone when `userId` is null (an admin does it). False: there was none. */
export async function deleteLink(
  transaction: TenantTransaction,
  link: { id: string; userId: string | null },
): Promise<boolean> {
  const query = transaction.deleteFrom("chat_links").where("id", "=", link.id);
  const result = await (link.userId ? query.where("user_id", "=", link.userId) : query).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export interface WorkspaceRow {
  platform: ChatAccount["platform"];
  team_id: string;
  team_name: string;
  bot_name: string;
  connected_at: Date;
}

/** Keeps under which names a workspace and its bot are known there. */
export async function keepWorkspace(
  transaction: TenantTransaction,
  organizationId: string,
  workspace: Omit<WorkspaceRow, "connected_at">,
): Promise<void> {
  const { team_name, bot_name } = workspace;
  await transaction
    .insertInto("chat_workspaces")
    .values({ organization_id: organizationId, ...workspace, connected_at: realNow })
    .onConflict((conflict) =>
      conflict
        .columns(["organization_id", "platform", "team_id"])
        .doUpdateSet({ team_name, bot_name, connected_at: realNow }),
    )
    .execute();
}

export function listWorkspaces(transaction: TenantTransaction): Promise<WorkspaceRow[]> {
  return transaction
    .selectFrom("chat_workspaces")
    .select(["platform", "team_id", "team_name", "bot_name", "connected_at"])
    .orderBy("platform")
    .orderBy("team_name")
    .execute();
}

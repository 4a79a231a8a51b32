import type { Selectable } from "kysely";
import type { AccessSchema } from "../access-schema.ts";
import type { TenantTransaction } from "../client.ts";
import type { Access } from "./access.ts";

type ApiKeyRow = Selectable<AccessSchema["api_keys"]>;
const listed = ["id", "name", "role", "start", "created_at", "expires_at", "last_request"] as const;
export type ListedApiKey = Pick<ApiKeyRow, (typeof listed)[number]>;

export async function insertApiKey(
  transaction: TenantTransaction,
  key: Omit<ApiKeyRow, "enabled" | "last_request">,
): Promise<void> {
  await transaction.insertInto("api_keys").values(key).execute();
}

/** A person's own keys, newest first. */
export function selectOwnApiKeys(transaction: TenantTransaction, userId: string): Promise<ListedApiKey[]> {
  return transaction
    .selectFrom("api_keys")
    .select(listed)
    .where("user_id", "=", userId)
    .orderBy("created_at", "desc")
    .execute();
}

/** Revokes one of a person's own keys; false when there is none of this id. */
export async function deleteOwnApiKey(
  transaction: TenantTransaction,
  userId: string,
  id: string,
): Promise<boolean> {
  const deleted = await transaction
    .deleteFrom("api_keys")
    .where("user_id", "=", userId)
    .where("id", "=", id)
    .executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

/** What a verified key may at most. */
export function findApiKeyRole(
  access: Access,
  id: string,
): Promise<Pick<ApiKeyRow, "user_id" | "role" | "name"> | undefined> {
  return access
    .selectFrom("api_keys")
    .select(["user_id", "role", "name"])
    .where("id", "=", id)
    .executeTakeFirst();
}

/** Whether there is a key with this hash that may be used at `now`. */
export async function hasLiveApiKey(access: Access, keyHash: string, now: Date): Promise<boolean> {
  const found = await access
    .selectFrom("api_keys")
    .select("id")
    .where("key_hash", "=", keyHash)
    .where("enabled", "=", true)
    .where(({ eb, or }) => or([eb("expires_at", "is", null), eb("expires_at", ">", now)]))
    .executeTakeFirst();
  return found !== undefined;
}

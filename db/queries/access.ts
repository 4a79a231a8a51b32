import type { Kysely, Selectable, Transaction } from "kysely";
import { sql } from "kysely";
import type { AccessSchema } from "../access-schema.ts";
import type { Schema } from "../schema.ts";

/** From db/access.ts: before the organization is known. */
export type Access = Kysely<Schema>;
/** One transaction of it. */
export type AccessTransaction = Transaction<Schema>;

export interface KnownPerson {
  id: string;
  email: string;
  name: string;
  role: "admin" | "member" | "viewer" | "auditor";
  tokens_valid_from: Date | null;
  organization_id: string;
  organization_name: string;
  organization_demo: boolean;
}

const personColumns = [
  "users.id",
  "users.email",
  "users.name",
  "users.role",
  "users.tokens_valid_from",
  "users.organization_id",
  "organizations.name as organization_name",
  "organizations.demo as organization_demo",
] as const;

/** The person as they are now, in whichever organization; undefined when they were removed. */
export function findKnownPerson(access: Access, userId: string): Promise<KnownPerson | undefined> {
  return access
    .selectFrom("users")
    .innerJoin("organizations", "organizations.id", "users.organization_id")
    .select(personColumns)
    .where("users.id", "=", userId)
    .executeTakeFirst();
}

/** Who signs in with this address, and the hash of their password when they have one. */
export function findSignIn(
  access: Access,
  email: string,
): Promise<(KnownPerson & { password: string | null; password_demo: boolean | null }) | undefined> {
  return access
    .selectFrom("users")
    .innerJoin("organizations", "organizations.id", "users.organization_id")
    .leftJoin("sign_in_accounts", (join) =>
      join
        .onRef("sign_in_accounts.user_id", "=", "users.id")
        .on("sign_in_accounts.provider_id", "=", "credential"),
    )
    .select([...personColumns, "sign_in_accounts.password", "sign_in_accounts.demo as password_demo"])
    .where("users.email", "=", email)
    .executeTakeFirst();
}

/** Newest first, live ones only. */
export function listLiveSessions(
  access: Access,
  userId: string,
  now: Date,
): Promise<Pick<Selectable<AccessSchema["sign_in_sessions"]>, SessionListColumn>[]> {
  return access
    .selectFrom("sign_in_sessions")
    .select(["id", "demo", "ip_address", "user_agent", "created_at", "updated_at"])
    .where("user_id", "=", userId)
    .where("expires_at", ">", now)
    .orderBy("created_at", "desc")
    .execute();
}
type SessionListColumn = "id" | "demo" | "ip_address" | "user_agent" | "created_at" | "updated_at";

/** Ends one of a person's sessions, or all but one; returns how many ended. */
export async function deleteSessions(
  access: Access,
  userId: string,
  which: { only: string } | { allBut: string | null },
): Promise<number> {
  let deletion = access.deleteFrom("sign_in_sessions").where("user_id", "=", userId);
  if ("only" in which) deletion = deletion.where("id", "=", which.only);
  else if (which.allBut !== null) deletion = deletion.where("id", "<>", which.allBut);
  return Number((await deletion.executeTakeFirst()).numDeletedRows);
}

/** The password was given in this session at `at`. */
export async function touchSignedIn(access: Access, sessionId: string, at: Date): Promise<void> {
  await access
    .updateTable("sign_in_sessions")
    .set({ signed_in_at: at })
    .where("id", "=", sessionId)
    .execute();
}

/** What a person's password account says; undefined: no password yet. */
export function findPasswordAccount(
  access: Access,
  userId: string,
): Promise<{ password: string | null; demo: boolean } | undefined> {
  return access
    .selectFrom("sign_in_accounts")
    .select(["password", "demo"])
    .where("user_id", "=", userId)
    .where("provider_id", "=", "credential")
    .executeTakeFirst();
}

/** Sets the password's hash; what was opened with the old one (tokens, refresh families) counts no more. */
export async function storePassword(
  transaction: AccessTransaction,
  password: { id: string; userId: string; hash: string; demo: boolean; at: Date },
): Promise<void> {
  const { id, userId, hash, demo, at } = password;
  await transaction
    .insertInto("sign_in_accounts")
    .values({
      id,
      user_id: userId,
      account_id: userId,
      provider_id: "credential",
      password: hash,
      demo,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) =>
      conflict.columns(["provider_id", "account_id"]).doUpdateSet({ password: hash, demo, updated_at: at }),
    )
    .execute();
  await transaction.updateTable("users").set({ tokens_valid_from: at }).where("id", "=", userId).execute();
  await transaction.deleteFrom("refresh_tokens").where("user_id", "=", userId).execute();
}

/** Whether an admin of this organization can sign in with a password that was not set by the demo's one click. */
export async function hasAdminWithPassword(access: Access, organizationId: string): Promise<boolean> {
  const found = await access
    .selectFrom("users")
    .innerJoin("sign_in_accounts", "sign_in_accounts.user_id", "users.id")
    .select("users.id")
    .where("users.organization_id", "=", organizationId)
    .where("users.role", "=", "admin")
    .where("sign_in_accounts.password", "is not", null)
    .where("sign_in_accounts.demo", "=", false)
    .executeTakeFirst();
  return found !== undefined;
}

/** The organization's first admin, who was there when it was made. */
export async function findFirstAdmin(access: Access, organizationId: string): Promise<string | undefined> {
  const found = await access
    .selectFrom("users")
    .select("id")
    .where("organization_id", "=", organizationId)
    .where("role", "=", "admin")
    .orderBy("created_at")
    .orderBy("email")
    .limit(1)
    .executeTakeFirst();
  return found?.id;
}

/** Ends everything that acts for a person: sessions, refresh tokens, API keys. */
export async function endAllAccess(transaction: AccessTransaction, userId: string): Promise<void> {
  await transaction.deleteFrom("sign_in_sessions").where("user_id", "=", userId).execute();
  await transaction.deleteFrom("refresh_tokens").where("user_id", "=", userId).execute();
  await transaction.deleteFrom("api_keys").where("user_id", "=", userId).execute();
}

/** A new organization with its first admin. */
export async function insertOrganizationWithAdmin(
  transaction: AccessTransaction,
  organization: { id: string; name: string },
  admin: { id: string; email: string; name: string },
): Promise<void> {
  await transaction.insertInto("organizations").values(organization).execute();
  await insertPerson(transaction, { ...admin, organization_id: organization.id, role: "admin" });
}

export async function insertPerson(
  transaction: AccessTransaction,
  person: { id: string; organization_id: string; email: string; name: string; role: KnownPerson["role"] },
): Promise<void> {
  await transaction.insertInto("users").values(person).execute();
}

/** Changes what a person may change of themselves. */
export async function updateOwnPerson(
  access: Access,
  userId: string,
  change: { email?: string; name?: string; at: Date },
): Promise<void> {
  const { at, ...fields } = change;
  await access
    .updateTable("users")
    .set({ ...fields, updated_at: at })
    .where("id", "=", userId)
    .execute();
}

/** Remembers when somebody signed in, and drops their sessions and refresh tokens that ended long ago. */
export async function noteSignIn(access: Access, userId: string, at: Date): Promise<void> {
  await access.transaction().execute(async (transaction) => {
    await transaction.updateTable("users").set({ last_login: at }).where("id", "=", userId).execute();
    await transaction
      .deleteFrom("sign_in_sessions")
      .where("user_id", "=", userId)
      .where("expires_at", "<", at)
      .execute();
    await transaction
      .deleteFrom("refresh_tokens")
      .where("user_id", "=", userId)
      .where("expires_at", "<", at)
      .execute();
  });
}

/**
 * Counts one more try and returns how many there were in this window, with its end. One statement, so that a
 * hundred tries at the same moment count as a hundred.
 */
export async function countAttempt(
  access: Access,
  key: string,
  now: Date,
  windowMs: number,
): Promise<{ count: number; windowEndsAt: Date }> {
  const end = new Date(now.getTime() + windowMs);
  const row = await access
    .insertInto("sign_in_attempts")
    .values({ key, attempt_count: 1, window_ends_at: end })
    .onConflict((conflict) =>
      conflict.column("key").doUpdateSet({
        attempt_count: sql<number>`case when sign_in_attempts.window_ends_at <= ${now} then 1
          else sign_in_attempts.attempt_count + 1 end`,
        window_ends_at: sql<Date>`case when sign_in_attempts.window_ends_at <= ${now} then ${end}
          else sign_in_attempts.window_ends_at end`,
      }),
    )
    .returning(["attempt_count", "window_ends_at"])
    .executeTakeFirstOrThrow();
  return { count: row.attempt_count, windowEndsAt: row.window_ends_at };
}

/** Forgets the tries of a key, and windows that are over. */
export async function forgetAttempts(access: Access, key: string, now: Date): Promise<void> {
  await access
    .deleteFrom("sign_in_attempts")
    .where((where) => where.or([where("key", "=", key), where("window_ends_at", "<", now)]))
    .execute();
}

import type { Insertable, Selectable } from "kysely";
import type { AccessSchema } from "../access-schema.ts";
import type { TenantTransaction } from "../client.ts";
import type { PersonRow } from "./organizations.ts";

export interface PersonListRow extends PersonRow {
  last_login: Date | null;
  created_at: Date;
}

const columns = ["id", "organization_id", "email", "name", "role", "last_login", "created_at"] as const;

/** The organization's people by name. */
export function selectPeople(transaction: TenantTransaction): Promise<PersonListRow[]> {
  return transaction.selectFrom("users").select(columns).orderBy("name").orderBy("email").execute();
}

/**
 * The organization's admins, locked until the transaction ends: of two who demote each other at once, the second
 * sees what the first did.
 */
export async function lockAdmins(transaction: TenantTransaction): Promise<string[]> {
  const rows = await transaction
    .selectFrom("users")
    .select("id")
    .where("role", "=", "admin")
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

export function findPersonInOrganization(
  transaction: TenantTransaction,
  id: string,
): Promise<PersonRow | undefined> {
  return transaction
    .selectFrom("users")
    .select(["id", "organization_id", "email", "name", "role"])
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function updateRole(
  transaction: TenantTransaction,
  id: string,
  role: PersonRow["role"],
  at: Date,
): Promise<void> {
  await transaction.updateTable("users").set({ role, updated_at: at }).where("id", "=", id).execute();
}

/** Removes a person with their sessions, tokens, keys and links; their name stays for what they did. */
export async function removePerson(
  transaction: TenantTransaction,
  person: PersonRow,
  removed: { by: string; at: Date },
): Promise<void> {
  await transaction
    .insertInto("former_people")
    .values({
      id: person.id,
      organization_id: person.organization_id,
      email: person.email,
      name: person.name,
      removed_at: removed.at,
      removed_by: removed.by,
    })
    .onConflict((conflict) => conflict.column("id").doNothing()) // a demo person comes back at each start
    .execute();
  await transaction.deleteFrom("users").where("id", "=", person.id).execute();
}

/** Names of people, also of removed ones; whoever is unknown is left out. */
export async function selectPersonNames(
  transaction: TenantTransaction,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await transaction
    .selectFrom("former_people")
    .select(["id", "name"])
    .where("id", "in", [...ids])
    .unionAll(
      transaction
        .selectFrom("users")
        .select(["id", "name"])
        .where("id", "in", [...ids]),
    )
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export type InvitationRow = Selectable<AccessSchema["invitations"]>;

export async function insertInvitation(
  transaction: TenantTransaction,
  invitation: Insertable<AccessSchema["invitations"]>,
): Promise<void> {
  await transaction.insertInto("invitations").values(invitation).execute();
}

/** Invitations that can still be used, newest first. */
export function selectOpenInvitations(transaction: TenantTransaction, now: Date): Promise<InvitationRow[]> {
  return transaction
    .selectFrom("invitations")
    .selectAll()
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .orderBy("created_at", "desc")
    .execute();
}

/** Ends open invitations: one by its id, or all of an address. Returns how many. */
export async function revokeInvitations(
  transaction: TenantTransaction,
  which: { id: string } | { email: string },
  at: Date,
): Promise<number> {
  const open = transaction
    .updateTable("invitations")
    .set({ revoked_at: at })
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null);
  const result = await ("id" in which
    ? open.where("id", "=", which.id)
    : open.where("email", "=", which.email)
  ).executeTakeFirst();
  return Number(result.numUpdatedRows);
}

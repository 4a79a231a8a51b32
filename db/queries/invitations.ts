import type { Access, AccessTransaction } from "./access.ts";
import type { PersonRow } from "./organizations.ts";

export interface OpenInvitation {
  id: string;
  organization_id: string;
  organization_name: string;
  /** Set: a new password for this person. Null: somebody new. */
  user_id: string | null;
  email: string;
  role: PersonRow["role"];
  invited_by: string;
  /** Made in a session of the demo's one click. */
  demo: boolean;
}

/** The invitation behind a link, if it can still be used. */
export function findOpenInvitation(
  access: Access,
  tokenHash: string,
  now: Date,
): Promise<OpenInvitation | undefined> {
  return access
    .selectFrom("invitations")
    .innerJoin("organizations", "organizations.id", "invitations.organization_id")
    .select([
      "invitations.id",
      "invitations.organization_id",
      "organizations.name as organization_name",
      "invitations.user_id",
      "invitations.email",
      "invitations.role",
      "invitations.invited_by",
      "invitations.demo",
    ])
    .where("token_hash", "=", tokenHash)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
}

/** Uses the invitation up; false when somebody else just did, or it was revoked. */
export async function acceptInvitation(
  transaction: AccessTransaction,
  id: string,
  now: Date,
): Promise<boolean> {
  const accepted = await transaction
    .updateTable("invitations")
    .set({ accepted_at: now })
    .where("id", "=", id)
    .where("accepted_at", "is", null)
    .where("revoked_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return accepted.numUpdatedRows > 0n;
}

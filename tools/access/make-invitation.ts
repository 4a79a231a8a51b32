import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { insertInvitation, revokeInvitations } from "@cloudoptima/db/queries/people.ts";
import { z } from "zod";
import type { WriteContext } from "../kernel/context.ts";
import type { Role } from "../kernel/permissions.ts";
import { createOneTimeToken } from "./one-time-token.ts";
import { Invitation } from "./people-shapes.ts";

const lifetimeMs = 7 * 24 * 3600_000;

export const MadeInvitation = z.object({
  invitation: Invitation,
  /** The page to hand over, from the product's address on; the secret is shown this once. */
  path: z.string(),
});

/** Makes a single-use link, whose token is in the fragment (no log sees it); an open one of the address ends. */
export async function makeInvitation(
  ctx: WriteContext,
  transaction: TenantTransaction,
  invited: { email: string; role: Role; userId: string | null },
): Promise<z.infer<typeof MadeInvitation>> {
  // The real clock: expiry is safety, not business time.
  const now = new Date();
  const expiresAt = new Date(now.getTime() + lifetimeMs);
  const { token, hash } = createOneTimeToken();
  const { email, role, userId } = invited;
  const id = ctx.newId();
  await revokeInvitations(transaction, { email }, now);
  await insertInvitation(transaction, {
    id,
    organization_id: ctx.actor.organizationId,
    user_id: userId,
    email,
    role,
    token_hash: hash,
    invited_by: ctx.actor.userId,
    demo: ctx.actor.demo === true,
    created_at: now,
    expires_at: expiresAt,
  });
  return {
    invitation: {
      id,
      kind: userId ? "password" : "join",
      email,
      role,
      createdAt: now.toISOString(),
      expiresAt: expiresAt.toISOString(),
    },
    path: `/join#${token}`,
  };
}

import type { Access } from "./access.ts";

export interface NewRefreshToken {
  id: string;
  userId: string;
  familyId: string;
  tokenHash: string;
  now: Date;
  expiresAt: Date;
}

export async function insertRefreshToken(access: Access, token: NewRefreshToken): Promise<void> {
  await access
    .insertInto("refresh_tokens")
    .values({
      id: token.id,
      user_id: token.userId,
      family_id: token.familyId,
      token_hash: token.tokenHash,
      created_at: token.now,
      expires_at: token.expiresAt,
    })
    .execute();
}

/**
 * Uses a token up. Of two who present it at once, one gets `used`; whoever presents a used one again ends its whole
 * family, because one of the two holders stole it.
 */
export function useRefreshToken(
  access: Access,
  tokenHash: string,
  now: Date,
): Promise<
  { outcome: "used"; userId: string; familyId: string } | { outcome: "reused"; userId: string } | null
> {
  return access.transaction().execute(async (transaction) => {
    const used = await transaction
      .updateTable("refresh_tokens")
      .set({ used_at: now })
      .where("token_hash", "=", tokenHash)
      .where("used_at", "is", null)
      .where("revoked_at", "is", null)
      .where("expires_at", ">", now)
      .returning(["user_id", "family_id"])
      .executeTakeFirst();
    if (used) return { outcome: "used" as const, userId: used.user_id, familyId: used.family_id };
    const known = await transaction
      .selectFrom("refresh_tokens")
      .select(["user_id", "family_id", "used_at"])
      .where("token_hash", "=", tokenHash)
      .executeTakeFirst();
    if (!known?.used_at) return null;
    await transaction
      .updateTable("refresh_tokens")
      .set({ revoked_at: now })
      .where("family_id", "=", known.family_id)
      .where("revoked_at", "is", null)
      .execute();
    return { outcome: "reused" as const, userId: known.user_id };
  });
}

/** Ends the family of a token; returns whose it was. */
export async function revokeFamily(
  access: Access,
  tokenHash: string,
  now: Date,
): Promise<string | undefined> {
  const rows = await access
    .updateTable("refresh_tokens")
    .set({ revoked_at: now })
    .where("family_id", "in", (query) =>
      query.selectFrom("refresh_tokens").select("family_id").where("token_hash", "=", tokenHash),
    )
    .where("revoked_at", "is", null)
    .returning("user_id")
    .execute();
  return rows[0]?.user_id;
}

import { countAttempt } from "@cloudoptima/db/queries/access.ts";
import { findApiKeyRole, hasLiveApiKey } from "@cloudoptima/db/queries/api-keys.ts";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import { narrowerRole } from "../kernel/permissions.ts";
import type { AccessParts } from "./access-parts.ts";
import { apiKeyPrefix } from "./api-key-prefix.ts";
import type { Auth } from "./auth.ts";
import { findActor } from "./find-actor.ts";

/**
 * Who an API key stands for: its owner as they are now, with the key's role but never more than the owner's.
 * Null for a key that is unknown, expired or revoked; throws `rate_limited` for one that is used too often, and where
 * the database does not answer.
 */
export async function actorOfApiKey(
  parts: AccessParts & { auth(): Promise<Auth> },
  key: string,
): Promise<Actor | null> {
  if (!key.startsWith(apiKeyPrefix) || key.length > 200) return null;
  const auth = await parts.auth();
  const checked = await auth.api.verifyApiKey({ body: { key } });
  if (!checked.valid || !checked.key) {
    await refuseUnchecked(parts, key);
    return null;
  }
  await limitUse(parts, checked.key);
  const stored = await findApiKeyRole(parts.access, checked.key.id);
  const found = stored && (await findActor(parts, stored.user_id, "api_key"));
  const role = found && narrowerRole(stored.role, found.actor.role);
  return role ? { ...found.actor, role } : null;
}

/**
 * Counts a use of the key in its window. The library's own limit has no window: it counts until the key rests for as
 * long, so that an assistant with ten questions a minute would be stopped after an hour.
 */
async function limitUse(
  { access, realNow }: AccessParts,
  { id, rateLimitMax: most, rateLimitTimeWindow: windowMs }: CheckedKey,
): Promise<void> {
  if (most === null || windowMs === null) return;
  const now = realNow();
  const { count, windowEndsAt } = await countAttempt(access, `api_key:${id}`, now, windowMs);
  if (count <= most) return;
  const seconds = Math.max(1, Math.ceil((windowEndsAt.getTime() - now.getTime()) / 1000));
  throw new AppError("rate_limited", "This API key is used too often.", {
    hint: `Wait ${seconds} s.`,
    details: { retryAfterSeconds: seconds },
  });
}

type CheckedKey = NonNullable<Awaited<ReturnType<Auth["api"]["verifyApiKey"]>>["key"]>;

/** The library calls a key invalid also where the database did not answer: a program would throw a good key away. */
async function refuseUnchecked({ access, realNow }: AccessParts, key: string): Promise<void> {
  const { defaultKeyHasher } = await import("@better-auth/api-key");
  if (!(await hasLiveApiKey(access, await defaultKeyHasher(key), realNow()))) return;
  throw new AppError("unavailable", "This API key cannot be checked right now.", {
    hint: "Try again in a moment.",
  });
}

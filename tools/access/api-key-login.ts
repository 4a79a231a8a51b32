import { findApiKeyRole, hasLiveApiKey } from "@cloudoptima/db/queries/api-keys.ts";
import { z } from "zod";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import { narrowerRole } from "../kernel/permissions.ts";
import type { AccessParts } from "./access-parts.ts";
import { apiKeyPrefix } from "./api-key-prefix.ts";
import type { Auth } from "./auth.ts";
import { findActor } from "./find-actor.ts";

/** What the library adds to a refusal, in milliseconds. */
const Limited = z.object({ details: z.object({ tryAgainIn: z.number() }) });

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
    if (checked.error?.code === "RATE_LIMITED") {
      const { tryAgainIn } = Limited.parse(checked.error).details;
      throw new AppError("rate_limited", "This API key is used too often.", {
        hint: "Wait a minute.",
        details: { retryAfterSeconds: Math.max(1, Math.ceil(tryAgainIn / 1000)) },
      });
    }
    await refuseUnchecked(parts, key);
    return null;
  }
  const stored = await findApiKeyRole(parts.access, checked.key.id);
  const found = stored && (await findActor(parts, stored.user_id, "api_key"));
  const role = found && narrowerRole(stored.role, found.actor.role);
  return role ? { ...found.actor, role } : null;
}

/** The library calls a key invalid also where the database did not answer: a program would throw a good key away. */
async function refuseUnchecked({ access, realNow }: AccessParts, key: string): Promise<void> {
  const { defaultKeyHasher } = await import("@better-auth/api-key");
  if (!(await hasLiveApiKey(access, await defaultKeyHasher(key), realNow()))) return;
  throw new AppError("unavailable", "This API key cannot be checked right now.", {
    hint: "Try again in a moment.",
  });
}

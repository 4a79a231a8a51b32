import type { BrowserSession } from "@cloudoptima/tools/access/browser-sessions.ts";
import type { People } from "@cloudoptima/tools/access/people.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";

/** The headers by which a request says who sends it. */
export interface Credentials {
  cookie?: string | undefined;
  authorization?: string | undefined;
  apiKey?: string | undefined;
}

export interface Identified {
  actor: Actor;
  /** Null for a program with a token or a key. */
  session: BrowserSession | null;
}

/**
 * Who sends a request: a program that shows a token or a key, else the browser whose session the cookie is. Null for
 * nobody. A secret that does not count is refused, never passed over: the caller would act as somebody else.
 */
export async function identify(people: People, credentials: Credentials): Promise<Identified | null> {
  const secret = readSecret(credentials);
  if (secret !== null) {
    const actor = secret === "" ? null : await people.actorOfSecret(secret);
    if (actor) return { actor, session: null };
    throw new AppError("unauthenticated", "This token or API key does not count (any more).", {
      hint: "Refresh the token, sign in again, or make a new key on the Account page.",
    });
  }
  const session = await people.sessions.read(credentials.cookie);
  return session && { actor: session.actor, session };
}

/** `Authorization: Bearer ...` or `X-API-Key: ...`; null where neither is given, empty where they make no sense. */
function readSecret({ authorization, apiKey }: Credentials): string | null {
  if (authorization === undefined) return apiKey === undefined ? null : apiKey.trim();
  if (apiKey !== undefined) return "";
  return /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "";
}

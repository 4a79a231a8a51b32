import { randomUUID } from "node:crypto";
import { noteSignIn } from "@cloudoptima/db/queries/access.ts";
import { insertRefreshToken, revokeFamily, useRefreshToken } from "@cloudoptima/db/queries/refresh-tokens.ts";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import type { AccessParts, Caller } from "./access-parts.ts";
import { accessTokenSeconds, readAccessToken, signAccessToken } from "./access-token.ts";
import { auditPerson } from "./audit-person.ts";
import { checkPassword, type GivenCredentials } from "./check-password.ts";
import { findActor } from "./find-actor.ts";
import { createOneTimeToken, hashOneTimeToken } from "./one-time-token.ts";

export interface IssuedTokens {
  accessToken: string;
  tokenType: "Bearer";
  /** Seconds until the access token expires. */
  expiresIn: number;
  refreshToken: string;
  /** Seconds until the refresh token expires; each use brings a new one. */
  refreshExpiresIn: number;
}

const refreshSeconds = 7 * 24 * 3600;

export interface TokenLogin {
  login(credentials: GivenCredentials, caller: Caller): Promise<IssuedTokens>;
  /** For a person who was just made. */
  issueTo(userId: string): Promise<IssuedTokens>;
  /** Trades a refresh token for a new pair; one that was used before ends its whole family. */
  refresh(refreshToken: string, caller: Caller): Promise<IssuedTokens>;
  /** Ends the family of the refresh token; an unknown one is no error. */
  logout(refreshToken: string, caller: Caller): Promise<void>;
  /** Who an access token stands for, with their role as it is now; null for one that does not count. */
  actorOf(accessToken: string): Promise<Actor | null>;
}

/** Tokens for programs that act for a person: 15 minutes to act, 7 days to come back. */
export function createTokenLogin(parts: AccessParts): TokenLogin {
  const { access, keys, realNow } = parts;

  async function issue(userId: string, familyId: string): Promise<IssuedTokens> {
    const found = await findActor(parts, userId, "token");
    if (!found) throw expired();
    const { token, hash } = createOneTimeToken();
    const now = realNow();
    await insertRefreshToken(access, {
      id: randomUUID(),
      userId,
      familyId,
      tokenHash: hash,
      now,
      expiresAt: new Date(now.getTime() + refreshSeconds * 1000),
    });
    return {
      accessToken: await signAccessToken(keys.token, found.person, now),
      tokenType: "Bearer",
      expiresIn: accessTokenSeconds,
      refreshToken: token,
      refreshExpiresIn: refreshSeconds,
    };
  }

  async function audit(userId: string, action: string, outcome: "done" | "refused", caller: Caller) {
    const found = await findActor(parts, userId, "token");
    if (found) await auditPerson(parts, found.actor, caller, { action, outcome });
  }

  return {
    async login(credentials, caller) {
      const { person } = await checkPassword(parts, credentials, caller, "token");
      const tokens = await issue(person.id, randomUUID());
      await noteSignIn(access, person.id, realNow());
      await audit(person.id, "login", "done", caller);
      return tokens;
    },
    issueTo: (userId) => issue(userId, randomUUID()),
    async refresh(refreshToken, caller) {
      const result = await useRefreshToken(access, hashOneTimeToken(refreshToken), realNow());
      if (!result) throw expired();
      if (result.outcome === "reused") {
        await audit(result.userId, "refresh_reused", "refused", caller);
        throw new AppError("unauthenticated", "This refresh token was used before; all of its kind ended.", {
          hint: "Sign in again. If you did not use it twice, somebody else did: change your password.",
        });
      }
      return issue(result.userId, result.familyId);
    },
    async logout(refreshToken, caller) {
      const userId = await revokeFamily(access, hashOneTimeToken(refreshToken), realNow());
      if (userId) await audit(userId, "logout", "done", caller);
    },
    async actorOf(accessToken) {
      const claims = await readAccessToken(keys.token, accessToken, realNow());
      if (!claims) return null;
      const found = await findActor(parts, claims.sub, "token");
      if (!found || found.person.organization_id !== claims.org_id) return null;
      const { tokens_valid_from: validFrom } = found.person;
      if (validFrom && claims.iat < Math.floor(validFrom.getTime() / 1000)) return null;
      return found.actor;
    },
  };
}

function expired(): AppError {
  return new AppError("unauthenticated", "This refresh token does not count (any more).", {
    hint: "Sign in again with address and password.",
  });
}

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { AzureError } from "./azure-error.ts";

const lifetimeSeconds = 3600;

/** Issues and checks bearer tokens; the key lives as long as the server. */
export interface Tokens {
  issue(scope: string): { token: string; expiresInSeconds: number };
  check(authorization: string | undefined): void;
  /** Every token issued so far is too old from now on. */
  expireAll(): void;
}

export function createTokens(options: {
  tenantId: string;
  clientId: string;
  audiences: () => string[];
}): Tokens {
  const key = randomBytes(32);
  const sign = (text: string) => createHmac("sha256", key).update(text).digest();
  let issuedCount = 0;
  let expiredCount = 0;
  const header = encode({ typ: "JWT", alg: "HS256" });

  return {
    issue(scope) {
      const issuedAt = Math.floor(Date.now() / 1000);
      const payload = encode({
        aud: scope.replace(/\/\.default$/, ""),
        iss: `https://sts.windows.net/${options.tenantId}/`,
        iat: issuedAt,
        nbf: issuedAt,
        exp: issuedAt + lifetimeSeconds,
        appid: options.clientId,
        tid: options.tenantId,
        uti: String(++issuedCount),
      });
      const token = `${header}.${payload}.${sign(`${header}.${payload}`).toString("base64url")}`;
      return { token, expiresInSeconds: lifetimeSeconds };
    },
    check(authorization) {
      const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
      if (!token)
        throw refused(
          "AuthenticationFailed",
          "Authentication failed. The 'Authorization' header is missing.",
        );
      const [head = "", payload = "", signature = ""] = token.split(".");
      const given = Buffer.from(signature, "base64url");
      const expected = sign(`${head}.${payload}`);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
        throw refused("InvalidAuthenticationToken", "The access token is invalid.");
      }
      const claims: { aud: string; exp: number; uti: string } = JSON.parse(
        Buffer.from(payload, "base64url").toString(),
      );
      if (claims.exp * 1000 < Date.now() || Number(claims.uti) <= expiredCount) {
        throw refused(
          "ExpiredAuthenticationToken",
          "The access token expiry is earlier than the current time.",
        );
      }
      const audience = claims.aud.replace(/\/+$/, "");
      if (!options.audiences().includes(audience)) {
        throw refused(
          "InvalidAuthenticationTokenAudience",
          `The access token has been obtained for wrong audience or resource '${audience}'.`,
        );
      }
    },
    expireAll() {
      expiredCount = issuedCount;
    },
  };

  function refused(code: string, message: string) {
    return new AzureError(401, code, message, {
      headers: {
        "WWW-Authenticate": `Bearer authorization_uri="https://login.microsoftonline.com/${options.tenantId}", error="invalid_token", error_description="${message.replaceAll('"', "'")}"`,
      },
    });
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

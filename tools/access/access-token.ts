import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { RoleName } from "./access-shapes.ts";

/** Exactly the claims of technical-design 7.1. */
const Claims = z.strictObject({
  sub: z.uuid(),
  org_id: z.uuid(),
  role: RoleName,
  iat: z.int(),
  exp: z.int(),
});
export type AccessTokenClaims = z.infer<typeof Claims>;

export const accessTokenSeconds = 15 * 60;
const algorithm = "HS256";

export function signAccessToken(
  key: Uint8Array,
  person: { id: string; organization_id: string; role: AccessTokenClaims["role"] },
  now: Date,
): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ org_id: person.organization_id, role: person.role })
    .setProtectedHeader({ alg: algorithm, typ: "JWT" })
    .setSubject(person.id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + accessTokenSeconds)
    .sign(key);
}

/** Null for a token that is expired, altered, unsigned, or signed otherwise or with another key. */
export async function readAccessToken(
  key: Uint8Array,
  token: string,
  now: Date,
): Promise<AccessTokenClaims | null> {
  try {
    const { payload } = await jwtVerify(token, key, { algorithms: [algorithm], currentDate: now });
    return Claims.parse(payload);
  } catch {
    return null;
  }
}

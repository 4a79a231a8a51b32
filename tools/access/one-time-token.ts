import { createHash, randomBytes } from "node:crypto";

/** A secret of 256 random bits for a link or a refresh token; only its hash is stored. */
export function createOneTimeToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashOneTimeToken(token) };
}

/** Unsalted, because nobody guesses 256 random bits. */
export function hashOneTimeToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

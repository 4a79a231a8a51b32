import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const lifetimeMs = 60 * 60 * 1000;

/** A link that signs in the first admin once. The operator who reads the terminal is who may use it. */
export interface SetupLink {
  /** Goes into the fragment of the address, which no log and no Referer ever sees. */
  token: string;
  /** True once for the right token, within an hour of the start; false ever after. */
  redeem(token: string): boolean;
  /** What it was redeemed for failed: it may be used again. */
  restore(): void;
}

export function createSetupLink(now: () => number = Date.now): SetupLink {
  const token = randomBytes(24).toString("base64url");
  const expiresAt = now() + lifetimeMs;
  let used = false;
  return {
    token,
    redeem(candidate) {
      if (used || now() > expiresAt || !sameText(candidate, token)) return false;
      used = true;
      return true;
    },
    restore() {
      used = false;
    },
  };
}

/** Compares in constant time, whatever the lengths. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

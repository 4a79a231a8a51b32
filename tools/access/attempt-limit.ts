import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { countAttempt, forgetAttempts } from "@cloudoptima/db/queries/access.ts";
import { AppError } from "../kernel/errors.ts";
import type { AccessParts } from "./access-parts.ts";

type LimitParts = Pick<AccessParts, "access" | "realNow">;

const windowMs = 15 * 60_000;
/** Wrong passwords for one account; the right one starts anew. */
const mostPerAccount = 10;
/** Tries from one address, over all accounts. */
const mostPerAddress = 60;

/**
 * Counts a try to sign in before the password is looked at, so that many at the same moment count as many.
 * Throws `rate_limited` when there were too many; the account need not exist.
 */
export async function limitAttempts(parts: LimitParts, account: string, address: string): Promise<void> {
  await limitAddress(parts, address);
  // Only then: an address that is refused must not lock other people's accounts.
  await count(parts, accountKey(account), mostPerAccount);
}

/** The same for what has no account yet, such as registering. */
export function limitAddress(parts: LimitParts, address: string): Promise<void> {
  return count(parts, addressKey(address), mostPerAddress);
}

async function count({ access, realNow }: LimitParts, key: string, most: number): Promise<void> {
  const now = realNow();
  const { count: tries, windowEndsAt } = await countAttempt(access, key, now, windowMs);
  if (tries <= most) return;
  const seconds = Math.max(1, Math.ceil((windowEndsAt.getTime() - now.getTime()) / 1000));
  throw new AppError("rate_limited", "There were too many tries to sign in.", {
    hint: `Wait ${Math.ceil(seconds / 60)} min, then try again.`,
    details: { retryAfterSeconds: seconds },
  });
}

/** The right password was given: earlier wrong ones count no more. */
export function forgiveAttempts({ access, realNow }: LimitParts, account: string): Promise<void> {
  return forgetAttempts(access, accountKey(account), realNow());
}

// Hashed, because people type their password into the address field.
const accountKey = (account: string) =>
  `account:${createHash("sha256").update(account.toLowerCase()).digest("base64url")}`;

const addressKey = (address: string) => `address:${isIPv6(address) ? networkOf(address) : address}`;

/** The first 64 bits: one household or host has all addresses below them. */
function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  const [head = "", tail] = address.split("%")[0]!.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: Math.max(0, zeros) }, () => "0"), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, "").toLowerCase())
    .join(":");
}

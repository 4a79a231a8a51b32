import { findSignIn, type KnownPerson } from "@cloudoptima/db/queries/access.ts";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import type { AccessParts, Caller } from "./access-parts.ts";
import { forgiveAttempts, limitAttempts } from "./attempt-limit.ts";
import { auditPerson } from "./audit-person.ts";
import { actorOf } from "./find-actor.ts";

export interface GivenCredentials {
  email: string;
  password: string;
}

export interface CheckedPerson {
  person: KnownPerson;
  /** The password was set while signed in by the demo's one click: it opens no more than that click. */
  demo: boolean;
}

/**
 * Whose password this is. Throws `unauthenticated`, the same after the same work whether the address is unknown, has
 * no password or the password is wrong, and `rate_limited` after too many tries. Every failure of a known person is
 * audited in their organization.
 */
export async function checkPassword(
  parts: AccessParts,
  { email, password }: GivenCredentials,
  caller: Caller,
  via: Actor["via"],
  /** Whose wrong tries count; of a session that is open already, its own: strangers who try the address lock nobody out of it. */
  counted = email.trim().toLowerCase(),
): Promise<CheckedPerson> {
  const { access, passwords, demo } = parts;
  const address = email.trim().toLowerCase();
  const found = await findSignIn(access, address);
  const person = found && (demo || !found.organization_demo) ? found : undefined;
  const refuse = async (reason: string) => {
    if (!person) return;
    await auditPerson(parts, actorOf(person, via), caller, {
      action: "sign_in",
      outcome: "refused",
      details: { reason },
    });
  };
  try {
    await limitAttempts(parts, counted, caller.address);
  } catch (error) {
    await refuse("too many tries");
    throw error;
  }
  // As much work for an address that nobody has, so that time does not tell who has an account.
  const right = person?.password
    ? await passwords.verify({ hash: person.password, password })
    : await passwords.hash(password).then(() => false);
  if (!person || !right) {
    await refuse("wrong password");
    throw new AppError("unauthenticated", "This address and password do not belong together.", {
      hint: "Check both; after ten wrong passwords you have to wait a quarter of an hour.",
    });
  }
  await forgiveAttempts(parts, counted);
  return { person, demo: person.password_demo === true };
}

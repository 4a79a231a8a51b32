import { randomUUID } from "node:crypto";
import { findPasswordAccount, storePassword, updateOwnPerson } from "@cloudoptima/db/queries/access.ts";
import { AppError } from "../kernel/errors.ts";
import type { AccessParts, Caller } from "./access-parts.ts";
import { auditPerson } from "./audit-person.ts";
import type { BrowserSession, BrowserSessions } from "./browser-sessions.ts";
import { checkPassword } from "./check-password.ts";

/** What people change of themselves, in a browser. */
export interface OwnAccount {
  hasPassword(userId: string): Promise<boolean>;
  /** The first one, or a new one against the present one. All other sessions and all tokens end. */
  setPassword(
    session: BrowserSession,
    passwords: { current?: string | undefined; next: string },
    caller: Caller,
  ): Promise<void>;
  setName(session: BrowserSession, name: string, caller: Caller): Promise<void>;
}

export function createOwnAccount(parts: AccessParts, sessions: BrowserSessions): OwnAccount {
  const { access, passwords, realNow } = parts;
  const audit = (session: BrowserSession, action: string, caller: Caller) =>
    auditPerson(parts, session.actor, caller, { action, outcome: "done" });

  return {
    async hasPassword(userId) {
      return Boolean((await findPasswordAccount(access, userId))?.password);
    },
    async setPassword(session, { current, next }, caller) {
      const { userId, demo = false } = session.actor;
      const account = await findPasswordAccount(access, userId);
      if (account?.password) {
        if (!current) throw new AppError("invalid_input", "Give your present password too.");
        await checkPassword(parts, { email: session.email, password: current }, caller, "session");
      } else if (!session.actor.signedInAt) {
        throw new AppError("forbidden", "Sign in again before you set a password.");
      }
      const hash = await passwords.hash(next);
      await access.transaction().execute((transaction) =>
        storePassword(transaction, {
          id: randomUUID(),
          userId,
          hash,
          // One click must not become more than one click by way of a password that it set.
          demo: account?.password ? account.demo : demo,
          at: realNow(),
        }),
      );
      await sessions.endOthers(userId, session.id);
      await audit(session, "set_password", caller);
    },
    async setName(session, name, caller) {
      await updateOwnPerson(access, session.actor.userId, { name, at: realNow() });
      await audit(session, "set_own_name", caller);
    },
  };
}

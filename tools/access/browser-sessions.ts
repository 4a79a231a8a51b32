import {
  deleteSessions,
  findPasswordAccount,
  listLiveSessions,
  noteSignIn,
  touchSignedIn,
} from "@cloudoptima/db/queries/access.ts";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/errors.ts";
import type { AccessParts, Caller } from "./access-parts.ts";
import { auditPerson } from "./audit-person.ts";
import { type Auth, callerAddressHeader } from "./auth.ts";
import { checkPassword, type GivenCredentials } from "./check-password.ts";
import { findActor } from "./find-actor.ts";

export interface BrowserSession {
  id: string;
  actor: Actor;
  email: string;
  /** Headers for the answer: the cookie is renewed now and then. */
  setCookies: string[];
}

export interface ListedSession {
  id: string;
  /** The one that asks. */
  current: boolean;
  demo: boolean;
  address: string;
  userAgent: string;
  createdAt: string;
  lastSeenAt: string;
}

export interface HowOpened {
  demo: boolean;
  /** As the audit log calls it. */
  action: string;
  details?: Record<string, unknown>;
}

export interface BrowserSessions {
  signIn(credentials: GivenCredentials, caller: Caller): Promise<BrowserSession>;
  /** Opens a session for somebody who was checked otherwise: the demo's click, a set-up link, an invitation. */
  open(userId: string, how: HowOpened, caller: Caller): Promise<BrowserSession>;
  /** Null for a missing, altered, expired or revoked cookie, and for a removed person. */
  read(cookieHeader: string | undefined): Promise<BrowserSession | null>;
  /** The password once more, for what needs a fresh sign-in; a demo person without one has the demo's click. */
  signInAgain(session: BrowserSession, password: string | undefined, caller: Caller): Promise<void>;
  /** Ends the cookie's session; returns headers that remove the cookie. */
  signOut(cookieHeader: string | undefined, caller: Caller): Promise<string[]>;
  list(session: BrowserSession): Promise<ListedSession[]>;
  end(session: BrowserSession, id: string): Promise<void>;
  /** Ends all of a person's sessions but one. */
  endOthers(userId: string, keep: string | null): Promise<void>;
}

interface BrowserSessionParts extends AccessParts {
  auth(): Promise<Auth>;
  /** Whether the demo's click may still sign in: nothing real is connected. */
  demoSignIn(): Promise<boolean>;
}

/** Sessions of browsers: in the database, so that each can be listed and revoked, each bound to a signed cookie. */
export function createBrowserSessions(parts: BrowserSessionParts): BrowserSessions {
  const { access, realNow } = parts;

  async function open(
    userId: string,
    { demo, action, details }: HowOpened,
    caller: Caller,
  ): Promise<BrowserSession> {
    const auth = await parts.auth();
    const signedInAt = realNow();
    const { headers, response } = await auth.api.openSession({
      body: { userId, demo, signedInAt },
      headers: headersOf(undefined, caller),
      returnHeaders: true,
    });
    const found = await findActor(parts, userId, "session");
    if (!found) throw new AppError("unauthenticated", "This person was removed.");
    await noteSignIn(access, userId, signedInAt);
    const actor = withSignIn(found.actor, demo, signedInAt);
    await auditPerson(parts, actor, caller, { action, outcome: "done", details: { demo, ...details } });
    return {
      id: response.sessionId,
      actor,
      email: found.person.email,
      setCookies: headers.getSetCookie(),
    };
  }

  return {
    open,
    async signIn(credentials, caller) {
      const { person, demo } = await checkPassword(parts, credentials, caller, "session");
      return open(person.id, { demo, action: "sign_in" }, caller);
    },
    async read(cookieHeader) {
      if (!cookieHeader) return null;
      const auth = await parts.auth();
      const { headers, response } = await auth.api.getSession({
        headers: headersOf(cookieHeader),
        returnHeaders: true,
      });
      if (!response) return null;
      const { session } = response;
      const found = await findActor(parts, session.userId, "session");
      if (!found) return null;
      // After something real was connected, the demo's click proves nothing fresh.
      const proves = !session.demo || (await parts.demoSignIn());
      return {
        id: session.id,
        actor: withSignIn(found.actor, session.demo, proves ? session.signedInAt : undefined),
        email: found.person.email,
        setCookies: headers.getSetCookie(),
      };
    },
    async signInAgain(session, password, caller) {
      const { userId } = session.actor;
      const account = await findPasswordAccount(access, userId);
      if (account?.password) {
        const given = { email: session.email, password: password ?? "" };
        await checkPassword(parts, given, caller, "session", `session:${session.id}`);
      } else if (!(session.actor.demo && (await parts.demoSignIn()))) {
        throw new AppError("forbidden", "You have no password yet.", {
          hint: "Set one on the Account page, then try again.",
        });
      }
      await touchSignedIn(access, session.id, realNow());
    },
    async signOut(cookieHeader, caller) {
      const auth = await parts.auth();
      const session = await this.read(cookieHeader);
      if (session) {
        await auditPerson(parts, session.actor, caller, { action: "sign_out", outcome: "done" });
      }
      const { headers } = await auth.api.signOut({ headers: headersOf(cookieHeader), returnHeaders: true });
      return headers.getSetCookie();
    },
    async list(session) {
      const rows = await listLiveSessions(access, session.actor.userId, realNow());
      return rows.map((row) => ({
        id: row.id,
        current: row.id === session.id,
        demo: row.demo,
        address: row.ip_address ?? "",
        userAgent: row.user_agent ?? "",
        createdAt: row.created_at.toISOString(),
        lastSeenAt: row.updated_at.toISOString(),
      }));
    },
    async end(session, id) {
      if ((await deleteSessions(access, session.actor.userId, { only: id })) === 0) {
        throw new AppError("not_found", "There is no such session.");
      }
    },
    async endOthers(userId, keep) {
      await deleteSessions(access, userId, { allBut: keep });
    },
  };
}

function withSignIn(actor: Actor, demo: boolean, signedInAt: Date | undefined): Actor {
  return {
    ...actor,
    ...(demo ? { demo } : {}),
    ...(signedInAt ? { signedInAt: signedInAt.toISOString() } : {}),
  };
}

function headersOf(cookie: string | undefined, caller?: Caller): Headers {
  const headers = new Headers();
  if (cookie) headers.set("cookie", cookie);
  if (caller) {
    headers.set(callerAddressHeader, caller.address);
    headers.set("user-agent", caller.userAgent.slice(0, 300));
  }
  return headers;
}

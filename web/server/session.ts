import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";

const cookieName = "cloudoptima_session";
const lifetimeSeconds = 30 * 24 * 3600;

const Claims = z.object({ sub: z.string(), organizationId: z.string() });

/** Who signed in, and which organization they look at. The role is looked up again at each request. */
interface Session {
  userId: string;
  organizationId: string;
}

export interface Sessions {
  /** The Set-Cookie header that signs in: HttpOnly and SameSite=Strict, so no script and no other site has it. */
  start(session: Session): Promise<string>;
  /** Null for a missing, altered or expired cookie. */
  read(cookieHeader: string | undefined): Promise<Session | null>;
  /** The Set-Cookie header that signs out. */
  end(): string;
}

/** Sessions signed with a key of this data folder; `secure` adds the Secure flag (behind https). */
export function createSessions(dataFolder: string, secure: boolean): Sessions {
  const key = loadKey(join(dataFolder, "session.key"));
  const attributes = `Path=/; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
  return {
    async start(session) {
      const { userId, ...claims } = session;
      const token = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: "HS256" })
        .setSubject(userId)
        .setIssuedAt()
        .setExpirationTime(`${lifetimeSeconds}s`)
        .sign(key);
      return `${cookieName}=${token}; ${attributes}; Max-Age=${lifetimeSeconds}`;
    },
    async read(cookieHeader) {
      const token = cookieHeader
        ?.split(/;\s*/)
        .find((cookie) => cookie.startsWith(`${cookieName}=`))
        ?.slice(cookieName.length + 1);
      if (!token) return null;
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: ["HS256"] });
        const { sub, ...claims } = Claims.parse(payload);
        return { userId: sub, ...claims };
      } catch {
        return null; // altered, expired, or signed with the key of another data folder
      }
    },
    end: () => `${cookieName}=; ${attributes}; Max-Age=0`,
  };
}

function loadKey(file: string): Uint8Array {
  if (!existsSync(file)) {
    mkdirSync(join(file, ".."), { recursive: true, mode: 0o700 });
    writeFileSync(file, randomBytes(32), { mode: 0o600, flag: "wx" });
  }
  return new Uint8Array(readFileSync(file));
}

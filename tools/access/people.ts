import { openAccess } from "@cloudoptima/db/access.ts";
import type { Database } from "@cloudoptima/db/client.ts";
import type { Logger } from "pino";
import { readAzureEnv } from "../clouds/env.ts";
import type { ToolsSettings } from "../env.ts";
import type { Actor } from "../kernel/actor.ts";
import type { RecordAudit } from "../kernel/audit.ts";
import { refreshOrganization } from "../knowledge/refresh-hourly.job.ts";
import type { Caller } from "./access-parts.ts";
import { actorOfApiKey } from "./api-key-login.ts";
import { apiKeyPrefix } from "./api-key-prefix.ts";
import type { Auth } from "./auth.ts";
import { type BrowserSessions, createBrowserSessions } from "./browser-sessions.ts";
import { checkPassword } from "./check-password.ts";
import { demoPeopleOf } from "./demo-people.ts";
import { actorOf } from "./find-actor.ts";
import { createJoining, type Joining } from "./joining.ts";
import { visibleOrganizations } from "./local-actor.ts";
import { createOwnAccount, type OwnAccount } from "./own-account.ts";
import { argon2id, type PasswordHashing } from "./password-hash.ts";
import { loadSecretKeys } from "./secret-keys.ts";
import { createTokenLogin, type TokenLogin } from "./token-login.ts";

/** Who people are and how they prove it; the faces that people use get it beside the tool service. */
export interface People {
  sessions: BrowserSessions;
  tokens: TokenLogin;
  joining: Joining;
  account: OwnAccount;
  registrationOpen: boolean;
  /** Whether an address and a password belong together, for the terminal's approvals; the caller says by which way. */
  verifyPassword(email: string, password: string, caller: Caller): Promise<Omit<Actor, "via">>;
  /** Whoever a program acts for: an API key (co_...) or an access token; null when it does not count. */
  actorOfSecret(secret: string): Promise<Actor | null>;
  /** Loads the sign-in library, so that the first page does not wait for it. */
  prepare(): Promise<void>;
  /** The demo's people of an organization, whom one click signs in as; first the one of the first click. */
  demoPeople(organizationId: string): Promise<DemoPerson[]>;
}

export interface DemoPerson {
  id: string;
  name: string;
  role: Actor["role"];
}

export interface PeopleOptions {
  database: Database;
  settings: Pick<ToolsSettings, "dataDir" | "demo" | "sessionKey" | "registrationOpen">;
  audit: RecordAudit;
  log: Logger;
  /** Behind https: cookies say so. */
  secure: boolean;
  /** Whether the demo's click may still sign in: nothing real is connected, nobody else can reach us. */
  demoSignIn(): Promise<boolean>;
  /** The real clock; tests move it. */
  realNow?(): Date;
  passwords?: PasswordHashing;
}

export function createPeople(options: PeopleOptions): People {
  const { database, settings, audit, log, secure, demoSignIn } = options;
  let auth: Promise<Auth> | undefined;
  const parts = {
    access: openAccess(database),
    keys: loadSecretKeys(settings),
    passwords: options.passwords ?? argon2id,
    demo: settings.demo,
    realNow: options.realNow ?? (() => new Date()),
    audit,
    log,
    demoSignIn,
    registrationOpen: settings.registrationOpen,
    operatorsOrganization: readAzureEnv().organizationName,
    organizations: () => visibleOrganizations(database, settings.demo),
    // Its guidance by words; a model's part of it comes with the next hour.
    organizationMade: (organization: { id: string; name: string }) =>
      refreshOrganization(
        { database, embedder: undefined, log, signal: new AbortController().signal },
        organization,
      ),
    // Loaded at the first use: a terminal that asks one question has no use for it.
    auth: () => (auth ??= import("./auth.ts").then(({ createAuth }) => createAuth(parts, { secure }))),
  };
  const sessions = createBrowserSessions(parts);
  const tokens = createTokenLogin(parts);
  return {
    sessions,
    tokens,
    joining: createJoining(parts),
    account: createOwnAccount(parts, sessions),
    registrationOpen: settings.registrationOpen,
    async verifyPassword(email, password, caller) {
      const { person, demo } = await checkPassword(parts, { email, password }, caller, "local");
      const { via: _, ...actor } = actorOf(person, "local");
      return { ...actor, ...(demo ? { demo } : {}), signedInAt: parts.realNow().toISOString() };
    },
    actorOfSecret: (secret) =>
      secret.startsWith(apiKeyPrefix) ? actorOfApiKey(parts, secret) : tokens.actorOf(secret),
    async prepare() {
      await parts.auth();
    },
    demoPeople: (organizationId) => demoPeopleOf(database, organizationId),
  };
}

import { openAccess } from "@cloudoptima/db/access.ts";
import type { Database } from "@cloudoptima/db/client.ts";
import type { Logger } from "pino";
import type { ToolsSettings } from "../env.ts";
import type { Actor } from "../kernel/actor.ts";
import type { RecordAudit } from "../kernel/audit.ts";
import { actorOfApiKey } from "./api-key-login.ts";
import type { Auth } from "./auth.ts";
import { argon2id } from "./password-hash.ts";
import { loadSecretKeys } from "./secret-keys.ts";

export interface KeyLoginOptions {
  database: Database;
  settings: Pick<ToolsSettings, "dataDir" | "demo" | "sessionKey">;
  audit: RecordAudit;
  log: Logger;
}

/**
 * Who an API key stands for, read anew at each call; null for one that does not count. An assistant's process has
 * this alone of sign-in: no sessions, no passwords, no tokens.
 */
export function createKeyLogin(options: KeyLoginOptions): (key: string) => Promise<Actor | null> {
  let auth: Promise<Auth> | undefined;
  let parts: Parameters<typeof actorOfApiKey>[0] | undefined;
  return (key) => {
    // Most processes never see a key: nothing is loaded before.
    parts ??= {
      access: openAccess(options.database),
      keys: loadSecretKeys(options.settings),
      passwords: argon2id,
      demo: options.settings.demo,
      realNow: () => new Date(),
      audit: options.audit,
      log: options.log,
      auth: () =>
        (auth ??= import("./auth.ts").then(({ createAuth }) => createAuth(parts!, { secure: false }))),
    };
    return actorOfApiKey(parts, key);
  };
}

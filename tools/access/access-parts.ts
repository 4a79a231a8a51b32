import type { Access } from "@cloudoptima/db/queries/access.ts";
import type { Logger } from "pino";
import type { RecordAudit } from "../kernel/audit.ts";
import type { PasswordHashing } from "./password-hash.ts";
import type { SecretKeys } from "./secret-keys.ts";

/** What every part of sign-in is made from. */
export interface AccessParts {
  access: Access;
  keys: SecretKeys;
  passwords: PasswordHashing;
  /** Whether the demo's organizations are there. */
  demo: boolean;
  /** The real clock: expiry is safety, not business time. */
  realNow(): Date;
  audit: RecordAudit;
  log: Logger;
}

/** Where a request comes from, as far as we can tell; for limits, the list of sessions and the audit log. */
export interface Caller {
  /** IP address, or "terminal". */
  address: string;
  userAgent: string;
  source: "web" | "rest" | "terminal";
}

import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "@cloudoptima/db/client.ts";
import { claimAuditKey } from "@cloudoptima/db/queries/audit.ts";
import type { Logger } from "pino";
import type { RecordAudit } from "../kernel/audit.ts";
import { AppError } from "../kernel/errors.ts";
import { type AuditParts, recordAudit } from "../kernel/record-audit.ts";
import { loadAuditKey } from "./audit-key.ts";
import { type AuditReport, checkAudit } from "./check-audit.ts";
import { openHeadFile } from "./head-file.ts";
import { createAuditSeal } from "./seal.ts";

/** The audit log of one database: the way in, and the check that nobody tampered with it. */
export interface AuditTrail {
  record: RecordAudit;
  verify(organizationId: string): Promise<AuditReport>;
}

export function createAuditTrail(parts: AuditParts): AuditTrail {
  return {
    record: (actor, entry) => recordAudit(parts, actor, entry),
    verify: (organizationId) => checkAudit(parts, organizationId),
  };
}

export interface OpenAuditTrailOptions {
  database: Database;
  settings: { dataDir: string; databaseUrl: string | undefined; auditKey: string | undefined };
  log: Logger;
}

/** Opens the trail with this host's key and file of heads; refuses a key that is not the chains'. */
export async function openAuditTrail({
  database,
  settings,
  log,
}: OpenAuditTrailOptions): Promise<AuditTrail> {
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const seal = createAuditSeal(await loadAuditKey(settings));
  if ((await claimAuditKey(database, seal.keyId)) !== seal.keyId) {
    throw new AppError("conflict", "The audit log of this database was begun with another key.", {
      hint: settings.databaseUrl
        ? "Set CLOUDOPTIMA_AUDIT_KEY to the same value on every host, or copy audit.key from the first one's data folder."
        : "Put audit.key back into the data folder (or CLOUDOPTIMA_AUDIT_KEY as it was); a key cannot be changed.",
    });
  }
  const heads = openHeadFile(join(settings.dataDir, "audit-heads.log"), seal, (err) =>
    log.error({ err }, "the head of the audit log could not be written beside the database"),
  );
  return createAuditTrail({ database, seal, heads, store: nameStore(settings.databaseUrl) });
}

/**
 * Which database a head belongs to, from this host's configuration: told by the database itself, whoever empties
 * it could also give it another name. Login and password may change, so they are left out.
 */
function nameStore(databaseUrl: string | undefined): string {
  if (!databaseUrl) return "embedded";
  const { host, pathname } = new URL(databaseUrl);
  return createHash("sha256").update(`${host.toLowerCase()}${pathname}`).digest("hex").slice(0, 16);
}

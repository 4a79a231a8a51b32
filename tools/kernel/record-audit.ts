import { randomUUID } from "node:crypto";
import { isIP } from "node:net";
import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { appendAudit, lockAuditHead } from "@cloudoptima/db/queries/audit.ts";
import canonicalize from "canonicalize";
import type { HeadLog } from "../audit/head-file.ts";
import type { AuditSeal } from "../audit/seal.ts";
import type { AuditActor, AuditEntry } from "./audit.ts";
import { redact } from "./redact.ts";

export interface AuditParts {
  database: Database;
  seal: AuditSeal;
  heads: HeadLog;
  /** Which database the heads are of. */
  store: string;
}

/**
 * Appends to the actor's organization's audit chain in a transaction of its own, and signs the new head into the
 * file of heads once the row is kept: a crash between leaves the database ahead, which is no alarm. Secrets are
 * redacted.
 */
export async function recordAudit(parts: AuditParts, actor: AuditActor, entry: AuditEntry): Promise<void> {
  const { organizationId } = actor;
  const facts = {
    id: randomUUID(),
    organizationId: organizationId.toLowerCase(),
    userId: actor.userId?.toLowerCase() ?? null,
    action: storable(entry.action),
    outcome: entry.outcome,
    source: entry.source,
    resourceType: entry.resourceType === undefined ? null : storable(entry.resourceType),
    resourceId: entry.resourceId === undefined ? null : storable(entry.resourceId),
    details: describeDetails(actor, entry),
  };
  const head = await withTenant(parts.database, organizationId, { access: "write" }, async (transaction) => {
    const last = await lockAuditHead(transaction, addressOf(entry));
    const { at, epoch, ipAddress } = last;
    const link = { sequence: last.sequence + 1, previousMac: last.mac };
    const row = { ...facts, ...link, epoch, ipAddress };
    const mac = parts.seal.sealRow(row);
    await appendAudit(transaction, { ...row, mac, at });
    return { sequence: row.sequence, mac, time: at.toISOString() };
  });
  await parts.heads.append({ organizationId: facts.organizationId, store: parts.store, ...head });
}

/** Canonical, so that the same details are the same bytes; who it was stays readable when the person is gone. */
function describeDetails({ via, name, role, demo }: AuditActor, { details }: AuditEntry): string {
  const who = { name, role, ...(demo ? { demo } : {}) };
  const kept = redact({ ...details, via, by: who });
  const plain = JSON.stringify(kept, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
  return canonicalize(JSON.parse(storableJson(plain)))!;
}

/** PostgreSQL keeps neither NUL nor half a surrogate pair; the MAC must be over what is kept. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

/** The same in JSON, names of fields included: there both are written as escapes, pairs of backslashes are not. */
function storableJson(json: string): string {
  return json.replace(/\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g, (found) =>
    found === "\\\\" ? found : "\\ufffd",
  );
}

function addressOf({ ipAddress }: AuditEntry): string | null {
  const address = ipAddress?.split("%")[0];
  return address && isIP(address) ? address : null;
}

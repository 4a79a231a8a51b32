import { randomUUID } from "node:crypto";
import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { appendAudit } from "@cloudoptima/db/queries/audit.ts";
import type { Actor } from "./actor.ts";
import type { AuditEntry } from "./audit.ts";
import { redact } from "./redact.ts";

/** Appends to the actor's organization's audit log in a transaction of its own; secrets are redacted. */
export async function recordAudit(database: Database, actor: Actor, entry: AuditEntry): Promise<void> {
  await withTenant(database, actor.organizationId, { access: "write" }, (transaction) =>
    appendAudit(transaction, {
      id: randomUUID(),
      organizationId: actor.organizationId,
      userId: actor.userId,
      action: entry.action,
      outcome: entry.outcome,
      source: entry.source,
      resourceType: entry.resourceType ?? null,
      resourceId: entry.resourceId ?? null,
      details: redact({ ...entry.details, via: actor.via }) as Record<string, unknown>,
    }),
  );
}

import type { Actor } from "../kernel/actor.ts";
import type { AuditEntry } from "../kernel/audit.ts";
import type { AccessParts, Caller } from "./access-parts.ts";

/** Audits what somebody did, or failed to do, about their own access, with where the request came from. */
export function auditPerson(
  { audit }: Pick<AccessParts, "audit">,
  actor: Actor,
  caller: Caller,
  { details = {}, ...entry }: Pick<AuditEntry, "action" | "outcome"> & Partial<Pick<AuditEntry, "details">>,
): Promise<void> {
  return audit(actor, {
    ...entry,
    source: caller.source,
    resourceType: "person",
    resourceId: actor.userId,
    ipAddress: caller.address,
    details,
  });
}

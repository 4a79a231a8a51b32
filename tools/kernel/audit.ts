import type { Actor, Source } from "./actor.ts";

export interface AuditEntry {
  /** The definition's name. */
  action: string;
  outcome: "done" | "failed" | "refused";
  source: Source;
  resourceType?: string;
  resourceId?: string;
  /** Where the request came from, where that is known. */
  ipAddress?: string | undefined;
  details: Record<string, unknown>;
}

/** Who an audit row names. `userId` is null for somebody whom we do not know, as in a failed sign-in. */
export interface AuditActor extends Partial<Pick<Actor, "name" | "role" | "demo">> {
  organizationId: string;
  userId: string | null;
  via: Actor["via"];
}

/** Appends one row to the actor's organization's audit log and ends when it is kept. */
export type RecordAudit = (actor: AuditActor, entry: AuditEntry) => Promise<void>;

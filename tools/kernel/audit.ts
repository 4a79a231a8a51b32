import type { Source } from "./actor.ts";

export interface AuditEntry {
  /** The definition's name. */
  action: string;
  outcome: "done" | "failed" | "refused";
  source: Source;
  resourceType?: string;
  resourceId?: string;
  details: Record<string, unknown>;
}

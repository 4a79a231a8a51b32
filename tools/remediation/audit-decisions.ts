import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { listUnauditedDecisions } from "@cloudoptima/db/queries/proposals.ts";
import type { Source } from "../kernel/actor.ts";
import type { RecordAudit } from "../kernel/audit.ts";

/**
 * Audits decisions on a plan whose process died between keeping them and telling the audit log, as far as any are
 * missing there. The row says that it came later.
 */
export async function auditDecisions(
  { database, audit }: { database: Database; audit: RecordAudit },
  organizationId: string,
  actionId: string,
): Promise<void> {
  const missing = await withTenant(database, organizationId, { access: "read" }, (transaction) =>
    listUnauditedDecisions(transaction, actionId),
  );
  for (const { userId, decision, through, decidedAt } of missing) {
    await audit(
      { organizationId, userId, via: "system" },
      {
        action: `${decision}_proposal`,
        outcome: "done",
        source: through as Source, // the column holds what decideProposal wrote
        resourceType: "proposal",
        resourceId: actionId,
        details: { decidedAt: decidedAt.toISOString(), auditedLater: true },
      },
    );
  }
}

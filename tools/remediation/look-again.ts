import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { findConnection } from "@cloudoptima/db/queries/connections.ts";
import { findProposal } from "@cloudoptima/db/queries/proposals.ts";
import { reopenPlan } from "@cloudoptima/db/queries/remediation-runs.ts";
import { withWorker } from "@cloudoptima/db/worker-role.ts";
import type { Actor, Source } from "../kernel/actor.ts";
import type { RecordAudit } from "../kernel/audit.ts";
import { AppError } from "../kernel/errors.ts";
import { readPlan } from "./frozen-plan.ts";
import { noSuchProposal } from "./get-proposal.tool.ts";
import { mayApproveRisk } from "./may-decide.ts";
import { readRemediationSettings } from "./remediation-settings.ts";

export interface LookAgainParts {
  database: Database;
  audit: RecordAudit;
  realNow(): Date;
}

/**
 * Puts a plan that needs attention back to the worker, which reads the cloud before it does anything: a change
 * that happened is settled as done, one that did not is tried once more under the approval that still stands.
 */
export async function lookAgain(
  { database, audit, realNow }: LookAgainParts,
  actor: Actor,
  proposalId: string,
  source: Source,
): Promise<void> {
  const { row, plan, sandbox, settings } = await withTenant(
    database,
    actor.organizationId,
    { access: "read" },
    async (transaction) => {
      const found = await findProposal(transaction, proposalId);
      if (!found) throw noSuchProposal();
      const frozen = readPlan(found.plan);
      const connection = await findConnection(transaction, frozen.connectionId);
      const settings = await readRemediationSettings(transaction);
      return { row: found, plan: frozen, sandbox: connection?.kind === "sandbox", settings };
    },
  );
  const tell = (outcome: "done" | "refused") =>
    audit(actor, {
      action: "look_again",
      outcome,
      source,
      resourceType: "proposal",
      resourceId: proposalId,
      details: { status: row.status },
    });
  if (
    actor.via !== "session" ||
    (actor.demo && !sandbox) ||
    !mayApproveRisk(actor.role, plan.risk, settings.membersApproveUpTo)
  ) {
    await tell("refused");
    throw new AppError("forbidden", "Who may approve this change may have it looked at again, in the web.");
  }
  const reopened = await withWorker(database, actor.organizationId, (transaction) =>
    reopenPlan(transaction, proposalId, realNow()),
  );
  if (!reopened) {
    throw new AppError("conflict", `It is ${row.status.replace("_", " ")} and needs no attention.`);
  }
  await tell("done");
}

import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { listPeople } from "@cloudoptima/db/queries/organizations.ts";
import { listApprovals } from "@cloudoptima/db/queries/proposals.ts";
import type { FrozenPlan } from "./frozen-plan.ts";
import { approversNow, mayApproveRisk } from "./may-decide.ts";
import { readRemediationSettings } from "./remediation-settings.ts";

/**
 * Why an approved plan must not be carried on at this moment, or null: the stop switch, an approver who left or
 * lost the role, settings that became stricter. Asked before each write, so that a change of mind counts at once.
 */
export async function whyNotAllowed(
  transaction: TenantTransaction,
  actionId: string,
  plan: FrozenPlan,
): Promise<string | null> {
  const settings = await readRemediationSettings(transaction);
  if (settings.stopped) {
    return `Changes were stopped by ${settings.stopped.by}: ${settings.stopped.reason}`;
  }
  const people = new Map((await listPeople(transaction)).map((person) => [person.id, person]));
  const approvals = (await listApprovals(transaction, [actionId])).filter(
    ({ decision }) => decision === "approve",
  );
  const standing = approvals.filter(({ user_id }) => {
    const person = people.get(user_id);
    const own = user_id === plan.proposedBy;
    return (
      person &&
      mayApproveRisk(person.role, plan.risk, settings.membersApproveUpTo) &&
      (!own || (plan.selfApproval && settings.selfApproval))
    );
  });
  const required = approversNow(plan, settings.singleApprover);
  if (standing.length >= required) return null;
  return `It was approved by ${approvals.length}, but only ${standing.length} of them may approve it now; ${required} must.`;
}

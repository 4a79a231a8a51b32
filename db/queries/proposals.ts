import type { Selectable } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type { RemediationActions, RemediationApprovals } from "../schema.ts";

export type ProposalRow = Selectable<RemediationActions>;

export interface NewProposal {
  id: string;
  organizationId: string;
  recommendationIds: string[];
  actionType: string;
  plan: string;
  planHash: string;
  riskLevel: ProposalRow["risk_level"];
  reversible: boolean;
  requiredApprovers: number;
  selfApproval: boolean;
  proposedBy: string;
  proposedThrough: string;
  undoOf: string | null;
  expiresAt: Date;
  resourceIds: string[];
  createdAt: Date;
}

/** Stores a frozen plan as proposed. A live proposal of the same plan is a unique violation: merge with it. */
export async function insertProposal(transaction: TenantTransaction, proposal: NewProposal): Promise<void> {
  const { resourceIds, createdAt } = proposal;
  await transaction
    .insertInto("remediation_actions")
    .values({
      id: proposal.id,
      organization_id: proposal.organizationId,
      recommendation_ids: proposal.recommendationIds,
      action_type: proposal.actionType,
      plan: proposal.plan,
      plan_hash: proposal.planHash,
      risk_level: proposal.riskLevel,
      reversible: proposal.reversible,
      required_approvers: proposal.requiredApprovers,
      self_approval: proposal.selfApproval,
      proposed_by: proposal.proposedBy,
      proposed_through: proposal.proposedThrough,
      undo_of: proposal.undoOf,
      status: "proposed",
      expires_at: proposal.expiresAt,
      created_at: createdAt,
      updated_at: createdAt,
    })
    .execute();
  await transaction
    .insertInto("remediation_items")
    .values(
      resourceIds.map((resourceId, position) => ({
        organization_id: proposal.organizationId,
        action_id: proposal.id,
        position,
        resource_id: resourceId,
        updated_at: createdAt,
      })),
    )
    .execute();
}

export function findProposal(transaction: TenantTransaction, id: string): Promise<ProposalRow | undefined> {
  return transaction.selectFrom("remediation_actions").selectAll().where("id", "=", id).executeTakeFirst();
}

export function listApprovals(
  transaction: TenantTransaction,
  actionId: string,
): Promise<Selectable<RemediationApprovals>[]> {
  return transaction
    .selectFrom("remediation_approvals")
    .selectAll()
    .where("action_id", "=", actionId)
    .orderBy("decided_at")
    .execute();
}

/** Records a decision; the database refuses another plan's hash, an expired or already decided proposal. */
export async function insertDecision(
  transaction: TenantTransaction,
  decision: Omit<Selectable<RemediationApprovals>, "decided_at"> & { decided_at: Date },
): Promise<void> {
  await transaction.insertInto("remediation_approvals").values(decision).execute();
}

/** Moves a proposal on, only from one of `from`; the database allows legal transitions only. False: it was elsewhere. */
export async function moveProposal(
  transaction: TenantTransaction,
  move: {
    id: string;
    from: readonly ProposalRow["status"][];
    to: ProposalRow["status"];
    reason?: string;
    at: Date;
  },
): Promise<boolean> {
  const result = await transaction
    .updateTable("remediation_actions")
    .set({ status: move.to, status_reason: move.reason ?? null, updated_at: move.at })
    .where("id", "=", move.id)
    .where("status", "in", [...move.from])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

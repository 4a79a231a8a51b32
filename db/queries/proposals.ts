import { type Selectable, sql } from "kysely";
import type { TenantTransaction } from "../client.ts";
import type {
  RemediationActions,
  RemediationApprovals,
  RemediationItems,
  RemediationJournal,
} from "../remediation-schema.ts";

export type ProposalRow = Selectable<RemediationActions>;
export type ProposalStatus = ProposalRow["status"];
export type ItemRow = Selectable<RemediationItems>;
export type JournalRow = Selectable<RemediationJournal>;

/** States in which the same change must not be proposed again. */
const liveStatuses = ["proposed", "simulated", "approved", "executing", "verifying"] as const;

export interface NewProposal {
  id: string;
  organizationId: string;
  recommendationIds: string[];
  actionType: string;
  plan: string;
  planHash: string;
  subjectHash: string;
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

/**
 * One proposer of the organization at a time: many at the same moment would all count the same proposals of the last
 * hour, and none would find the other's. Held until the transaction ends.
 */
export async function lockProposing(transaction: TenantTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('proposals/' || current_organization(), 0))`.execute(
    transaction,
  );
}

/** Stores a frozen plan as proposed. A live proposal of the same change is a unique violation: merge with it. */
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
      subject_hash: proposal.subjectHash,
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

/** The live proposal of the same change, if there is one. */
export function findLiveProposal(
  transaction: TenantTransaction,
  subjectHash: string,
): Promise<ProposalRow | undefined> {
  return transaction
    .selectFrom("remediation_actions")
    .selectAll()
    .where("subject_hash", "=", subjectHash)
    .where("status", "in", [...liveStatuses])
    .executeTakeFirst();
}

/** Whether this change of one of these resources, at least, is live: then the same may have been proposed before. */
export async function hasLiveProposal(
  transaction: TenantTransaction,
  actionType: string,
  resourceIds: readonly string[],
): Promise<boolean> {
  const found = await transaction
    .selectFrom("remediation_actions")
    .innerJoin("remediation_items", "remediation_items.action_id", "remediation_actions.id")
    .select("remediation_actions.id")
    .where("action_type", "=", actionType)
    .where("remediation_actions.status", "in", [...liveStatuses])
    .where("resource_id", "in", [...resourceIds])
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** The latest plan that undoes this one. */
export function findUndo(transaction: TenantTransaction, id: string): Promise<ProposalRow | undefined> {
  return transaction
    .selectFrom("remediation_actions")
    .selectAll()
    .where("undo_of", "=", id)
    .orderBy("created_at", "desc")
    .executeTakeFirst();
}

/** How many changes a person proposed since `since`: approval fatigue is a hole too. */
export async function countProposedSince(
  transaction: TenantTransaction,
  proposedBy: string,
  since: Date,
): Promise<number> {
  const { count } = await transaction
    .selectFrom("remediation_actions")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("proposed_by", "=", proposedBy)
    .where("created_at", ">=", since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Newest first; `total` counts all that match. */
export async function listProposals(
  transaction: TenantTransaction,
  filter: { statuses: readonly ProposalStatus[]; resourceId?: string; limit: number; offset: number },
): Promise<{ rows: ProposalRow[]; total: number }> {
  let query = transaction.selectFrom("remediation_actions").where("status", "in", [...filter.statuses]);
  const { resourceId } = filter;
  if (resourceId) {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom("remediation_items")
          .select("position")
          .whereRef("remediation_items.action_id", "=", "remediation_actions.id")
          .where("remediation_items.resource_id", "=", resourceId),
      ),
    );
  }
  const { count } = await query
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .executeTakeFirstOrThrow();
  const rows = await query
    .selectAll()
    .orderBy("created_at", "desc")
    .orderBy("id")
    .limit(filter.limit)
    .offset(filter.offset)
    .execute();
  return { rows, total: Number(count) };
}

export function listApprovals(
  transaction: TenantTransaction,
  actionIds: readonly string[],
): Promise<Selectable<RemediationApprovals>[]> {
  return transaction
    .selectFrom("remediation_approvals")
    .selectAll()
    .where("action_id", "in", [...actionIds])
    .orderBy("decided_at")
    .execute();
}

/** Decisions on a plan that stand without their row in the audit log: the process died between the two. */
export async function listUnauditedDecisions(
  transaction: TenantTransaction,
  actionId: string,
): Promise<{ userId: string; decision: "approve" | "reject"; through: string; decidedAt: Date }[]> {
  const { rows } = await sql<{
    user_id: string;
    decision: "approve" | "reject";
    through: string;
    decided_at: Date;
  }>`select a.user_id, a.decision, a.through, a.decided_at from remediation_approvals a
    where a.action_id = ${actionId} and not exists (
      select from audit_log l where l.resource_id = a.action_id::text and l.user_id = a.user_id
        and l.action = a.decision || '_proposal' and l.outcome = 'done')
    order by a.decided_at`.execute(transaction);
  return rows.map((row) => ({
    userId: row.user_id,
    decision: row.decision,
    through: row.through,
    decidedAt: row.decided_at,
  }));
}

export function listItems(transaction: TenantTransaction, actionId: string): Promise<ItemRow[]> {
  return transaction
    .selectFrom("remediation_items")
    .selectAll()
    .where("action_id", "=", actionId)
    .orderBy("position")
    .execute();
}

export function listJournal(transaction: TenantTransaction, actionId: string): Promise<JournalRow[]> {
  return transaction
    .selectFrom("remediation_journal")
    .selectAll()
    .where("action_id", "=", actionId)
    .orderBy("sequence")
    .execute();
}

/** Records a decision; the database refuses another plan's hash, an expired or already decided proposal. */
export async function insertDecision(
  transaction: TenantTransaction,
  decision: Omit<Selectable<RemediationApprovals>, "decided_at"> & { decided_at: Date },
): Promise<void> {
  await transaction.insertInto("remediation_approvals").values(decision).execute();
}

/** Keeps what a dry run found; a proposal that was never simulated becomes so. */
export async function keepSimulation(
  transaction: TenantTransaction,
  simulation: { id: string; report: Record<string, unknown>; at: Date },
): Promise<boolean> {
  const result = await transaction
    .updateTable("remediation_actions")
    .set({ simulation: JSON.stringify(simulation.report), updated_at: simulation.at })
    .where("id", "=", simulation.id)
    .where("status", "in", ["proposed", "simulated"])
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Moves a proposal on, only from one of `from`; the database allows legal transitions only. False: it was elsewhere. */
export async function moveProposal(
  transaction: TenantTransaction,
  move: {
    id: string;
    from: readonly ProposalStatus[];
    to: ProposalStatus;
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

/** Admins and members other than the proposer: whose role may let them approve. */
export function listApprovers(
  transaction: TenantTransaction,
  proposedBy: string,
): Promise<{ role: "admin" | "member" | "viewer" | "auditor" }[]> {
  return transaction
    .selectFrom("users")
    .select("role")
    .where("role", "in", ["admin", "member"])
    .where("id", "<>", proposedBy)
    .execute();
}

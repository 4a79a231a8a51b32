import { randomUUID } from "node:crypto";
import type { Database, TenantTransaction } from "@cloudoptima/db/client.ts";
import { withTenant } from "@cloudoptima/db/client.ts";
import { withGate } from "@cloudoptima/db/gate.ts";
import {
  findProposal,
  insertDecision,
  listApprovals,
  moveProposal,
  type ProposalRow,
} from "@cloudoptima/db/queries/proposals.ts";
import type { Actor, Source } from "./kernel/actor.ts";
import type { RecordAudit } from "./kernel/audit.ts";
import { AppError } from "./kernel/errors.ts";
import { hashPlan, readPlan } from "./remediation/frozen-plan.ts";
import { approversNow, type Decider, decisionRefusal } from "./remediation/may-decide.ts";
import { readRemediationSettings } from "./remediation/remediation-settings.ts";

export interface Decision {
  proposalId: string;
  /** The hash the person saw; a decision binds to exactly that plan. */
  planHash: string;
  decision: "approve" | "reject";
  reason?: string;
}

export interface DecideEnvironment {
  database: Database;
  audit: RecordAudit;
  /** The real clock: expiry is safety, not business time. */
  realNow(): Date;
  /** Whether the proposal's connection is the sandbox. */
  isSandbox(transaction: TenantTransaction, connectionId: string): Promise<boolean>;
  /** Told after the decision is kept: who shows the proposal, and the worker, which otherwise finds it a little later. */
  decided(organizationId: string, proposal: { id: string; status: ProposalRow["status"] }): void;
}

export interface DecisionResult {
  status: ProposalRow["status"];
  approvalCount: number;
  requiredCount: number;
}

export type Door = Pick<Decider, "door" | "freshSignIn" | "demoSignIn">;

/**
 * The only door to approval. Not a tool: no model, API key or assistant can reach it (the arrow check holds it).
 * Each refusal is audited with its reason; the database repeats the rules, so a race executes once.
 */
export async function decideProposal(
  environment: DecideEnvironment,
  actor: Actor,
  door: Door,
  decision: Decision,
  source: Source,
): Promise<DecisionResult> {
  const audit = (outcome: "done" | "refused", details: Record<string, unknown>) =>
    environment.audit(actor, {
      action: decision.decision === "approve" ? "approve_proposal" : "reject_proposal",
      outcome,
      source,
      resourceType: "proposal",
      resourceId: decision.proposalId,
      details: { ...details, planHash: decision.planHash },
    });
  const result = await decide(environment, actor, door, decision, source).catch(async (error: unknown) => {
    const refusal = asRefusal(error);
    await audit("refused", { code: refusal.code, reason: refusal.message });
    throw refusal;
  });
  try {
    await audit("done", { ...result, reason: decision.reason ?? null });
  } finally {
    // The decision stands; if its row could not be kept, the worker adds it after the run.
    environment.decided(actor.organizationId, { id: decision.proposalId, status: result.status });
  }
  return result;
}

async function decide(
  environment: DecideEnvironment,
  actor: Actor,
  door: Door,
  { proposalId, planHash, decision, reason }: Decision,
  source: Source,
): Promise<DecisionResult> {
  const { database, realNow } = environment;
  const { proposal, plan, sandbox, settings } = await withTenant(
    database,
    actor.organizationId,
    { access: "read" },
    async (transaction) => {
      const found = await findProposal(transaction, proposalId);
      if (!found) throw new AppError("not_found", "There is no such proposal.");
      const plan = readPlan(found.plan);
      const sandbox = await environment.isSandbox(transaction, plan.connectionId);
      return { proposal: found, plan, sandbox, settings: await readRemediationSettings(transaction) };
    },
  );
  if (planHash !== proposal.plan_hash || hashPlan(proposal.plan) !== proposal.plan_hash) {
    throw new AppError("conflict", "This is not the plan that stands here now.", {
      hint: "Open the proposal again and decide on what it shows.",
    });
  }
  const refusal = decisionRefusal(
    { ...door, userId: actor.userId, role: actor.role },
    { ...plan, sandbox },
    decision,
    settings.membersApproveUpTo,
  );
  if (refusal) throw new AppError("forbidden", refusal);

  return withGate(database, actor.organizationId, async (transaction) => {
    const at = realNow();
    // The insert locks the proposal: of two people at the same moment one waits, then sees what the other did.
    await insertDecision(transaction, {
      id: randomUUID(),
      organization_id: actor.organizationId,
      action_id: proposalId,
      plan_hash: planHash,
      user_id: actor.userId,
      decision,
      reason: reason ?? null,
      through: source,
      decided_at: at,
    });
    const approvals = await listApprovals(transaction, [proposalId]);
    const approvalCount = approvals.filter((approval) => approval.decision === "approve").length;
    const requiredCount = approversNow(plan, settings.singleApprover);
    const move = (to: "approved" | "rejected") =>
      moveProposal(transaction, { id: proposalId, from: ["proposed", "simulated"], to, reason, at });
    if (decision === "reject") {
      await move("rejected");
      return { status: "rejected", approvalCount, requiredCount };
    }
    if (approvalCount < requiredCount) return { status: proposal.status, approvalCount, requiredCount };
    // An approved row is the queued job: both stand or fall with this transaction.
    await move("approved");
    return { status: "approved", approvalCount, requiredCount };
  });
}

/** The database's refusals in words; anything unforeseen stays an internal error, and nothing was decided. */
function asRefusal(error: unknown): AppError {
  const { code, message } = error as { code?: string; message?: string };
  if (code === "23505") return new AppError("conflict", "You have decided on this proposal already.");
  if (code === "23514") {
    return new AppError("conflict", `Nothing was decided: ${message}.`, {
      hint: "Open the proposal again.",
      cause: error,
    });
  }
  return AppError.from(error);
}

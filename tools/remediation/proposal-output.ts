import type { TenantTransaction } from "@cloudoptima/db/client.ts";
import { findConnection } from "@cloudoptima/db/queries/connections.ts";
import { selectPersonNames } from "@cloudoptima/db/queries/people.ts";
import {
  findUndo,
  listApprovals,
  listItems,
  listJournal,
  type ProposalRow,
} from "@cloudoptima/db/queries/proposals.ts";
import { z } from "zod";
import { Money } from "../costs/cost-shapes.ts";
import { type Actor, personalWays } from "../kernel/actor.ts";
import { FrozenPlan, readPlan } from "./frozen-plan.ts";
import { approversNow, decisionRefusal } from "./may-decide.ts";
import { isOpen } from "./proposal-groups.ts";
import { type RemediationSettings, readRemediationSettings } from "./remediation-settings.ts";

export const ProposalStatus = z.enum([
  "proposed",
  "simulated",
  "approved",
  "rejected",
  "expired",
  "executing",
  "verifying",
  "completed",
  "failed",
  "needs_attention",
  "rolled_back",
]);

const Person = z.object({ id: z.string(), name: z.string() });

/** A proposal in a list. */
export const ProposalRowOutput = z.object({
  id: z.string(),
  planHash: z.string(),
  headline: z.string(),
  action: z.string(),
  direction: z.enum(["apply", "undo"]),
  status: ProposalStatus,
  statusReason: z.string().nullable(),
  resourceCount: z.number().int(),
  resourceNames: z.array(z.string()).describe("At most five"),
  monthlySavings: z.array(Money),
  createdMonthlyCost: z.array(Money),
  risk: z.enum(["low", "medium", "high"]),
  reversible: z.boolean(),
  requiredApprovers: z.number().int(),
  approvalCount: z.number().int(),
  proposedBy: Person,
  proposedThrough: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
});
export type ProposalRowOutput = z.infer<typeof ProposalRowOutput>;

/** A proposal whole, as cards draw it: `plan` is parsed from the stored bytes that the hash is of. */
export const ProposalOutput = ProposalRowOutput.extend({
  plan: FrozenPlan,
  connectionName: z.string().nullable(),
  sandbox: z.boolean(),
  approvals: z.array(
    z.object({
      user: Person,
      decision: z.enum(["approve", "reject"]),
      reason: z.string().nullable(),
      through: z.string(),
      decidedAt: z.string(),
    }),
  ),
  items: z.array(
    z.object({
      position: z.number().int(),
      resourceId: z.string(),
      resourceName: z.string(),
      status: z.enum(["waiting", "executing", "verifying", "completed", "failed", "needs_attention"]),
      reason: z.string().nullable(),
    }),
  ),
  journal: z.array(
    z.object({ position: z.number().int(), step: z.string(), state: z.string(), writtenAt: z.string() }),
  ),
  simulation: z
    .object({
      at: z.string(),
      ok: z.boolean(),
      items: z.array(z.object({ resourceId: z.string(), problems: z.array(z.string()) })),
    })
    .nullable(),
  undo: z.object({ proposalId: z.string(), status: ProposalStatus }).nullable(),
  mayDecide: z.boolean().describe("Whether whoever asks may approve it now"),
  whyNot: z.string().nullable(),
});
export type ProposalOutput = z.infer<typeof ProposalOutput>;

/** Rows of a list, read in two queries whatever their number. */
export async function toProposalRows(
  transaction: TenantTransaction,
  rows: readonly ProposalRow[],
): Promise<ProposalRowOutput[]> {
  const [first] = rows;
  if (!first) return [];
  const approvals = await listApprovals(
    transaction,
    rows.map(({ id }) => id),
  );
  const names = await selectPersonNames(transaction, [...new Set(rows.map((row) => row.proposed_by))]);
  const { singleApprover } = await readRemediationSettings(transaction);
  const approved = Map.groupBy(
    approvals.filter(({ decision }) => decision === "approve"),
    (approval) => approval.action_id,
  );
  return rows.map((row) =>
    toRow(row, readPlan(row.plan), names, approved.get(row.id)?.length ?? 0, singleApprover),
  );
}

function toRow(
  row: ProposalRow,
  plan: FrozenPlan,
  names: ReadonlyMap<string, string>,
  approvalCount: number,
  singleApproverAllowed: boolean,
): ProposalRowOutput {
  return {
    id: row.id,
    planHash: row.plan_hash,
    headline: plan.headline,
    action: plan.action,
    direction: plan.direction,
    status: row.status,
    statusReason: row.status_reason,
    resourceCount: plan.items.length,
    resourceNames: plan.items.slice(0, 5).map(({ resourceName }) => resourceName),
    monthlySavings: plan.monthlySavings,
    createdMonthlyCost: plan.createdMonthlyCost,
    risk: plan.risk,
    reversible: plan.reversible,
    requiredApprovers: approversNow(plan, singleApproverAllowed),
    approvalCount,
    proposedBy: person(names, row.proposed_by),
    proposedThrough: row.proposed_through,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

/** One proposal with everything that a card shows, and whether `actor` may decide on it. */
export async function toProposal(
  transaction: TenantTransaction,
  row: ProposalRow,
  actor: Actor,
): Promise<ProposalOutput> {
  const plan = readPlan(row.plan);
  const approvals = await listApprovals(transaction, [row.id]);
  const names = await selectPersonNames(transaction, [
    row.proposed_by,
    ...approvals.map(({ user_id }) => user_id),
  ]);
  const items = await listItems(transaction, row.id);
  const undo = await findUndo(transaction, row.id);
  const connection = await findConnection(transaction, plan.connectionId);
  const sandbox = connection?.kind === "sandbox";
  const approvalCount = approvals.filter(({ decision }) => decision === "approve").length;
  const settings = await readRemediationSettings(transaction);
  const whyNot = refusalFor(row, plan, actor, sandbox, approvals, settings);
  return {
    ...toRow(row, plan, names, approvalCount, settings.singleApprover),
    plan,
    connectionName: connection?.name ?? null,
    sandbox,
    approvals: approvals.map((approval) => ({
      user: person(names, approval.user_id),
      decision: approval.decision,
      reason: approval.reason,
      through: approval.through,
      decidedAt: approval.decided_at.toISOString(),
    })),
    items: items.map(({ position, status, reason, resource_id }) => ({
      position,
      resourceId: resource_id,
      resourceName: plan.items[position]?.resourceName ?? resource_id,
      status,
      reason,
    })),
    journal: (await listJournal(transaction, row.id)).map(({ position, step, state, written_at }) => ({
      position,
      step,
      state,
      writtenAt: written_at.toISOString(),
    })),
    simulation: ProposalOutput.shape.simulation.parse(row.simulation),
    undo: undo ? { proposalId: undo.id, status: undo.status } : null,
    mayDecide: whyNot === null,
    whyNot,
  };
}

function refusalFor(
  row: ProposalRow,
  plan: FrozenPlan,
  actor: Actor,
  sandbox: boolean,
  approvals: readonly { user_id: string }[],
  { membersApproveUpTo }: RemediationSettings,
): string | null {
  if (!isOpen(row.status)) return `It is ${row.status.replace("_", " ")}.`;
  if (approvals.some(({ user_id }) => user_id === actor.userId)) return "You have decided on it already.";
  const door = personalWays.has(actor.via) ? (actor.via as "session" | "slack" | "teams") : "agent";
  return decisionRefusal(
    { door, userId: actor.userId, role: actor.role, freshSignIn: true, demoSignIn: actor.demo === true },
    { ...plan, sandbox },
    "approve",
    membersApproveUpTo,
  );
}

/** Who left, or an assistant that never was a person, has no name in the organization any more. */
function person(names: ReadonlyMap<string, string>, id: string) {
  return { id, name: names.get(id) ?? "an assistant or former member" };
}

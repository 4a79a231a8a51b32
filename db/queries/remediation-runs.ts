import { sql } from "kysely";
import type { Database, TenantTransaction } from "../client.ts";
import type { JournalRow, ProposalRow } from "./proposals.ts";

export interface DuePlan {
  organizationId: string;
  actionId: string;
  due: "run" | "expire" | "tidy";
}

/** What waits for a worker, over all organizations; ids only. */
export async function listDuePlans({ kysely }: Database): Promise<DuePlan[]> {
  const { rows } = await sql<{ organization_id: string; action_id: string; due: DuePlan["due"] }>`
    select organization_id, action_id, due from access.list_due_plans()`.execute(kysely);
  return rows.map((row) => ({ organizationId: row.organization_id, actionId: row.action_id, due: row.due }));
}

/**
 * Takes an approved plan, or one whose worker died, for `leaseSeconds` of the database's real clock; its status
 * stays. Undefined: somebody else has it, or it is not approved.
 */
export async function claimPlan(
  transaction: TenantTransaction,
  claim: { id: string; owner: string; leaseSeconds: number },
): Promise<ProposalRow | undefined> {
  return transaction
    .updateTable("remediation_actions")
    .set({
      lease_owner: claim.owner,
      leased_until: sql`clock_timestamp() + make_interval(secs => ${claim.leaseSeconds})`,
    })
    .where("id", "=", claim.id)
    .where("status", "in", ["approved", "executing", "verifying"])
    .where(sql<boolean>`coalesce(leased_until, '-infinity') < clock_timestamp()`)
    .returningAll()
    .executeTakeFirst();
}

/** Keeps the claim; false: another worker took over, so this one must write nothing more. */
export async function renewLease(
  transaction: TenantTransaction,
  lease: { id: string; owner: string; leaseSeconds: number },
): Promise<boolean> {
  const result = await transaction
    .updateTable("remediation_actions")
    .set({ leased_until: sql`clock_timestamp() + make_interval(secs => ${lease.leaseSeconds})` })
    .where("id", "=", lease.id)
    .where("lease_owner", "=", lease.owner)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Gives the plan back, for whoever looks next. */
export async function releaseLease(transaction: TenantTransaction, id: string, owner: string): Promise<void> {
  await transaction
    .updateTable("remediation_actions")
    .set({ lease_owner: null, leased_until: null })
    .where("id", "=", id)
    .where("lease_owner", "=", owner)
    .execute();
}

export async function appendJournal(
  transaction: TenantTransaction,
  entry: {
    organizationId: string;
    actionId: string;
    position: number;
    step: string;
    state: JournalRow["state"];
    details?: Record<string, unknown>;
    at: Date;
  },
): Promise<void> {
  await transaction
    .insertInto("remediation_journal")
    .values({
      organization_id: entry.organizationId,
      action_id: entry.actionId,
      position: entry.position,
      step: entry.step,
      state: entry.state,
      details: JSON.stringify(entry.details ?? {}),
      written_at: entry.at,
    })
    .execute();
}

export async function updateItem(
  transaction: TenantTransaction,
  item: {
    actionId: string;
    position: number;
    status: "executing" | "verifying" | "completed" | "failed" | "needs_attention";
    reason?: string;
    result?: Record<string, unknown>;
    at: Date;
  },
): Promise<void> {
  await transaction
    .updateTable("remediation_items")
    .set({
      status: item.status,
      reason: item.reason ?? null,
      ...(item.result ? { result: JSON.stringify(item.result) } : {}),
      updated_at: item.at,
    })
    .where("action_id", "=", item.actionId)
    .where("position", "=", item.position)
    .execute();
}

export interface Leftover {
  organizationId: string;
  actionId: string;
  position: number;
  resourceId: string;
  deleteAt: Date;
}

/** Remembers what has to be deleted later; the same item is remembered once. */
export async function keepLeftover(transaction: TenantTransaction, leftover: Leftover): Promise<void> {
  await transaction
    .insertInto("remediation_leftovers")
    .values({
      organization_id: leftover.organizationId,
      action_id: leftover.actionId,
      position: leftover.position,
      resource_id: leftover.resourceId,
      delete_at: leftover.deleteAt,
    })
    .onConflict((conflict) => conflict.columns(["action_id", "position"]).doNothing())
    .execute();
}

/**
 * Takes what of this plan is past its time and still there, for the caller alone: it is due again at `retryAt`,
 * unless it is settled before.
 */
export async function claimDueLeftovers(
  transaction: TenantTransaction,
  actionId: string,
  retryAt: Date,
): Promise<{ position: number; resourceId: string }[]> {
  const rows = await transaction
    .updateTable("remediation_leftovers")
    .set({ delete_at: retryAt })
    .where("action_id", "=", actionId)
    .where("deleted_at", "is", null)
    .where(sql<boolean>`delete_at <= clock_timestamp()`)
    // An undo that people approved in time may still be reading what it was kept for.
    .where(
      sql<boolean>`not exists (select from remediation_actions u where u.undo_of = remediation_leftovers.action_id
        and u.status in ('approved', 'executing', 'verifying', 'needs_attention'))`,
    )
    .returning(["position", "resource_id"])
    .execute();
  return rows
    .map(({ position, resource_id }) => ({ position, resourceId: resource_id }))
    .toSorted((left, right) => left.position - right.position);
}

/** Deleted, or why not: then it is tried again at `retryAt`. False: it was settled as deleted before. */
export async function settleLeftover(
  transaction: TenantTransaction,
  leftover: { actionId: string; position: number },
  outcome: { deletedAt: Date } | { problem: string; retryAt: Date },
): Promise<boolean> {
  const result = await transaction
    .updateTable("remediation_leftovers")
    .set(
      "deletedAt" in outcome
        ? { deleted_at: outcome.deletedAt, problem: null }
        : { problem: outcome.problem, delete_at: outcome.retryAt },
    )
    .where("action_id", "=", leftover.actionId)
    .where("position", "=", leftover.position)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Gives a plan that needs attention, and its unclear items, back to the worker. False: it needs none. */
export async function reopenPlan(transaction: TenantTransaction, id: string, at: Date): Promise<boolean> {
  const result = await transaction
    .updateTable("remediation_actions")
    .set({ status: "executing", status_reason: null, lease_owner: null, leased_until: null, updated_at: at })
    .where("id", "=", id)
    .where("status", "=", "needs_attention")
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await transaction
    .updateTable("remediation_items")
    .set({ status: "executing", reason: null, updated_at: at })
    .where("action_id", "=", id)
    .where("status", "=", "needs_attention")
    .execute();
  return true;
}

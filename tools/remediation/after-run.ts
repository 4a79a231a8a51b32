import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { markImplemented, reopenImplemented } from "@cloudoptima/db/queries/planned-resources.ts";
import { findProposal, listItems } from "@cloudoptima/db/queries/proposals.ts";
import { markGone } from "@cloudoptima/db/queries/resources.ts";
import { systemActor } from "../access/system-actor.ts";
import { keepResources } from "../discovery/keep-resources.ts";
import type { RecordAudit } from "../kernel/audit.ts";
import { auditDecisions } from "./audit-decisions.ts";
import type { PlanWorkerOptions } from "./plan-worker.ts";
import type { PlanOutcome } from "./run-plan.ts";
import type { RunStore } from "./run-store.ts";

interface Run {
  organizationId: string;
  actionId: string;
  store: RunStore;
  moved(status: string): void;
}

/**
 * What follows from a run: the inventory, the recommendation, the plan that it undid, the audit row. All of it can
 * be done twice, because a worker that dies here does it again.
 */
export async function afterRun(options: PlanWorkerOptions, run: Run, outcome: PlanOutcome): Promise<void> {
  const { database, audit } = options;
  const { organizationId, actionId, store } = run;
  const { plan, status, reason, completed } = outcome;
  await refreshInventory(options, organizationId, outcome).catch((err: unknown) => {
    options.log.warn({ err, actionId }, "the inventory shows a change only after the next scan");
  });
  await store.renew(); // reading the cloud took its time: who was replaced meanwhile tells nothing
  await auditDecisions(options, organizationId, actionId);
  await auditRun(audit, organizationId, actionId, status === "completed" ? "done" : "failed", {
    action: plan.action,
    direction: plan.direction,
    status,
    reason,
    doneCount: completed.length,
    itemCount: plan.items.length,
  });
  if (status !== "completed") return;
  if (plan.direction === "apply") {
    await withTenant(database, organizationId, { access: "write" }, (transaction) =>
      markImplemented(transaction, outcome.recommendationIds, instantDate(options.now())),
    );
  }
  if (plan.undoOf && (await isWhollyUndone(database, organizationId, plan.undoOf, plan.items.length))) {
    const { undoOf } = plan;
    await withTenant(database, organizationId, { access: "write" }, async (transaction) => {
      const undone = await findProposal(transaction, undoOf);
      await reopenImplemented(transaction, undone?.recommendation_ids ?? [], instantDate(options.now()));
    });
    if (await store.moveOther(undoOf, ["completed", "failed"], "rolled_back")) {
      options.events.publish(organizationId, {
        type: "remediation_updated",
        data: { id: undoOf, status: "rolled_back" },
      });
    }
  }
}

/** Appends what the worker did, in the name of the product: who approved stands in the decision's own row. */
export async function auditRun(
  audit: RecordAudit,
  organizationId: string,
  actionId: string,
  outcome: "done" | "failed",
  details: Record<string, unknown>,
): Promise<void> {
  await audit(systemActor({ id: organizationId, name: "" }), {
    action: "execute_proposal",
    outcome,
    source: "worker",
    resourceType: "proposal",
    resourceId: actionId,
    details,
  });
}

/** The next question must not be answered from a picture of before the change. */
async function refreshInventory(
  options: PlanWorkerOptions,
  organizationId: string,
  { plan, completed }: PlanOutcome,
): Promise<void> {
  if (completed.length === 0) return;
  const cloud = await options.openCloud(organizationId, plan.connectionId);
  const seenAt = instantDate(options.now());
  for (const position of completed) {
    const { resourceId } = plan.items[position]!;
    const live = await cloud.resource(resourceId, AbortSignal.timeout(60_000));
    const scan = { organizationId, connectionId: plan.connectionId, seenAt };
    await withTenant(options.database, organizationId, { access: "write" }, async (transaction) => {
      if (live) await keepResources(transaction, scan, [live], () => crypto.randomUUID());
      else await markGone(transaction, resourceId, seenAt);
    });
  }
}

async function isWhollyUndone(
  database: Database,
  organizationId: string,
  undoneId: string,
  undoneCount: number,
): Promise<boolean> {
  return withTenant(database, organizationId, { access: "read" }, async (transaction) => {
    const original = await findProposal(transaction, undoneId);
    if (!original) return false;
    const done = (await listItems(transaction, undoneId)).filter(({ status }) => status === "completed");
    return done.length === undoneCount;
  });
}

const instantDate = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds);

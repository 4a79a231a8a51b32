import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { findProposal } from "@cloudoptima/db/queries/proposals.ts";
import type { CloudRead } from "../clouds/cloud.ts";
import type { CloudWrite } from "../clouds/cloud-write.ts";
import type { RecordAudit } from "../kernel/audit.ts";
import { AppError } from "../kernel/errors.ts";
import { auditRun } from "./after-run.ts";
import { readPlan } from "./frozen-plan.ts";
import { isGone } from "./is-gone.ts";
import { readRemediationSettings } from "./remediation-settings.ts";
import { createLeftoverStore } from "./run-store.ts";

export interface LeftoverOptions {
  database: Database;
  audit: RecordAudit;
  openCloud(organizationId: string, connectionId: string): Promise<CloudRead & CloudWrite>;
  realNow(): Date;
}

const minuteMs = 60_000;
/** What a worker that dies over it leaves to the next one. */
const claimMs = 5 * minuteMs;
const retryMs = 60 * minuteMs;

/**
 * Deletes what a change kept for its undo, when the day has come that the approved plan named. The stop switch
 * holds this back too; a failure is told and tried again an hour later.
 */
export async function deleteLeftovers(
  { database, audit, openCloud, realNow }: LeftoverOptions,
  organizationId: string,
  actionId: string,
  signal: AbortSignal,
): Promise<void> {
  const store = createLeftoverStore(database, organizationId, actionId);
  const { plan, stopped } = await withTenant(
    database,
    organizationId,
    { access: "read" },
    async (transaction) => ({
      plan: await findProposal(transaction, actionId),
      stopped: (await readRemediationSettings(transaction)).stopped,
    }),
  );
  if (!plan) return;
  const after = (ms: number) => new Date(realNow().getTime() + ms);
  for (const { position, resourceId } of await store.claimDue(after(claimMs))) {
    if (stopped) {
      await store.settle(position, { problem: `Stopped by ${stopped.by}.`, retryAt: after(retryMs) });
      continue;
    }
    try {
      const cloud = await openCloud(organizationId, readPlan(plan.plan).connectionId);
      const live = await cloud.resource(resourceId, signal);
      const seen = isGone(live);
      if (seen === "not_done") await cloud.delete(resourceId, live?.etag ?? null, signal);
      // What was only submitted is seen to be gone at the next look.
      if (seen !== "done") {
        await store.settle(position, { problem: "Being deleted.", retryAt: after(minuteMs) });
      } else if (await store.settle(position, { deletedAt: realNow() })) {
        await auditRun(audit, organizationId, actionId, "done", { deletedLeftover: resourceId });
      }
    } catch (error) {
      signal.throwIfAborted();
      await store.settle(position, { problem: AppError.from(error).message, retryAt: after(retryMs) });
    }
  }
}

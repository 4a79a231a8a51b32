import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type Database, withTenant } from "@cloudoptima/db/client.ts";
import { type DuePlan, listDuePlans } from "@cloudoptima/db/queries/remediation-runs.ts";
import type { Logger } from "pino";
import type { CloudRead } from "../clouds/cloud.ts";
import type { CloudWrite } from "../clouds/cloud-write.ts";
import type { EventHub } from "../events.ts";
import type { RecordAudit } from "../kernel/audit.ts";
import type { Action } from "../kernel/define-action.ts";
import { afterRun } from "./after-run.ts";
import { deleteLeftovers } from "./delete-leftovers.ts";
import { runPlan } from "./run-plan.ts";
import type { RunPace } from "./run-step.ts";
import { createRunStore, expirePlan, LeaseLost, type RunStore } from "./run-store.ts";
import { whyNotAllowed } from "./still-allowed.ts";

export interface PlanWorkerOptions {
  database: Database;
  audit: RecordAudit;
  actions: readonly Action[];
  /** Both halves of the cloud behind a connection of an organization. */
  openCloud(organizationId: string, connectionId: string): Promise<CloudRead & CloudWrite>;
  events: Pick<EventHub, "publish">;
  now(): Temporal.Instant;
  realNow(): Date;
  log: Logger;
  pace?: RunPace;
  /** Seconds; a worker that died is replaced after this long. */
  leaseSeconds?: number;
  /** How often it is looked for approved plans that nobody told it of. */
  lookMs?: number;
  /** Wraps the store of each run: tests cut a run off at each of its writes. */
  wrapStore?: (store: RunStore) => RunStore;
}

export interface PlanWorker {
  /** Something was approved: look now rather than at the next turn. */
  nudge(): void;
  /** Looks once and waits until all that was due has ended. */
  runDue(): Promise<void>;
  /** Lets the write under way be kept in the journal, then stops; the next worker goes on from there. */
  stop(): Promise<void>;
}

const realPace: RunPace = {
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
  elapsedMs: () => performance.now(),
};

/** Carries out approved plans of every organization, one after another, and tidies up what time has ended. */
export function startPlanWorker(options: PlanWorkerOptions): PlanWorker {
  const { log, lookMs = 2_000 } = options;
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  let again = false;

  async function runDue(): Promise<void> {
    for (const due of await listDuePlans(options.database)) {
      if (stopping.signal.aborted) return;
      try {
        await handle(options, due, stopping.signal);
      } catch (err) {
        if (stopping.signal.aborted) return;
        log.error({ err, actionId: due.actionId, due: due.due }, "a plan could not be carried on");
      }
    }
  }

  function look(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = runDue()
      .catch((err: unknown) => {
        if (!stopping.signal.aborted) log.warn({ err }, "could not look for approved plans");
      })
      .finally(() => {
        running = undefined;
        if (again && !stopping.signal.aborted) {
          again = false;
          void look();
        }
      });
    return running;
  }

  const timer =
    lookMs === Number.POSITIVE_INFINITY ? undefined : setInterval(() => void look(), lookMs).unref();
  return {
    nudge: () => void look(),
    async runDue() {
      await running;
      await look();
    },
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}

async function handle(options: PlanWorkerOptions, due: DuePlan, signal: AbortSignal): Promise<void> {
  const { organizationId, actionId } = due;
  const moved = (status: string) =>
    options.events.publish(organizationId, { type: "remediation_updated", data: { id: actionId, status } });
  if (due.due === "expire") {
    if (await expirePlan(options.database, organizationId, actionId, options.realNow())) moved("expired");
    return;
  }
  if (due.due === "tidy") return deleteLeftovers(options, organizationId, actionId, signal);
  await execute(options, due, moved, signal);
}

async function execute(
  options: PlanWorkerOptions,
  { organizationId, actionId }: DuePlan,
  moved: (status: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { database, openCloud, now, realNow, leaseSeconds = 60, log } = options;
  const store = createRunStore({
    database,
    organizationId,
    actionId,
    owner: randomUUID(),
    leaseSeconds,
    realNow,
  });
  const lost = new AbortController();
  // Calls to a cloud may outlast a lease; it is kept as long as this process lives.
  const heartbeat = setInterval(
    () => {
      store.renew().catch((error: unknown) => {
        if (error instanceof LeaseLost) lost.abort(error);
      });
    },
    Math.max(leaseSeconds * 1000, 3_000) / 3,
  );
  const wrapped = options.wrapStore?.(store) ?? store;
  try {
    await runPlan({
      store: wrapped,
      actions: new Map(options.actions.map((action) => [action.name, action])),
      openCloud: (connectionId) => openCloud(organizationId, connectionId),
      whyNotAllowed: (plan) =>
        withTenant(database, organizationId, { access: "read" }, (transaction) =>
          whyNotAllowed(transaction, actionId, plan),
        ),
      now,
      realNow,
      pace: options.pace ?? realPace,
      signal: AbortSignal.any([signal, lost.signal]),
      log,
      moved,
      beforeEnd: (outcome) => afterRun(options, { organizationId, actionId, store: wrapped, moved }, outcome),
    });
  } catch (error) {
    if (signal.aborted) return store.release();
    if (error instanceof LeaseLost || lost.signal.aborted) return;
    // What passes: the lease runs out, and the next turn goes on from the journal.
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

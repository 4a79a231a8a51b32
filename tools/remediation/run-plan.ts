import type { ItemRow } from "@cloudoptima/db/queries/proposals.ts";
import type { CloudRead } from "../clouds/cloud.ts";
import type { CloudWrite } from "../clouds/cloud-write.ts";
import type { Action, JsonRecord } from "../kernel/define-action.ts";
import { AppError } from "../kernel/errors.ts";
import { type FrozenPlan, hashPlan, readPlan } from "./frozen-plan.ts";
import { changeOf, type ItemRun, runItem } from "./run-item.ts";
import type { RunPace } from "./run-step.ts";
import type { RunStore } from "./run-store.ts";

export interface PlanRun {
  store: RunStore;
  actions: ReadonlyMap<string, Action>;
  openCloud(connectionId: string): Promise<CloudRead & CloudWrite>;
  whyNotAllowed(plan: FrozenPlan): Promise<string | null>;
  now(): Temporal.Instant;
  realNow(): Date;
  pace: RunPace;
  signal: AbortSignal;
  /** Told after each move of the plan or of an item. */
  moved(status: string): void;
  /** What follows from the run; a run that dies during it does it again, so nothing of it is ever left out. */
  beforeEnd(outcome: PlanOutcome): Promise<void>;
}

/** What a run came to. */
export interface PlanOutcome {
  plan: FrozenPlan;
  status: "completed" | "failed" | "needs_attention" | "expired";
  reason: string | null;
  /** Positions that were changed and verified. */
  completed: number[];
  recommendationIds: string[];
}

const open: readonly ItemRow["status"][] = ["waiting", "executing"];

/** Carries out an approved plan, or what an earlier run of it left: exactly its items, each once. */
export async function runPlan(run: PlanRun): Promise<void> {
  const claimed = await run.store.claim();
  if (!claimed) return; // somebody else has it, or it is not approved
  const { plan: row, journal } = claimed;
  const plan = readPlan(row.plan);
  const finish = async (
    status: PlanOutcome["status"],
    reason: string | null,
    completed: number[] = [],
  ): Promise<void> => {
    await run.beforeEnd({ plan, status, reason, completed, recommendationIds: row.recommendation_ids });
    await run.store.move(["approved", "executing", "verifying"], status, reason ?? undefined);
    run.moved(status);
  };

  if (hashPlan(row.plan) !== row.plan_hash)
    return finish("failed", "The stored plan is not the one that was approved.");
  if (row.status === "approved") {
    if (new Date(plan.expiresAt) <= run.realNow()) {
      return finish("expired", "It was approved, but could not be started before it expired.");
    }
    const stopped = await run.whyNotAllowed(plan);
    if (stopped) return finish("failed", stopped);
    await run.store.move(["approved"], "executing");
    run.moved("executing");
  }
  const action = run.actions.get(plan.action);
  if (!action || action.version !== plan.version) {
    return finish("failed", `This version of the product no longer knows ${plan.action} as it was planned.`);
  }
  const cloud = await run.openCloud(plan.connectionId);
  const itemRun: ItemRun = { ...run, cloud, action, plan, whyNotAllowed: () => run.whyNotAllowed(plan) };
  const items = claimed.items.map((item) => ({ ...item }));
  for (const item of items) {
    if (!open.includes(item.status)) continue;
    if (item.status === "waiting") await setItem(run, item, "executing");
    const outcome = await runItem(itemRun, item.position, plan.items[item.position]!, journal);
    if (outcome.outcome === "done") await setItem(run, item, "verifying");
    else
      await setItem(
        run,
        item,
        outcome.outcome === "needs_attention" ? "needs_attention" : "failed",
        outcome.reason,
      );
    run.moved("executing");
  }
  if (items.some(({ status }) => status === "verifying")) {
    if (row.status !== "verifying") {
      await run.store.move(["executing"], "verifying");
      run.moved("verifying");
    }
    await verifyItems(itemRun, items);
  }
  return finish(...verdict(items));
}

/** Reads each changed resource once more, keeps the state after the change for its undo, and what it left behind. */
async function verifyItems(run: ItemRun, items: ItemRow[]): Promise<void> {
  const { store, cloud, action, plan, signal } = run;
  const lastStep = changeOf(action, plan.direction).steps.at(-1)!;
  for (const item of items) {
    if (item.status !== "verifying") continue;
    const { resourceId, parameters } = plan.items[item.position]!;
    const live = await cloud.resource(resourceId, signal);
    const seen = await lastStep.verify({ cloud, resourceId, live, parameters, signal });
    if (seen !== "done") {
      await setItem(run, item, "needs_attention", "It was done, but the resource no longer shows it.");
      continue;
    }
    const behind = plan.direction === "apply" ? action.leavesBehind?.(parameters) : undefined;
    if (behind) await store.leaveBehind(item.position, behind.resourceId, new Date(behind.until));
    const after: JsonRecord | null =
      "irreversible" in action.undo ? null : action.undo.driftFields(live, parameters);
    await setItem(run, item, "completed", undefined, { after });
  }
}

async function setItem(
  { store }: { store: RunStore },
  item: ItemRow,
  status: "executing" | "verifying" | "completed" | "failed" | "needs_attention",
  reason?: string,
  result?: Record<string, unknown>,
): Promise<void> {
  const { position } = item;
  await store.item({ position, status, ...(reason ? { reason } : {}), ...(result ? { result } : {}) });
  item.status = status;
  item.reason = reason ?? null;
}

function verdict(
  items: readonly ItemRow[],
): ["completed" | "failed" | "needs_attention", string | null, number[]] {
  const of = (status: ItemRow["status"]) => items.filter((item) => item.status === status);
  const completed = of("completed").map(({ position }) => position);
  const [unclear] = of("needs_attention");
  const [failed] = of("failed");
  if (!unclear && !failed) return ["completed", null, completed];
  const reason = (unclear ?? failed)?.reason ?? "";
  const told = items.length === 1 ? reason : `${completed.length} of ${items.length} done. ${reason}`;
  return [unclear ? "needs_attention" : "failed", told, completed];
}

/** A failure of the run itself (a cloud that cannot be reached), which leaves the plan to be tried again. */
export function isWorthRetrying(error: unknown): boolean {
  return error instanceof AppError && (error.code === "unavailable" || error.code === "rate_limited");
}

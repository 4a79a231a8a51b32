import type { ItemRow, ProposalRow, ProposalStatus } from "@cloudoptima/db/queries/proposals.ts";
import type { Logger } from "pino";
import type { CloudRead } from "../clouds/cloud.ts";
import type { CloudWrite } from "../clouds/cloud-write.ts";
import type { Action, JsonRecord } from "../kernel/define-action.ts";
import { AppError } from "../kernel/errors.ts";
import { type FrozenPlan, hashPlan, readPlan } from "./frozen-plan.ts";
import { isPassing } from "./is-passing.ts";
import { changeOf, fieldsAfter, type ItemRun, runItem, stepsOf } from "./run-item.ts";
import type { RunPace } from "./run-step.ts";
import { LeaseLost, type RunStore } from "./run-store.ts";
import { sameJson } from "./same-json.ts";

export interface PlanRun {
  store: RunStore;
  actions: ReadonlyMap<string, Action>;
  openCloud(connectionId: string): Promise<CloudRead & CloudWrite>;
  whyNotAllowed(plan: FrozenPlan): Promise<string | null>;
  now(): Temporal.Instant;
  realNow(): Date;
  pace: RunPace;
  signal: AbortSignal;
  log: Pick<Logger, "error">;
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

/** A run from its claim to its end. */
interface Running extends Omit<PlanRun, "whyNotAllowed"> {
  row: ProposalRow;
  plan: FrozenPlan;
  status: ProposalStatus;
  items: ItemRow[];
  journal: NonNullable<Awaited<ReturnType<RunStore["claim"]>>>["journal"];
  /** Positions that something may have been written for. */
  begun: Set<number>;
  whyNotAllowed(): Promise<string | null>;
}

/** Why a run ends before its items do. */
interface Break {
  status: "failed" | "expired";
  reason: string;
}

/**
 * Carries out an approved plan, or what an earlier run of it left: exactly its items, each once. Throws what passes
 * by itself, such as a cloud that does not answer: another run goes on from the journal then.
 */
export async function runPlan(run: PlanRun): Promise<void> {
  const claimed = await run.store.claim();
  if (!claimed) return; // somebody else has it, or it is not approved
  const running = begin(run, claimed);
  let broken: Break | null;
  try {
    broken = await carryOut(running);
  } catch (error) {
    broken = await breakOf(running, error);
  }
  if (broken) await closeItems(running, broken.reason);
  const [status, reason, completed] = verdict(running.items);
  await finish(running, status === "failed" ? (broken?.status ?? status) : status, reason, completed);
}

function begin(run: PlanRun, claimed: NonNullable<Awaited<ReturnType<RunStore["claim"]>>>): Running {
  const { plan: row, journal } = claimed;
  const plan = readPlan(row.plan);
  const begun = new Set(journal.map(({ position }) => position));
  const store: RunStore = {
    ...run.store,
    journal(entry) {
      begun.add(entry.position);
      return run.store.journal(entry);
    },
  };
  const items = claimed.items.map((item) => ({ ...item }));
  const whyNotAllowed = () => run.whyNotAllowed(plan);
  return { ...run, store, row, plan, status: row.status, items, journal, begun, whyNotAllowed };
}

/** Runs and verifies the items; a break when the plan as a whole must not run, or not run on. */
async function carryOut(running: Running): Promise<Break | null> {
  const { row, plan, items, journal } = running;
  if (hashPlan(row.plan) !== row.plan_hash) {
    return { status: "failed", reason: "The stored plan is not the one that was approved." };
  }
  const action = running.actions.get(plan.action);
  if (action?.version !== plan.version) {
    const reason = `This version of the product no longer knows ${plan.action} as it was planned.`;
    return { status: "failed", reason };
  }
  if (running.status === "approved") {
    if (new Date(plan.expiresAt) <= running.realNow()) {
      return { status: "expired", reason: "It was approved, but could not be started before it expired." };
    }
    const stopped = await running.whyNotAllowed();
    if (stopped) return { status: "failed", reason: stopped };
    await advance(running, "executing");
  }
  const itemRun: ItemRun = { ...running, action, cloud: await running.openCloud(plan.connectionId) };
  for (const item of items) {
    if (item.status !== "waiting" && item.status !== "executing") continue;
    if (item.status === "waiting") await setItem(running, item, "executing");
    const ended = await runItem(itemRun, item.position, plan.items[item.position]!, journal);
    if (ended.outcome === "done") await setItem(running, item, "verifying");
    else await setItem(running, item, ended.outcome === "stopped" ? "failed" : ended.outcome, ended.reason);
    running.moved("executing");
  }
  if (items.some(({ status }) => status === "verifying")) {
    if (running.status !== "verifying") await advance(running, "verifying");
    await verifyItems(itemRun, items);
  }
  return null;
}

/** Reads each changed resource once more, keeps the state after the change for its undo. */
async function verifyItems(run: ItemRun, items: readonly ItemRow[]): Promise<void> {
  const { cloud, action, plan, signal } = run;
  const change = changeOf(action, plan.direction);
  for (const item of items) {
    if (item.status !== "verifying") continue;
    const planned = plan.items[item.position]!;
    const { resourceId, parameters } = planned;
    const live = await cloud.resource(resourceId, signal);
    const lastStep = stepsOf(change, parameters).at(-1)!;
    const seen = await lastStep.verify({ cloud, resourceId, live, parameters, signal });
    const expected = fieldsAfter(change, planned);
    if (seen !== "done" || (expected && !sameJson(change.driftFields(live, parameters), expected))) {
      await setItem(run, item, "needs_attention", "It was done, but the resource no longer shows it.");
      continue;
    }
    const after: JsonRecord | null =
      "irreversible" in action.undo ? null : action.undo.driftFields(live, parameters);
    await setItem(run, item, "completed", undefined, { after });
  }
}

/** What a failure of the run itself means for the plan; one that passes, or another worker's turn, is thrown on. */
async function breakOf(running: Running, error: unknown): Promise<Break> {
  const { plan, store, status, signal } = running;
  if (error instanceof LeaseLost || signal.aborted) throw error;
  if (isPassing(error) && new Date(plan.expiresAt) > running.realNow()) {
    await store.move([status], status, `${error.message} It is tried again.`);
    running.moved(status);
    throw error;
  }
  running.log.error({ err: error, actionId: running.row.id }, "a plan broke off");
  const { message, hint } = AppError.from(error);
  return { status: "failed", reason: `The run broke off: ${message}${hint ? ` ${hint}` : ""}` };
}

/** What was not begun is not done, what was begun a person has to look at: nothing stays half done unsaid. */
async function closeItems(running: Running, reason: string): Promise<void> {
  for (const item of running.items) {
    if (!["waiting", "executing", "verifying"].includes(item.status)) continue;
    await setItem(running, item, running.begun.has(item.position) ? "needs_attention" : "failed", reason);
  }
}

async function finish(
  running: Running,
  status: PlanOutcome["status"],
  reason: string | null,
  completed: number[],
): Promise<void> {
  const { plan, row, store } = running;
  await running.beforeEnd({ plan, status, reason, completed, recommendationIds: row.recommendation_ids });
  await store.move([running.status], status, reason ?? undefined);
  running.moved(status);
}

async function advance(running: Running, to: "executing" | "verifying"): Promise<void> {
  await running.store.move([running.status], to);
  running.status = to;
  running.moved(to);
}

async function setItem(
  { store }: Pick<PlanRun, "store">,
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

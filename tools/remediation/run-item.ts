import type { JournalRow } from "@cloudoptima/db/queries/proposals.ts";
import type { CloudRead } from "../clouds/cloud.ts";
import type { CloudWrite } from "../clouds/cloud-write.ts";
import type { Action, ActionChange, JsonRecord } from "../kernel/define-action.ts";
import type { FrozenPlan, PlanItem } from "./frozen-plan.ts";
import { locksOver, lockThatForbids } from "./plan-resource.ts";
import { type RunPace, runStep, type StepOutcome } from "./run-step.ts";
import type { RunStore } from "./run-store.ts";
import { sameJson } from "./same-json.ts";

export interface ItemRun {
  store: RunStore;
  cloud: CloudRead & CloudWrite;
  action: Action;
  plan: FrozenPlan;
  /** The organization's own reasons: stop switch, approvers, settings. */
  whyNotAllowed(): Promise<string | null>;
  now(): Temporal.Instant;
  realNow(): Date;
  pace: RunPace;
  signal: AbortSignal;
}

/** The way there or back that a plan names. */
export function changeOf(
  action: Action,
  direction: FrozenPlan["direction"],
): ActionChange & { operations: readonly string[] } {
  if (direction === "apply") return { ...action.apply, operations: action.operations };
  if ("irreversible" in action.undo) throw new Error(`${action.name} has no way back.`);
  return action.undo;
}

/** Runs the writes of one resource in order; the first that does not end well ends it. */
export async function runItem(
  run: ItemRun,
  position: number,
  item: PlanItem,
  journal: readonly JournalRow[],
): Promise<StepOutcome> {
  const change = changeOf(run.action, run.plan.direction);
  const parameters: JsonRecord = item.parameters;
  const { resourceId, driftFields } = item;
  const { store, cloud, pace, signal } = run;
  const whyNot = async () => (await run.whyNotAllowed()) ?? (await whyNotNow(run, change, item));
  const earlier = journal.filter((entry) => entry.position === position);
  for (const step of change.steps) {
    const outcome = await runStep(
      { store, cloud, position, resourceId, parameters, driftFields, change, whyNot, pace, signal },
      step,
      earlier,
    );
    if (outcome.outcome !== "done") return outcome;
  }
  return { outcome: "done" };
}

/** Why the resource itself must not be changed now: it drifted, is locked, or new evidence speaks against it. */
export async function whyNotNow(
  { cloud, now, realNow, signal }: Pick<ItemRun, "cloud" | "now" | "realNow" | "signal"> | ReaderParts,
  change: ActionChange & { operations: readonly string[] },
  item: PlanItem,
): Promise<string | null> {
  const live = await cloud.resource(item.resourceId, signal);
  const found = change.driftFields(live, item.parameters);
  if (!sameJson(found, item.driftFields))
    return `It changed since it was planned: ${differences(item.driftFields, found)}.`;
  const locks = await locksOver(cloud, item.resourceId, live !== null, signal);
  const lock = lockThatForbids(change, locks);
  if (lock) return `It is locked (${lock.level}) by ${lock.id}.`;
  return change.checkEvidence({ cloud, now, realNow, signal, locks }, live, item.parameters);
}

interface ReaderParts {
  cloud: CloudRead;
  now(): Temporal.Instant;
  realNow(): Date;
  signal: AbortSignal;
}

function differences(planned: JsonRecord, found: JsonRecord): string {
  return Object.keys({ ...planned, ...found })
    .filter((key) => !sameJson(planned[key] ?? null, found[key] ?? null))
    .map((key) => `${key} was ${show(planned[key])}, is ${show(found[key])}`)
    .join("; ");
}

const show = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value ?? null));

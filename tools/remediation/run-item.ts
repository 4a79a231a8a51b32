import type { JournalRow } from "@cloudoptima/db/queries/proposals.ts";
import type { CloudRead, LiveResource } from "../clouds/cloud.ts";
import type { CloudWrite } from "../clouds/cloud-write.ts";
import type { Action, ActionChange, ActionStep, JsonRecord, JsonValue } from "../kernel/define-action.ts";
import type { FrozenPlan, PlanItem } from "./frozen-plan.ts";
import { isGone } from "./is-gone.ts";
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
  const { store, cloud, action, plan, pace, signal } = run;
  const change = changeOf(action, plan.direction);
  const parameters: JsonRecord = item.parameters;
  const { resourceId } = item;
  const behind = plan.direction === "apply" ? action.leavesBehind?.(parameters) : undefined;
  const earlier = journal.filter((entry) => entry.position === position);
  let driftFields: JsonRecord = item.driftFields;
  let failure: Failure | null = null;
  let doneCount = 0;
  for (const step of stepsOf(change, parameters)) {
    if (failure && !(step.restores && doneCount > 0)) continue;
    const expected = { ...item, driftFields };
    const whyNot = async (live: LiveResource | null) =>
      (await run.whyNotAllowed()) ??
      whyTooLate(run, earlier) ??
      (await whyNotNow(run, change, expected, live, step.name));
    const ended = await runStep(
      { store, cloud, position, resourceId, parameters, driftFields, change, whyNot, pace, signal },
      step,
      earlier,
    );
    // Kept as soon as it may be there: whatever becomes of the next write, nobody has to pay for it for ever.
    if (behind && (ended.outcome === "done" || ended.outcome === "needs_attention")) {
      await store.leaveBehind(position, behind.resourceId, new Date(behind.until));
    }
    if (ended.outcome === "done") {
      doneCount++;
      driftFields = { ...driftFields, ...step.changes?.(parameters) };
      if (failure) failure = told(failure, `${failure.reason} ${step.restores}`);
      continue;
    }
    const reason = failure ? `${failure.reason} ${ended.reason}` : ended.reason;
    failure = { outcome: step.restores && doneCount > 0 ? "needs_attention" : ended.outcome, reason };
    if (failure.outcome === "needs_attention") break;
  }
  if (!failure) return { outcome: "done" };
  if (doneCount === 0 || !behind) return failure;
  const name = behind.resourceId.split("/").at(-1);
  return told(
    failure,
    `${failure.reason} ${name} was made before; it stays until ${behind.until.slice(0, 10)}.`,
  );
}

const told = ({ outcome }: Failure, reason: string): Failure => ({ outcome, reason });

type Failure = Exclude<StepOutcome, { outcome: "done" }>;

/** The writes that a plan needs. */
export const stepsOf = ({ steps }: ActionChange, parameters: JsonRecord): readonly ActionStep[] =>
  steps.filter((step) => step.when?.(parameters) ?? true);

/** What a resource's drift fields are once all of its writes are done; null: its action does not say. */
export function fieldsAfter(change: ActionChange, { parameters, driftFields }: PlanItem): JsonRecord | null {
  const changes = stepsOf(change, parameters).flatMap((step) =>
    step.changes ? [step.changes(parameters)] : [],
  );
  return changes.length === 0 ? null : Object.assign({}, driftFields, ...changes);
}

/**
 * What an earlier run began may be settled at any time, but written again only while the approval lasts: somebody may
 * have it looked at long after people decided.
 */
function whyTooLate(
  { plan, realNow }: Pick<ItemRun, "plan" | "realNow">,
  earlier: readonly JournalRow[],
): string | null {
  if (earlier.length === 0 || new Date(plan.expiresAt) > realNow()) return null;
  return `Its approval ended on ${plan.expiresAt.slice(0, 10)}, so it is not tried again.`;
}

/**
 * Why the resource itself must not be changed now: it drifted, is locked, or new evidence speaks against it.
 * `live` is what was just read of it.
 */
export async function whyNotNow(
  { cloud, now, realNow, signal }: Pick<ItemRun, "cloud" | "now" | "realNow" | "signal"> | ReaderParts,
  change: ActionChange & { operations: readonly string[] },
  item: Pick<PlanItem, "resourceId" | "parameters"> & { driftFields: JsonRecord },
  live?: LiveResource | null,
  step?: string,
): Promise<string | null> {
  const seen = live === undefined ? await cloud.resource(item.resourceId, signal) : live;
  const found = change.driftFields(seen, item.parameters);
  if (!sameJson(found, item.driftFields)) return drift(seen, item.driftFields, found);
  if (seen && isGone(seen) === "under_way") return "It is being deleted.";
  const locks = await locksOver(cloud, item.resourceId, seen !== null, signal);
  const lock = lockThatForbids(change, locks);
  if (lock) return `It is locked (${lock.level}) by ${lock.id}.`;
  const reader = { cloud, now, realNow, signal, locks };
  const against = await change.checkEvidence(reader, seen, item.parameters, step);
  return against && `${against.charAt(0).toUpperCase()}${against.slice(1)}`;
}

interface ReaderParts {
  cloud: CloudRead;
  now(): Temporal.Instant;
  realNow(): Date;
  signal: AbortSignal;
}

function drift(live: LiveResource | null, planned: JsonRecord, found: JsonRecord): string {
  if (live === null) return "It does not exist any more.";
  if (planned.exists === false) return "Something of this name exists again; it was not touched.";
  return `It changed since it was planned: ${differences(planned, found).join("; ")}.`;
}

/** Each value that differs, by its way down to it: "tags.Owner was a, is b". */
function differences(planned: JsonRecord, found: JsonRecord, way = ""): string[] {
  return Object.keys({ ...planned, ...found }).flatMap((key) => {
    const [was = null, is = null] = [planned[key], found[key]];
    if (sameJson(was, is)) return [];
    if (isRecord(was) && isRecord(is)) return differences(was, is, `${way}${key}.`);
    return [`${way}${key} was ${show(was)}, is ${show(is)}`];
  });
}

const isRecord = (value: JsonValue): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const show = (value: JsonValue) =>
  value === null ? "not set" : typeof value === "string" ? value : JSON.stringify(value);

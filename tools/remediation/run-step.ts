import type { JournalRow } from "@cloudoptima/db/queries/proposals.ts";
import type { CloudRead, LiveResource } from "../clouds/cloud.ts";
import type { CloudWrite } from "../clouds/cloud-write.ts";
import type { ActionChange, ActionStep, JsonRecord, StepState } from "../kernel/define-action.ts";
import { AppError } from "../kernel/errors.ts";
import { singleLine } from "../kernel/plain-text.ts";
import { isPassing } from "./is-passing.ts";
import type { RunStore } from "./run-store.ts";
import { sameJson } from "./same-json.ts";

/** How one step ended. `stopped`: nothing was written, for this reason. */
export type StepOutcome =
  | { outcome: "done" }
  | { outcome: "stopped" | "failed" | "needs_attention"; reason: string };

export interface RunPace {
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Milliseconds that only ever grow. */
  elapsedMs(): number;
}

export interface StepRun {
  store: RunStore;
  cloud: CloudRead & CloudWrite;
  position: number;
  resourceId: string;
  parameters: JsonRecord;
  /** As planned, with what the steps before made of it: equal now means that this step did nothing yet. */
  driftFields: JsonRecord;
  change: ActionChange;
  /** Why it must not be written now; null: nothing speaks against it. Asked before each write, of what it is about. */
  whyNot(live: LiveResource | null): Promise<string | null>;
  pace: RunPace;
  signal: AbortSignal;
}

/** Azure's slowest of these operations take a few minutes; after this long a person should look. */
const longestOperationMs = 20 * 60_000;
/** How long the cloud may take to show a change whose end it has told, or whose answer was lost. */
const settleMs = 3 * 60_000;
const pollMs = 2_000;
const mostSubmissions = 3;
/** Waits that the cloud asks for before a write add up to this at most. */
const longestWaitMs = 15 * 60_000;
/** As long as the connector leaves a service alone that keeps failing. */
const beforeRepeatMs = 30_000;

/** Runs one write to its verified end, going on from wherever the journal says that an earlier run was cut off. */
export async function runStep(
  run: StepRun,
  step: ActionStep,
  earlier: readonly JournalRow[],
): Promise<StepOutcome> {
  const last = earlier.findLast((entry) => entry.step === step.name);
  if (last?.state === "done") return { outcome: "done" };
  if (last?.state === "failed") return { outcome: "failed", reason: String(last.details.reason) };
  const ended =
    last === undefined
      ? "untouched"
      : last.state === "submitted"
        ? await finish(run, step, operationOf(last.details))
        : // Cut off between asking and keeping the answer: only the cloud knows whether it happened.
          await settle(run, step);
  return ended === "untouched" ? submit(run, step, last !== undefined) : ended;
}

async function submit(run: StepRun, step: ActionStep, mayBeUnderWay: boolean): Promise<StepOutcome> {
  const { store, position, pace, signal } = run;
  let waited = 0;
  for (let attempt = 1; ; attempt++) {
    const context = await stepContext(run);
    const reason = await run.whyNot(context.live);
    if (reason) {
      // What an earlier run sent may have arrived since the last look: then that is what changed.
      const settled = mayBeUnderWay || attempt > 1 ? await settle(run, step) : "untouched";
      return settled === "untouched" ? { outcome: "stopped", reason } : settled;
    }
    // Nothing may come between this, which fails without the lease, and the write, which names what was checked.
    await store.journal({ position, step: step.name, state: "starting" });
    const sent = await step.submit(context).catch((error: unknown) => {
      if (!(error instanceof AppError) || signal.aborted) throw error;
      return error;
    });
    if (!(sent instanceof AppError)) {
      const { operation } = sent;
      await store.journal({ position, step: step.name, state: "submitted", details: { operation } });
    }
    const ended =
      sent instanceof AppError ? await settle(run, step) : await finish(run, step, sent.operation);
    if (ended !== "untouched") return ended;
    const wait = sent instanceof AppError ? askedWait(sent) : null;
    if (wait !== null && waited + wait <= longestWaitMs) {
      // The wait is here, so that after it everything is looked at again: people may have stopped it meanwhile.
      waited += wait;
      attempt--;
      await pace.sleep(wait, signal);
      continue;
    }
    const mayRepeat = !(sent instanceof AppError) || sent.code === "unavailable";
    if (!mayRepeat || attempt === mostSubmissions) {
      const failure = sent instanceof AppError ? withCloudsWords(sent) : "The cloud accepted it and lost it.";
      return fail(run, step, failure);
    }
    await pace.sleep(beforeRepeatMs, signal);
  }
}

/**
 * Waits for a submitted change and lets the cloud's state, not its promise, say whether it happened. "untouched":
 * the cloud no longer knows the operation, and nothing came of it.
 */
async function finish(
  run: StepRun,
  step: ActionStep,
  operation: string | null,
): Promise<StepOutcome | "untouched"> {
  let failure: Awaited<ReturnType<typeof waitFor>> = null;
  try {
    if (operation !== null) failure = await waitFor(run, operation);
  } catch (error) {
    // Passing: the journal knows the operation, and a later run asks again.
    if (!(error instanceof AppError) || isPassing(error) || run.signal.aborted) throw error;
    return settle(run, step);
  }
  const seen = await verifyWithin(run, step, failure === null ? settleMs : 0);
  if (seen === "done") return done(run, step);
  if (failure !== null && seen === "not_done" && !failure.unsettled) return fail(run, step, failure.reason);
  const unfinished = seen === "unknown" ? " It left something unfinished behind." : "";
  return attention(
    run,
    step,
    failure
      ? `${failure.reason}${unfinished}`
      : "The cloud said that it was done, but the resource does not show it.",
  );
}

/** Null: it succeeded. `unsettled`: it may still happen. */
async function waitFor(
  run: StepRun,
  operation: string,
): Promise<{ reason: string; unsettled: boolean } | null> {
  const { cloud, pace, signal } = run;
  const started = pace.elapsedMs();
  for (;;) {
    const progress = await cloud.progress(operation, signal);
    if (progress.state === "succeeded") return null;
    if (progress.state === "failed") {
      const words = singleLine(progress.message);
      return { reason: `The cloud could not do it: ${words} (${progress.code})`, unsettled: false };
    }
    if (pace.elapsedMs() - started > longestOperationMs) {
      return { reason: "The cloud has been working on it for 20 minutes without an end.", unsettled: true };
    }
    await pace.sleep(progress.retryAfterMs ?? pollMs, signal);
  }
}

/**
 * Reads what an unknown or refused submission did. "untouched": the resource is as it was planned, so asking
 * again is the first time. While it is neither there nor as before, something is under way.
 */
async function settle(run: StepRun, step: ActionStep): Promise<StepOutcome | "untouched"> {
  const started = run.pace.elapsedMs();
  for (;;) {
    const context = await stepContext(run);
    const seen = await step.verify(context);
    if (seen === "done") return done(run, step);
    if (seen === "unknown") return attention(run, step, "The cloud cannot tell whether it happened.");
    const asPlanned = sameJson(run.change.driftFields(context.live, run.parameters), run.driftFields);
    if (seen === "not_done" && asPlanned) return "untouched";
    const waited = run.pace.elapsedMs() - started;
    if (seen === "not_done" && waited > settleMs) {
      return attention(run, step, "The resource is neither as planned nor as it was before.");
    }
    if (waited > longestOperationMs) {
      return attention(run, step, "The cloud has been working on it for 20 minutes without an end.");
    }
    await run.pace.sleep(pollMs, run.signal);
  }
}

/** Looks until it is done; what is under way gets as long as the slowest operation. */
async function verifyWithin(run: StepRun, step: ActionStep, patienceMs: number): Promise<StepState> {
  const started = run.pace.elapsedMs();
  for (;;) {
    const seen = await step.verify(await stepContext(run));
    if (seen === "done" || seen === "unknown" || patienceMs === 0) return seen;
    const patience = seen === "under_way" ? longestOperationMs : patienceMs;
    if (run.pace.elapsedMs() - started >= patience) return seen;
    await run.pace.sleep(pollMs, run.signal);
  }
}

async function stepContext({ cloud, resourceId, parameters, signal }: StepRun) {
  return { cloud, resourceId, parameters, signal, live: await cloud.resource(resourceId, signal) };
}

async function done({ store, position }: StepRun, step: ActionStep): Promise<StepOutcome> {
  await store.journal({ position, step: step.name, state: "done" });
  return { outcome: "done" };
}

async function fail(run: StepRun, step: ActionStep, reason: string): Promise<StepOutcome> {
  // Nobody may leave it so, and it can be tried again.
  if (step.restores) return attention(run, step, reason);
  const { store, position } = run;
  await store.journal({ position, step: step.name, state: "failed", details: { reason } });
  return { outcome: "failed", reason };
}

async function attention(
  { store, position }: StepRun,
  step: ActionStep,
  reason: string,
): Promise<StepOutcome> {
  await store.journal({ position, step: step.name, state: "unknown", details: { reason } });
  return { outcome: "needs_attention", reason };
}

function operationOf(details: Record<string, unknown>): string | null {
  return typeof details.operation === "string" ? details.operation : null;
}

/** Azure's own reason helps whoever reads it; it is untrusted text and stays on one line. */
function withCloudsWords({ message, details }: AppError): string {
  const words = details?.azureMessage;
  return typeof words === "string" && words ? `${message} Azure: ${singleLine(words)}` : message;
}

/** How long a limited cloud asks to wait before the same is asked again; null: it did not say, or it was no limit. */
function askedWait({ code, details }: AppError): number | null {
  const wait = details?.retryAfterMs;
  return code === "rate_limited" && typeof wait === "number" ? Math.max(wait, pollMs) : null;
}

import type { JournalRow } from "@cloudoptima/db/queries/proposals.ts";
import type { CloudRead } from "../clouds/cloud.ts";
import type { CloudWrite } from "../clouds/cloud-write.ts";
import type { ActionChange, ActionStep, JsonRecord } from "../kernel/define-action.ts";
import { AppError } from "../kernel/errors.ts";
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
  /** What the plan froze: equal now means that nothing has happened to the resource. */
  driftFields: JsonRecord;
  change: ActionChange;
  /** Why it must not be written now; null: nothing speaks against it. Asked before each write. */
  whyNot(): Promise<string | null>;
  pace: RunPace;
  signal: AbortSignal;
}

/** Azure's slowest of these operations take a few minutes; after this long a person should look. */
const longestOperationMs = 20 * 60_000;
/** How long the cloud may take to show a change whose end it has told, or whose answer was lost. */
const settleMs = 3 * 60_000;
const pollMs = 2_000;
const mostSubmissions = 3;

/** Runs one write to its verified end, going on from wherever the journal says that an earlier run was cut off. */
export async function runStep(
  run: StepRun,
  step: ActionStep,
  earlier: readonly JournalRow[],
): Promise<StepOutcome> {
  const last = earlier.findLast((entry) => entry.step === step.name);
  if (last?.state === "done") return { outcome: "done" };
  if (last?.state === "submitted") return finish(run, step, operationOf(last.details));
  // Cut off between asking and keeping the answer: only the cloud knows whether it happened.
  const mayBeUnderWay = last?.state === "starting" || last?.state === "unknown";
  if (mayBeUnderWay) {
    const settled = await settle(run, step);
    if (settled !== "untouched") return settled;
  }
  return submit(run, step, mayBeUnderWay);
}

async function submit(run: StepRun, step: ActionStep, mayBeUnderWay: boolean): Promise<StepOutcome> {
  const { store, position, signal } = run;
  for (let attempt = 1; ; attempt++) {
    const reason = await run.whyNot();
    if (reason) {
      // What an earlier run sent may have arrived since the last look: then that is what changed.
      const settled = mayBeUnderWay || attempt > 1 ? await settle(run, step) : "untouched";
      return settled === "untouched" ? { outcome: "stopped", reason } : settled;
    }
    await store.journal({ position, step: step.name, state: "starting" });
    try {
      const { operation } = await step.submit(await stepContext(run));
      await store.journal({ position, step: step.name, state: "submitted", details: { operation } });
      return await finish(run, step, operation);
    } catch (error) {
      if (!(error instanceof AppError) || signal.aborted) throw error;
      const settled = await settle(run, step);
      if (settled !== "untouched") return settled;
      const mayRepeat = error.code === "unavailable" && attempt < mostSubmissions;
      if (mayRepeat) continue;
      return fail(run, step, withCloudsWords(error));
    }
  }
}

/** Waits for a submitted change and lets the cloud's state, not its promise, say whether it happened. */
async function finish(run: StepRun, step: ActionStep, operation: string | null): Promise<StepOutcome> {
  const failure = operation === null ? null : await waitFor(run, operation);
  const seen = await verifyWithin(run, step, failure === null ? settleMs : 0);
  if (seen === "done") return done(run, step);
  if (failure !== null && seen === "not_done" && !failure.unsettled) return fail(run, step, failure.reason);
  return attention(
    run,
    step,
    failure?.reason ?? "The cloud said that it was done, but the resource does not show it.",
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
      return {
        reason: `The cloud could not do it: ${progress.message} (${progress.code})`,
        unsettled: false,
      };
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
    if (sameJson(run.change.driftFields(context.live, run.parameters), run.driftFields)) return "untouched";
    if (run.pace.elapsedMs() - started > settleMs) {
      return attention(run, step, "The resource is neither as planned nor as it was before.");
    }
    await run.pace.sleep(pollMs, run.signal);
  }
}

async function verifyWithin(run: StepRun, step: ActionStep, patienceMs: number): Promise<string> {
  const started = run.pace.elapsedMs();
  for (;;) {
    const seen = await step.verify(await stepContext(run));
    if (seen !== "not_done" || run.pace.elapsedMs() - started >= patienceMs) return seen;
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

async function fail({ store, position }: StepRun, step: ActionStep, reason: string): Promise<StepOutcome> {
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
  return typeof words === "string" && words ? `${message} Azure: ${words.replace(/\s+/g, " ")}` : message;
}

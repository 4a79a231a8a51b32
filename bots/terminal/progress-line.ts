import type { Progress } from "@cloudoptima/tools/kernel/context.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";

export interface ProgressOutput {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Shortest time between two lines: a screen is redrawn, a log file gets a line now and then. */
const redrawMs = 100;
const logEveryMs = 5_000;

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** "42 s", "3 min 5 s" */
function duration(seconds: number): string {
  const rounded = Math.max(1, Math.round(seconds));
  return rounded < 60 ? `${rounded} s` : `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
}

/** "Loading: 120,000 of 1,000,000 rows, 41,200 rows/s, 22 s left" */
export function describeProgress(progress: Progress, elapsedSeconds: number): string {
  const parts: string[] = [];
  const unit = progress.unit ? ` ${progress.unit}` : "";
  if (progress.done !== undefined) {
    const of = progress.total === undefined ? "" : ` of ${whole.format(progress.total)}`;
    parts.push(`${whole.format(progress.done)}${of}${unit}`);
    if (progress.done > 0 && elapsedSeconds >= 0.5) {
      const rate = progress.done / elapsedSeconds;
      if (rate >= 1) parts.push(`${whole.format(rate)}${unit}/s`);
      if (progress.total !== undefined && progress.total > progress.done) {
        parts.push(`${duration((progress.total - progress.done) / rate)} left`);
      }
    }
  }
  const message = singleLine(progress.message);
  return parts.length > 0 ? `${message}: ${parts.join(", ")}` : message;
}

/** Shows progress on stderr: one line redrawn on a terminal, a plain line every few seconds elsewhere. */
export function createProgressLine(output: ProgressOutput, nowMs: () => number = () => performance.now()) {
  let message = "";
  let startedMs = nowMs();
  let shownMs: number | undefined;
  let drawn = false;

  function clear(): void {
    if (drawn) output.write("\r\u001b[K");
    drawn = false;
  }

  return {
    show(progress: Progress): void {
      const now = nowMs();
      if (progress.message !== message) {
        // A new stage has its own rate.
        message = progress.message;
        startedMs = now;
        if (output.isTTY) shownMs = undefined;
      }
      // Work that is over soon leaves no line in a log.
      shownMs ??= output.isTTY ? Number.NEGATIVE_INFINITY : now;
      if (now - shownMs < (output.isTTY ? redrawMs : logEveryMs)) return;
      shownMs = now;
      const line = describeProgress(progress, (now - startedMs) / 1000);
      if (!output.isTTY) {
        output.write(`${line}\n`);
        return;
      }
      output.write(`\r\u001b[K${line.slice(0, Math.max(10, (output.columns ?? 80) - 1))}`);
      drawn = true;
    },
    /** Removes the line before anything else is printed. */
    clear,
  };
}
export type ProgressLine = ReturnType<typeof createProgressLine>;

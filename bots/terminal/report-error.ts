import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";

/** One line: what happened and what to do. With `verbose` also the stack and every cause. */
export function describeFailure(error: unknown, verbose: boolean): string {
  const failure = AppError.from(error);
  const line = singleLine([failure.message, failure.hint].filter(Boolean).join(" "));
  if (!verbose) return `${line}\n`;
  const details: string[] = [line];
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    details.push(cause.stack ?? cause.message);
    if (cause instanceof AppError && cause.details) details.push(JSON.stringify(cause.details));
  }
  return `${details.join("\n")}\n`;
}

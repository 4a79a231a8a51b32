import { AppError } from "@cloudoptima/tools/kernel/errors.ts";

/** An error as a person reads it: what happened and what to do. */
export function describeError(error: unknown): string {
  const { message, hint } = AppError.from(error);
  return hint ? `${message} ${hint}` : message;
}

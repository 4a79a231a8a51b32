import { AppError, type ErrorCode } from "@cloudoptima/tools/kernel/errors.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";

const LONGEST = 600;

/**
 * A failed call as the model and the reader may see it: our own sentence with its code, one line, bounded.
 * What we did not write (a cloud's or a driver's text) never passes.
 */
export class SafeToolError extends Error {
  readonly code: ErrorCode;

  constructor(error: unknown) {
    const known = AppError.from(error);
    super(singleLine([`${known.code}:`, known.message, known.hint ?? ""].join(" ")).slice(0, LONGEST));
    this.name = "SafeToolError";
    this.code = known.code;
  }
}

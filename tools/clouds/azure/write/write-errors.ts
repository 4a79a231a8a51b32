import { AppError } from "../../../kernel/errors.ts";
import { classifyFailure, codeOf, messageOf, statusOf, toAppError } from "../azure-errors.ts";
import { retryAfterMs } from "../retry-after.ts";

const longestMessage = 500;

/** A write that Azure did not accept, as a person can understand it. `what` completes "Azure could not …". */
export function toWriteError(error: unknown, what: string): AppError {
  if (error instanceof AppError) return error;
  const status = statusOf(error);
  const code = codeOf(error);
  // Azure's own words, untrusted: for the journal, never for a model as an instruction.
  const details = {
    status: status ?? null,
    azureCode: code || null,
    azureMessage: messageOf(error).slice(0, longestMessage),
    ...waitOf(error),
  };
  const make = (...[kind, message, hint]: [AppError["code"], string, string]) =>
    new AppError(kind, message, { hint, cause: error, details });
  if (/^ScopeLocked$/i.test(code)) {
    return make(
      "conflict",
      `A lock does not let us ${what}.`,
      "Its owner can remove the lock in Azure first.",
    );
  }
  if (status === 401 || status === 403) {
    return make(
      "forbidden",
      `The connection's identity may not ${what}.`,
      "Give it a role on the resource's group that allows this operation.",
    );
  }
  if (status === 404) {
    return make(
      "not_found",
      `Azure did not find what we wanted to change when we tried to ${what}.`,
      "Scan again.",
    );
  }
  if (status === 412) {
    return make("conflict", `It changed in the meantime, so Azure refused to ${what}.`, "Plan it anew.");
  }
  if (status === 409) {
    return make(
      "conflict",
      `Azure does not allow us to ${what} now.`,
      "See Azure's reason, then plan it anew.",
    );
  }
  const other = toAppError(error, what);
  return new AppError(other.code, other.message, {
    hint: other.code === "unavailable" ? "Try again in a few minutes." : "See Azure's reason in the details.",
    cause: error,
    details,
  });
}

/** How long Azure asks to wait before the same is sent again. */
function waitOf(error: unknown): { retryAfterMs?: number } {
  const failure = classifyFailure(error);
  const wait = failure.kind === "throttled" ? retryAfterMs(failure.headers, Date.now()) : null;
  return wait === null ? {} : { retryAfterMs: wait };
}

import { isRestError } from "@azure/core-rest-pipeline";
import { AppError } from "../../kernel/errors.ts";
import { toSignInError } from "./sign-in-error.ts";

/** What a failed call means for the one who waits: again later, or never. */
export type Failure =
  | { kind: "throttled"; headers: [string, string][] }
  | { kind: "transient" }
  | { kind: "final" };

const networkCodes = /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ENOTFOUND|UND_ERR|ERR_STREAM|ERR_SOCKET)/;

export function classifyFailure(error: unknown): Failure {
  if (error instanceof AppError) return { kind: "final" };
  const status = statusOf(error);
  if (status === 429) return { kind: "throttled", headers: headersOf(error) };
  if (status === 503 && headersOf(error).some(([name]) => name.toLowerCase() === "retry-after")) {
    return { kind: "throttled", headers: headersOf(error) };
  }
  if (status === 408 || (status !== undefined && status >= 500)) return { kind: "transient" };
  if (error instanceof DOMException && error.name === "TimeoutError") return { kind: "transient" };
  if (status === undefined || (status >= 200 && status < 300)) {
    // No status: the connection broke. 2xx with an error: the body broke off and could not be parsed.
    const code = codeOf(error);
    if (code === "REQUEST_SEND_ERROR" || code === "PARSE_ERROR" || networkCodes.test(code)) {
      return { kind: "transient" };
    }
    if (error instanceof SyntaxError || /premature|aborted|terminated/i.test(messageOf(error))) {
      return { kind: "transient" };
    }
  }
  return { kind: "final" };
}

/** A failed call as a person can understand it. `what` completes "Azure could not …". */
export function toAppError(error: unknown, what: string): AppError {
  if (error instanceof AppError) return error;
  const status = statusOf(error);
  const details = { status: status ?? null, azureCode: codeOf(error) || null };
  const cause = error;
  const refusedSignIn = toSignInError(error, details);
  if (refusedSignIn) return refusedSignIn;
  if (status === 401) {
    return new AppError(
      "unauthenticated",
      `Azure no longer accepts the sign-in with which we tried to ${what}.`,
      {
        hint: "Its token was renewed and refused as well: check the application and its secret, then scan again.",
        cause,
        details,
      },
    );
  }
  if (status === 403) {
    return new AppError("forbidden", `The connection's identity may not ${what}.`, {
      hint: "Give it the roles Reader, Cost Management Reader and Monitoring Reader on the subscription.",
      cause,
      details,
    });
  }
  if (status === 429) {
    return new AppError("rate_limited", `Azure's limits did not let us ${what} now.`, {
      hint: "What was read is kept; scan again later and it goes on from there.",
      cause,
      details,
    });
  }
  if (classifyFailure(error).kind === "transient") {
    return new AppError("unavailable", `Azure did not answer when we tried to ${what}.`, {
      hint: "Try again in a few minutes; what was read before is kept.",
      cause,
      details,
    });
  }
  return new AppError("unsupported", `Azure refused to ${what}${status ? ` (HTTP ${status})` : ""}.`, {
    hint: "The log has Azure's own words; the subscription's offer may not support this query.",
    cause,
    details,
  });
}

/** HTTP status of a failed call, undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  if (isRestError(error)) return error.statusCode ?? error.response?.status;
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === "number" ? status : undefined;
}

function headersOf(error: unknown): [string, string][] {
  return isRestError(error) && error.response ? [...error.response.headers] : [];
}

/** Azure's or the network's error code, "" for none. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

/** Azure's own words, untrusted. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

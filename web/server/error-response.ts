import { httpStatuses, retryAfter } from "@cloudoptima/tools/kernel/error-over-http.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { BodyTooLarge } from "./body-too-large.ts";

export function statusOf(error: AppError): ContentfulStatusCode {
  return error instanceof BodyTooLarge ? 413 : httpStatuses[error.code];
}

/** The one shape of every error of the API; `details.hint` says what to do. */
export function errorBody(error: AppError, path: string, requestId: string) {
  return {
    error: {
      code: error.code,
      message: error.message,
      details: { ...error.details, ...(error.hint ? { hint: error.hint } : {}), requestId },
      timestamp: new Date().toISOString(),
      path,
    },
  };
}

/** A failed request's answer. */
export function errorResponse(context: Context, thrown: unknown, requestId: string): Response {
  const error = AppError.from(thrown);
  return context.json(errorBody(error, context.req.path, requestId), statusOf(error), {
    "X-Request-Id": requestId,
    ...retryAfter(error),
    // What is left of the body is not read, so the connection ends: told, no client sends its next request on it.
    ...(error instanceof BodyTooLarge ? { Connection: "close" } : {}),
  });
}

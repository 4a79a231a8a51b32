import type { AppError, ErrorCode } from "./errors.ts";

/** The status of each error code, for every face that answers over HTTP. */
export const httpStatuses = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  rate_limited: 429,
  no_data: 404,
  unsupported: 422,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ErrorCode, number>;

/** The header that says how many seconds to wait, where the error says so. */
export function retryAfter({ details }: AppError): Record<string, string> {
  const seconds = details?.retryAfterSeconds;
  return typeof seconds === "number" ? { "Retry-After": String(seconds) } : {};
}

import { AppError, type ErrorCode } from "@cloudoptima/tools/kernel/errors.ts";
import { APICallError, RetryError } from "ai";

/** A failure of the turn as a sentence for the reader. Never the server's own text: it may hold anything. */
export function describeModelError(error: unknown): { code: ErrorCode; text: string } {
  const cause = RetryError.isInstance(error) ? error.lastError : error;
  if (cause instanceof AppError) {
    return { code: cause.code, text: [cause.message, cause.hint].filter(Boolean).join(" ") };
  }
  if (APICallError.isInstance(cause)) {
    const { statusCode } = cause;
    if (statusCode === 401 || statusCode === 403) {
      return {
        code: "unauthenticated",
        text: "The model's server refused the key. Check OPENAI_API_KEY, or unset it to use the built-in analyst.",
      };
    }
    if (statusCode === 429) {
      return {
        code: "rate_limited",
        text: "The model's server has too much to do and kept refusing. Try again in a minute.",
      };
    }
    if (statusCode === 404) {
      return {
        code: "not_found",
        text: "The model's server does not know this model. Check MODEL and OPENAI_BASE_URL.",
      };
    }
  }
  // Neither an answer of the server nor the network's doing (whose errors carry a code or are the library's own).
  if (cause instanceof TypeError && !/fetch|network|terminated/i.test(cause.message)) {
    return {
      code: "internal",
      text: "The answer broke off by a fault of ours. What stands above was checked; put the question in other words.",
    };
  }
  return {
    code: "unavailable",
    text: "The connection to the model failed before the answer was complete. What stands above was checked; ask again for the rest.",
  };
}

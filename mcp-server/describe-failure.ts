import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";

/** A tool error as the assistant reads it: our sentence and its code, never a stack or an inner cause. */
export function failureResult(error: unknown): CallToolResult {
  const failure = AppError.from(error);
  const sentence = singleLine([failure.message, failure.hint].filter(Boolean).join(" "));
  return {
    isError: true,
    content: [{ type: "text", text: sentence }],
    _meta: { "cloudoptima/error": failure.code },
  };
}

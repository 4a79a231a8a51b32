import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";

/** A tool error as the assistant reads it: our sentence and its code, never a stack or an inner cause. */
export function failureResult(error: unknown): CallToolResult {
  return {
    isError: true,
    content: [{ type: "text", text: sentenceOf(error) }],
    _meta: { "cloudoptima/error": AppError.from(error).code },
  };
}

/** What happened and what to do, on one line. */
export function sentenceOf(error: unknown): string {
  const { message, hint } = AppError.from(error);
  return singleLine([message, hint].filter(Boolean).join(" "));
}

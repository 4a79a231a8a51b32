import type { ErrorCode } from "@cloudoptima/tools/kernel/errors.ts";

/** What a script learns from the terminal's exit code. 130 is the shells' own code for Ctrl-C. */
export const exitCodes = {
  done: 0,
  failed: 1,
  badInput: 2,
  refused: 3,
  noData: 4,
  interrupted: 130,
} as const;

const byError: Record<ErrorCode, number> = {
  invalid_input: exitCodes.badInput,
  not_found: exitCodes.badInput,
  unsupported: exitCodes.badInput,
  unauthenticated: exitCodes.refused,
  forbidden: exitCodes.refused,
  no_data: exitCodes.noData,
  conflict: exitCodes.failed,
  rate_limited: exitCodes.failed,
  unavailable: exitCodes.failed,
  internal: exitCodes.failed,
};

export function exitCodeOf(code: ErrorCode): number {
  return byError[code];
}

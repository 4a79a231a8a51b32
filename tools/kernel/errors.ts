import { DatabaseAway } from "@cloudoptima/db/database-away.ts";

/** The ten ways a request can fail. Faces translate them (HTTP status, exit code, chat sentence). */
export const errorCodes = [
  "invalid_input",
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "rate_limited",
  "no_data",
  "unsupported",
  "unavailable",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export interface AppErrorOptions {
  /** What the person can do about it, as a sentence. */
  hint?: string;
  cause?: unknown;
  /** Machine-readable facts, e.g. { file, line, column }. Never secrets. */
  details?: Record<string, unknown>;
}

/** A failure that a person can understand: what happened (message), why (details), what to do (hint). */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.hint = options.hint;
    this.details = options.details;
  }

  /** Anything thrown, as an AppError; what we did not foresee becomes `internal` without leaking its text. */
  static from(error: unknown): AppError {
    if (error instanceof AppError) return error;
    if (error instanceof DatabaseAway) {
      return new AppError("unavailable", "The database does not answer right now.", {
        hint: "Try again in a moment; if it stays, see whether its server runs.",
        cause: error,
      });
    }
    if (isDiskFull(error)) {
      return new AppError("unavailable", "There is no space left on the disk.", {
        hint: "Free some space (of the data folder, the database's server, or the folder for temporary files) and try again.",
        cause: error,
      });
    }
    return new AppError("internal", "Something went wrong on our side.", {
      hint: "Try again; if it stays, look at the log.",
      cause: error,
    });
  }
}

/** As files, PostgreSQL (53100, also where it is embedded) and DuckDB say it. */
function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (
    code === "ENOSPC" ||
    code === "EDQUOT" ||
    code === "53100" ||
    /no space left on device/i.test(error.message)
  );
}

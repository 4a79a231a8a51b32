import { AppError } from "../kernel/errors.ts";

/** A failure of the moment (a cloud that cannot be reached, or that limits us): later the same may work. */
export function isPassing(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === "unavailable" || error.code === "rate_limited");
}

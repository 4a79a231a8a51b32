import { AppError } from "../kernel/errors.ts";

/** What a connection's test says of what failed in it; throws on what is our own fault. */
export function describeFailure(error: unknown): { message: string; hint: string | null } {
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return { message: "Azure took too long to answer.", hint: "Try again in a few minutes." };
  }
  const failure = AppError.from(error);
  if (failure.code === "internal") throw failure;
  return { message: failure.message, hint: failure.hint ?? null };
}

import { createTRPCClient, httpBatchStreamLink, TRPCClientError } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { AppRouter } from "../server/trpc.ts";
import { ApiError, noAnswer } from "./api-error.ts";
import { mostCallsAtOnce } from "./calls-at-once.ts";

export const { TRPCProvider, useTRPC } = createTRPCContext<AppRouter>();

/**
 * The typed calls of the server. Those of one moment go together and answer as each is done; all by POST,
 * because a filter or a pinned input may be longer than an address can be.
 */
export const trpcClient = createTRPCClient<AppRouter>({
  links: [
    httpBatchStreamLink({
      url: "/api/trpc",
      methodOverride: "POST",
      maxItems: mostCallsAtOnce,
      fetch: (input, init) =>
        fetch(input, init as RequestInit).catch((error: unknown) => {
          throw init?.signal?.aborted ? error : noAnswer();
        }),
    }),
  ],
});

/** A failed call in words for a person; null for what was thrown elsewhere. */
export function failureOf(error: unknown): ApiError | null {
  if (error instanceof ApiError) return error;
  if (!(error instanceof TRPCClientError)) return null;
  const { cause, data } = error as TRPCClientError<AppRouter>;
  if (cause instanceof ApiError) return cause;
  // Without data it broke off, or something between us and the server answered in its place.
  return data ? new ApiError(data.httpStatus, error.message, data.hint) : noAnswer();
}

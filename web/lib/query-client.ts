import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import type { DataState } from "./queries.ts";
import { sessionKey } from "./queries.ts";
import { failureOf } from "./trpc.ts";

/** What the pages were told, and when that is to be asked again. */
export function createQueryClient(): QueryClient {
  /** A session that ended shows at the first refusal: the shell then asks who is signed in, and shows the way in. */
  const onError = (error: unknown) => {
    if (failureOf(error)?.status === 401) void client.invalidateQueries({ queryKey: sessionKey });
  };
  let wasLoading = false;
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError,
      onSuccess: (data, { queryKey: [path] }) => {
        if (!Array.isArray(path) || path.join(".") !== "web.data_state") return;
        const isLoading = (data as DataState).loading.length > 0;
        // What was asked while the first data came in knows only part of it.
        if (wasLoading && !isLoading) void client.invalidateQueries();
        wasLoading = isLoading;
      },
    }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        // A refusal stays a refusal; only a server that does not answer is worth another try.
        retry: (count, error) => count < 2 && (failureOf(error)?.status ?? 500) >= 500,
      },
    },
  });
  return client;
}

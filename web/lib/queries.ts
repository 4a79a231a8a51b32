import { useQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "../server/trpc.ts";
import { api, type SessionInfo } from "./api.ts";
import { useTRPC } from "./trpc.ts";

type Outputs = inferRouterOutputs<AppRouter>;
export type ConversationSummary = Outputs["list_conversations"]["conversations"][number];
export type Pin = Outputs["list_pins"]["pins"][number];
export type DataState = Outputs["web"]["data_state"];

/** What the session knows; everything else is asked by tRPC, whose keys are its own. */
export const sessionKey = ["session"];

export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: () => api<SessionInfo>("/session"), staleTime: 60_000 });
}

/** What is loaded; asked again every two seconds while something still is. */
export function useDataState(enabled = true) {
  const trpc = useTRPC();
  return useQuery(
    trpc.web.data_state.queryOptions(undefined, {
      enabled,
      refetchInterval: ({ state }) => {
        const busy = (state.data?.loading.length ?? 0) > 0 || !state.data?.freshness?.dataUntil;
        return busy ? 2_000 : 60_000;
      },
    }),
  );
}

export function useConversations(enabled = true) {
  const trpc = useTRPC();
  return useQuery(
    trpc.list_conversations.queryOptions({}, { enabled, select: ({ conversations }) => conversations }),
  );
}

export function usePins() {
  const trpc = useTRPC();
  return useQuery(trpc.list_pins.queryOptions({}, { select: ({ pins }) => pins }));
}

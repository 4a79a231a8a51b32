import { useQuery } from "@tanstack/react-query";
import { api, type ConversationSummary, type DataState, type Pin, type SessionInfo } from "./api.ts";

export const keys = {
  session: ["session"],
  state: ["state"],
  conversations: ["conversations"],
  conversation: (id: string) => ["conversation", id],
  pins: ["pins"],
} as const;

export function useSession() {
  return useQuery({ queryKey: keys.session, queryFn: () => api<SessionInfo>("/session"), staleTime: 60_000 });
}

/** What is loaded; asked again every two seconds while something still is. */
export function useDataState(enabled = true) {
  return useQuery({
    queryKey: keys.state,
    queryFn: () => api<DataState>("/state"),
    enabled,
    refetchInterval: ({ state }) => {
      const busy = (state.data?.loading.length ?? 0) > 0 || !state.data?.freshness?.dataUntil;
      return busy ? 2_000 : 60_000;
    },
  });
}

export function useConversations(enabled = true) {
  return useQuery({
    queryKey: keys.conversations,
    queryFn: async () =>
      (await api<{ conversations: ConversationSummary[] }>("/conversations")).conversations,
    enabled,
  });
}

export function usePins() {
  return useQuery({ queryKey: keys.pins, queryFn: async () => (await api<{ pins: Pin[] }>("/pins")).pins });
}

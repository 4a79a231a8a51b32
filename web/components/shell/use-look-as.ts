import { useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { forgetAllChats } from "../../lib/chat-store.ts";
import { useAction } from "../../lib/use-action.ts";

/** Becomes another demo person, by their id: everything of the one before is forgotten. */
export function useLookAs() {
  const queryClient = useQueryClient();
  return useAction(async (personId: string) => {
    await api("/session/demo", { body: { personId } });
    forgetAllChats();
    queryClient.clear();
    window.location.assign("/");
  });
}

import { useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { forgetAllChats } from "../../lib/chat-store.ts";
import { useAction } from "../../lib/use-action.ts";

/** Looks at another organization, by its id: everything of the one before is forgotten. */
export function useChooseOrganization() {
  const queryClient = useQueryClient();
  return useAction(async (organizationId: string) => {
    await api("/session/organization", { body: { organizationId } });
    forgetAllChats();
    queryClient.clear();
    window.location.assign("/");
  });
}

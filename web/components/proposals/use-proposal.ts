import { isRunning } from "@cloudoptima/tools/remediation/proposal-groups.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "../../lib/trpc.ts";

/** The socket tells changes of state; what happens to each resource in between is asked for. */
const runningMs = 700;
/** In case the socket is down: nobody decides on a picture older than this. */
const quietMs = 20_000;

/** One proposal, whole, as it stands now. */
export function useProposal(id: string, enabled = true) {
  const trpc = useTRPC();
  return useQuery(
    trpc.get_proposal.queryOptions(
      { id },
      {
        enabled,
        refetchInterval: ({ state }) => (state.data && isRunning(state.data.status) ? runningMs : quietMs),
      },
    ),
  );
}

/** The organization's rules of approval, and whether the stop switch stands. */
export function useRemediationSettings(enabled = true) {
  const trpc = useTRPC();
  return useQuery(
    trpc.get_remediation_settings.queryOptions({}, { enabled, refetchInterval: quietMs, staleTime: 5_000 }),
  );
}

/** Has everything that shows a proposal ask for it again. */
export function useRefreshProposals() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    () =>
      Promise.all([
        queryClient.invalidateQueries(trpc.get_proposal.pathFilter()),
        queryClient.invalidateQueries(trpc.list_proposals.pathFilter()),
      ]),
    [queryClient, trpc],
  );
}

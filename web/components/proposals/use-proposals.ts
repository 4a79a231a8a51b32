import type { ProposalRowOutput } from "@cloudoptima/tools/remediation/proposal-output.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../lib/trpc.ts";
import type { Group } from "./approval-groups.ts";

export type ProposalRow = ProposalRowOutput;
/** As many as the server lists at once. */
export const pageSize = 200;

const quietMs = 20_000;
const runningMs = 2_000;

/** One part of the list, newest first; what stood there stays in sight while it is asked for again. */
export function useProposals(show: Group | null, offset: number) {
  const trpc = useTRPC();
  return useQuery(
    trpc.list_proposals.queryOptions(
      { show: show ?? "waiting", limit: pageSize, offset },
      {
        enabled: show !== null,
        placeholderData: keepPreviousData,
        refetchInterval: show === "running" ? runningMs : quietMs,
      },
    ),
  );
}

/** How many there are in a part; cheap, because none is sent but one. */
export function useProposalCount(show: Group, enabled = true) {
  const trpc = useTRPC();
  return useQuery(
    trpc.list_proposals.queryOptions(
      { show, limit: 1 },
      { enabled, refetchInterval: quietMs, select: ({ totalCount }) => totalCount },
    ),
  );
}

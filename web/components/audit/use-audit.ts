import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { addDays } from "../../lib/days.ts";
import { useTRPC } from "../../lib/trpc.ts";

export const pageSize = 50;

/** Which rows to show; an empty text does not filter. */
export interface AuditFilter {
  action: string;
  outcome: "" | "done" | "refused" | "failed";
  person: string;
  resource: string;
  /** First and last day, UTC. */
  from: string;
  to: string;
}

export const noFilter: AuditFilter = { action: "", outcome: "", person: "", resource: "", from: "", to: "" };

/** One page, newest first; the page before stays in sight while the next one loads. */
export function useAuditPage(filter: AuditFilter, before: number | null) {
  const trpc = useTRPC();
  return useQuery(
    trpc.list_audit.queryOptions(
      {
        limit: pageSize,
        action: filter.action || undefined,
        outcome: filter.outcome || undefined,
        person: filter.person.trim() || undefined,
        resource: filter.resource.trim() || undefined,
        from: filter.from || undefined,
        // People name the last day that they want; the API takes the day after it.
        until: filter.to ? addDays(filter.to, 1) : undefined,
        before: before ?? undefined,
      },
      { placeholderData: keepPreviousData },
    ),
  );
}

/** Whether the chain is intact, as the server found it when last asked. */
export function useAuditCheck() {
  const trpc = useTRPC();
  return useQuery(trpc.verify_audit.queryOptions({}, { staleTime: 60_000 }));
}

"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { useCallback } from "react";
import type { Month } from "../../lib/months.ts";
import { useTRPC } from "../../lib/trpc.ts";
import type { AppRouter } from "../../server/trpc.ts";
import type { CostsAddress, Dimension } from "./costs-address.ts";

export type Allocation = inferRouterOutputs<AppRouter>["get_allocation"];
type AllocationSettings = inferRouterOutputs<AppRouter>["list_allocation_rules"];
export type AllocationRule = AllocationSettings["rules"][number];
export type RuleFields = inferRouterInputs<AppRouter>["create_allocation_rule"];

/** Cost by team after the rules, and the coverage of a tag. */
export function useAllocation({ by, tag }: CostsAddress, { start, end }: Month) {
  const trpc = useTRPC();
  return useQuery(
    trpc.get_allocation.queryOptions(
      { period: { start, end }, groupBy: by as Dimension, tagKey: tag || undefined },
      { placeholderData: keepPreviousData },
    ),
  );
}

export function useAllocationRules() {
  const trpc = useTRPC();
  return useQuery(trpc.list_allocation_rules.queryOptions({}));
}

/** Rules count for past months too: whatever was told by the old ones is asked again. */
export function useRefreshAllocation() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useCallback(
    () =>
      Promise.all(
        [trpc.list_allocation_rules, trpc.get_allocation].map((call) =>
          queryClient.invalidateQueries(call.pathFilter()),
        ),
      ),
    [queryClient, trpc],
  );
}
